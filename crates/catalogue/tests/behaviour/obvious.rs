//! What somebody means who types this is plain; it has to come first. And real records.

use query::{AccessPoint, simple::simple};
use relire_catalogue::{Catalogue, Facts, ScanForm, SearchOptions, analysis::fold};

use crate::files;

fn first(catalogue: &Catalogue, typed: &str) -> Option<Facts> {
    let answer = catalogue
        .search(&simple(typed)?, &SearchOptions::default())
        .unwrap();
    let record = catalogue.record(answer.hits.first()?.bib).unwrap()?;
    Some(Facts::of(&record))
}

#[test]
fn the_obvious_comes_first() {
    let Some(catalogue) = files::catalogue("catalogue/relire-demo.mrc") else {
        return;
    };
    // What was typed, and what title and author of the first hit say, folded.
    let table = [
        ("les misérables", "les miserables", "hugo"),
        ("miserables", "les miserables", "hugo"),
        ("victor hugo misérables", "les miserables", "hugo"),
        ("harry potter", "harry potter", ""),
        (
            "harry potter chambre des secrets",
            "chambre des secrets",
            "",
        ),
        (
            "rowling",
            "harry potter et la chambre des secrets",
            "rowling",
        ),
        ("asterix", "asterix", ""),
        ("astérix le gaulois", "asterix le gaulois", "goscinny"),
        ("asterix chez les pictes", "asterix chez les pictes. 5", ""),
        ("goscinny", "", "goscinny"),
        ("dune", "le cycle de dune", "herbert"),
        ("frank herbert", "", "herbert"),
        ("nana", "nana", ""),
        ("zola", "", "zola"),
        ("emile zola nana", "nana", "zola"),
        ("germaine zola", "", ""),
        ("le ventre de Paris", "le ventre de paris", "zola"),
        (
            "stupeur et tremblements",
            "stupeur et tremblements",
            "nothomb",
        ),
        ("nothomb", "", "nothomb"),
        ("michel strogoff", "michel strogoff", "verne"),
        ("jules verne", "", "verne"),
        ("honoré de balzac", "", "balzac"),
        (
            "petite tailleuse chinoise",
            "balzac et la petite tailleuse chinoise",
            "",
        ),
        ("rouge et noir", "le rouge et le noir", "stendhal"),
        ("le journal de mickey", "le journal de mickey", ""),
        ("journal d'anne frank", "journal d' anne frank", ""),
        ("titeuf", "titeuf", ""),
        ("avatar", "avatar", "cameron"),
        ("cendrillon", "cendrillon", ""),
        ("aristochats", "les aristochats", ""),
        ("l'école du desert", "l'ecole du desert", ""),
        ("adagio", "adagio pour une ombre", ""),
        ("les chouans", "les chouans", "balzac"),
        ("978-2-35878-066-7", "\" ben nafa ka tia\"", ""),
    ];
    let mut wrong = Vec::new();
    for (typed, title, author) in table {
        let facts = first(&catalogue, typed);
        let (found, by) = facts
            .map(|facts| (fold(&facts.title), fold(&facts.author.unwrap_or_default())))
            .unwrap_or_default();
        if !found.contains(title) || !by.contains(author) {
            wrong.push(format!("{typed}: {found} / {by}"));
        }
    }
    assert!(wrong.is_empty(), "first is\n  {}", wrong.join("\n  "));
}

/// Whoever types a title as it stands, in small letters and without accents, gets it.
#[test]
fn a_title_finds_itself_first() {
    let Some(catalogue) = files::catalogue("catalogue/relire-demo.mrc") else {
        return;
    };
    let (mut asked, mut missed) = (0, Vec::new());
    for bib in (1..4_200).step_by(13) {
        let facts = Facts::of(&catalogue.record(bib).unwrap().unwrap());
        let typed = fold(&facts.title.replace(['"', '-', '*'], " "));
        let Some(found) = first(&catalogue, &typed) else {
            continue;
        };
        asked += 1;
        if fold(&found.title) != fold(&facts.title) {
            missed.push(format!("{} gave {}", facts.title, found.title));
        }
    }
    assert!(
        asked > 300 && missed.len() * 50 <= asked,
        "{} of {asked}:\n  {}",
        missed.len(),
        missed.join("\n  ")
    );
}

#[test]
fn real_records_are_found_by_all_that_they_say() {
    let Some(catalogue) = files::catalogue("z3950/records/unimarc-bnf-iso5426.mrc.gz") else {
        return;
    };
    assert_eq!(catalogue.count(), 809);
    for access in [
        AccessPoint::Title,
        AccessPoint::Author,
        AccessPoint::Subject,
        AccessPoint::Isbn,
        AccessPoint::NationalNumber,
        AccessPoint::Publisher,
    ] {
        let scan = catalogue
            .scan(access, ScanForm::Wholes, "c", 0, 200)
            .unwrap();
        assert!(scan.terms.len() > 50, "{access}");
        for term in &scan.terms {
            assert!(
                !term.display.contains(['\u{98}', '\u{9C}']),
                "{access}: {:?}",
                term.display
            );
            let clause = query::Clause::new(access, &*term.term).form(query::Form::Exact);
            let answer = catalogue
                .search(&clause.into(), &SearchOptions::default())
                .unwrap();
            assert_eq!(answer.count, term.records, "{access}: {}", term.term);
        }
    }
}
