//! Lists: scan, suggestions, corrections, sorting by language's rules.

use query::AccessPoint;
use relire_catalogue::{Catalogue, Facet, Filter, ScanForm, SearchOptions, Sort, SortBy, SortKey};

use crate::small::{document, of, titled, writer};

const TITLES: &[&str] = &[
    "L'étranger",
    "Étoile 10",
    "Étoile 9",
    "Dune",
    "étoile 9",
    "Le Horla",
    "Zazie dans le métro",
    "Dune",
];

#[test]
fn a_scan_goes_both_ways_and_counts_the_living() {
    let catalogue = of(TITLES.iter().map(|title| titled(title)));
    let mut writer = writer(&catalogue);
    writer.delete(4).unwrap();
    writer.delete(6).unwrap();
    writer.commit_without_feed().unwrap();
    let scan = |term: &str, before, after| {
        let scan = catalogue
            .scan(AccessPoint::Title, ScanForm::Wholes, term, before, after)
            .unwrap();
        let terms = scan
            .terms
            .into_iter()
            .map(|term| (term.display, term.records));
        (terms.collect::<Vec<_>>(), scan.position)
    };
    let all = [
        ("Dune", 1),
        ("Étoile 10", 1),
        ("Étoile 9", 2),
        ("L'étranger", 1),
        ("Zazie dans le métro", 1),
    ];
    let part = |from: usize, to: usize| {
        all[from..to]
            .iter()
            .map(|(term, records)| ((*term).to_owned(), *records))
            .collect::<Vec<_>>()
    };
    assert_eq!(scan("", 3, 20), (part(0, 5), 0));
    assert_eq!(scan("etoile 9", 1, 2), (part(1, 4), 1));
    assert_eq!(
        scan("le horla", 2, 5),
        (part(2, 5), 2),
        "deleted, so between its neighbours"
    );
    assert_eq!(scan("zz", 2, 5), (part(3, 5), 2));
    assert_eq!(scan("a", 2, 0), (vec![], 0));
}

#[test]
fn scan_and_search_count_the_same() {
    let catalogue = of(TITLES.iter().map(|title| titled(title)));
    for (form, as_form) in [
        (ScanForm::Wholes, query::Form::Exact),
        (ScanForm::Words, query::Form::Phrase),
    ] {
        let scan = catalogue
            .scan(AccessPoint::TitleProper, form, "", 0, 100)
            .unwrap();
        assert!(scan.terms.len() > 5);
        for term in scan.terms {
            let clause = query::Clause::new(AccessPoint::TitleProper, &*term.term).form(as_form);
            let answer = catalogue
                .search(&clause.into(), &SearchOptions::default())
                .unwrap();
            assert_eq!(answer.count, term.records, "{}", term.term);
        }
    }
}

#[test]
fn titles_are_sorted_as_a_french_reader_expects() {
    let catalogue = of(TITLES.iter().map(|title| titled(title)));
    let sort = Sort::Keys(vec![SortKey::by(SortBy::Title)]);
    let options = SearchOptions {
        sort,
        ..SearchOptions::default()
    };
    let hits = catalogue.search(&query::Node::All, &options).unwrap().hits;
    let titles: Vec<_> = hits
        .iter()
        .map(|hit| TITLES[usize::try_from(hit.bib).unwrap() - 1])
        .collect();
    let meant = [
        "Dune",
        "Dune",
        "Étoile 9",
        "étoile 9",
        "Étoile 10",
        "L'étranger",
        "Le Horla",
        "Zazie dans le métro",
    ];
    assert_eq!(titles, meant);
}

#[test]
fn suggestions_begin_anywhere_that_makes_sense() {
    let mut record = titled("Notre-Dame de Paris");
    record.push(
        marc::DataField::new(b"700", b" 1")
            .with(b'a', "Hugo")
            .with(b'b', "Victor"),
    );
    let catalogue = of(TITLES.iter().map(|title| titled(title)).chain([record]));
    let suggest = |typed: &str| {
        catalogue
            .suggest(typed, 3)
            .unwrap()
            .into_iter()
            .map(|one| one.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(suggest("du"), ["Dune"]);
    assert_eq!(suggest("hor"), ["Le Horla"]);
    assert_eq!(suggest("victor h"), ["Hugo, Victor"]);
    assert_eq!(suggest("hugo"), ["Hugo, Victor"]);
    assert_eq!(suggest("ETO"), ["Étoile 9", "Étoile 10"]);
    assert_eq!(suggest("…"), [""; 0]);
}

#[test]
fn slips_are_corrected_and_words_left_alone() {
    let catalogue = of(TITLES.iter().map(|title| titled(title)));
    let correct = |typed: &str| catalogue.correct(typed).unwrap();
    assert_eq!(
        correct("zazei dans le métro").as_deref(),
        Some("zazie dans le metro")
    );
    assert_eq!(correct("etrangre").as_deref(), Some("etranger"));
    for typed in ["zazie", "dun", "1985", "xylophone", ""] {
        assert_eq!(correct(typed), None, "{typed}");
    }
}

#[test]
fn a_folder_is_found_again_with_its_position() {
    let folder = tempfile::tempdir().unwrap();
    let position = relire_catalogue::FeedPosition {
        identity: [3; 16],
        xid: u64::MAX,
        seq: -1,
    };
    {
        let catalogue = Catalogue::open(folder.path()).unwrap();
        assert_eq!(catalogue.position().unwrap(), None);
        let mut writer = writer(&catalogue);
        writer.put(&document(1, titled("Dune"))).unwrap();
        writer.commit(position).unwrap();
        writer.put(&document(2, titled("Perdu"))).unwrap();
        assert!(
            catalogue.writer(15_000_000, 1).is_err(),
            "one writer at a time"
        );
    }
    let catalogue = Catalogue::open(folder.path()).unwrap();
    assert_eq!(
        (catalogue.count(), catalogue.position().unwrap()),
        (1, Some(position))
    );
}

/// A value's count is what is left when it is chosen, whoever says it and wherever.
#[test]
fn chosen_values_leave_what_was_counted() {
    let subject = |record: &mut marc::Record, topic: &str, narrowed: &str| {
        let field = marc::DataField::new(b"606", b"  ").with(b'a', topic);
        record.push(field.with(b'x', narrowed));
    };
    let (mut one, mut two, mut other) = (titled("Un"), titled("Deux"), titled("Deux"));
    subject(&mut one, "Chevaux", "Histoire");
    subject(&mut two, "Histoire", "Chevaux");
    subject(&mut other, "CHEVAUX", "Élevage");
    two.push(marc::DataField::new(b"101", b"0 ").with(b'a', "fre"));
    one.push(marc::DataField::new(b"700", b" 0").with(b'a', "Zep"));
    // Nobody made an entry: found by it, but no value to choose.
    let stated = marc::DataField::new(b"200", b"1 ");
    let mut three = marc::Record::new(marc::Leader::UNIMARC);
    three.push(stated.with(b'a', "Trois").with(b'f', "Zep"));

    let catalogue = Catalogue::in_memory().unwrap();
    let mut writer = writer(&catalogue);
    let mut merged = document(2, two);
    merged.others = vec![other];
    for document in [document(1, one), merged, document(3, three)] {
        writer.put(&document).unwrap();
    }
    writer.commit_without_feed().unwrap();
    assert_eq!(crate::small::found(&catalogue, "author:zep").len(), 2);

    let facets: Vec<_> = [Facet::Subject, Facet::Author, Facet::Language]
        .map(|facet| (facet, 9))
        .into();
    let options = SearchOptions {
        facets,
        ..SearchOptions::default()
    };
    let open = catalogue
        .search(&query::Node::All, &options)
        .unwrap()
        .facets;
    let subjects: Vec<_> = open[0]
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.count))
        .collect();
    assert_eq!(subjects, [("CHEVAUX", 2), ("Histoire", 1)]);
    for counts in &open {
        for value in &counts.values {
            let filters = vec![Filter {
                facet: counts.facet,
                any_of: vec![value.value.clone()],
            }];
            let chosen = SearchOptions {
                filters,
                ..options.clone()
            };
            let left = catalogue.search(&query::Node::All, &chosen).unwrap();
            assert_eq!(left.count, value.count, "{value:?}");
        }
    }
}
