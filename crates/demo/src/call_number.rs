//! Call numbers: what stands on the spine. A simple invented scheme, the same in all branches.

use circulation::Audience;

use crate::text::{three_letters, without_article};
use crate::work::Work;

/// Documentaries go by the ten classes of Dewey; the first subject that is known decides.
const CLASSES: [(&str, &str); 21] = [
    ("philosophie", "100"),
    ("femmes", "305.4"),
    ("sociologie", "301"),
    ("société", "300"),
    ("travail", "331"),
    ("économie", "330"),
    ("prisons", "365"),
    ("ethnologie", "306"),
    ("physique", "530"),
    ("arbres", "582"),
    ("cuisine", "641.5"),
    ("géographie", "912"),
    ("voyages", "910.4"),
    ("histoire", "909"),
    ("Shoah", "940.53"),
    ("dictionnaire", "443"),
    ("encyclopédie", "034"),
    ("grammaire", "445"),
    ("conjugaison", "445"),
    ("droit", "346"),
    ("fonds local", "FL"),
];

/// Kinds of fiction and verse that have a shelf of their own.
const SHELVES: [(&str, &str); 8] = [
    ("théâtre", "T"),
    ("poésie", "P"),
    ("roman policier", "RP"),
    ("thriller", "RP"),
    ("science-fiction", "SF"),
    ("fantasy", "SF"),
    ("conte", "C"),
    ("contes", "C"),
];

/// Words that make a book fiction, whatever else it is about.
const FICTION: [&str; 3] = ["roman", "aventures", "nouvelle"];

/// The call number of a work's copies: ASCII, at most twenty characters.
pub(crate) fn call_number(work: &Work) -> String {
    let filed = match work.creators.first() {
        Some(creator) if work.document.as_str() != "DVD" => creator.filed_under(),
        _ => without_article(work.title),
    };
    let letters = three_letters(filed);
    let volume = || {
        work.volume
            .map(|volume| format!(" {volume}"))
            .unwrap_or_default()
    };
    match work.document.as_str() {
        "LIV" | "PNB" => format!("{} {letters}{}", book_shelf(work), volume()),
        "GCA" => format!("GC {letters}{}", volume()),
        "USU" => format!("U {} {letters}", class(work).unwrap_or("000")),
        "BD" => {
            let series = three_letters(without_article(work.series.unwrap_or(work.title)));
            let shelf = if work.is_about("manga") { "M" } else { "BD" };
            format!("{}{shelf} {series}{}", youth(work), volume())
        }
        "REV" => {
            let issue: String = volume().chars().filter(char::is_ascii_digit).collect();
            format!("{}REV {letters} {issue}", youth(work))
        }
        document => format!("{}{document} {letters}{}", youth(work), volume()),
    }
}

fn book_shelf(work: &Work) -> String {
    if work.is_about("album") || work.is_about("imagier") {
        return "A".to_owned();
    }
    let own = SHELVES
        .iter()
        .find(|(subject, _)| work.is_about(subject))
        .map(|(_, shelf)| *shelf);
    let fiction = work
        .subjects
        .iter()
        .any(|subject| FICTION.iter().any(|word| subject.starts_with(word)));
    let class = || class(work).filter(|_| !fiction);
    format!("{}{}", youth(work), own.or_else(class).unwrap_or("R"))
}

fn class(work: &Work) -> Option<&'static str> {
    CLASSES
        .iter()
        .find(|(subject, _)| work.is_about(subject))
        .map(|(_, class)| *class)
}

fn youth(work: &Work) -> &'static str {
    if work.audience == Audience::Youth {
        "J"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(document: &str, title: &str) -> String {
        let works = crate::works();
        let found = works
            .iter()
            .find(|work| work.document.as_str() == document && work.title == title);
        call_number(found.unwrap())
    }

    #[test]
    fn spines_read_as_readers_know_them() {
        assert_eq!(of("LIV", "L'Étranger"), "R CAM");
        assert_eq!(of("LIV", "Le Grand Sommeil"), "RP CHA");
        assert_eq!(of("LIV", "Chien bleu"), "A NAD");
        assert_eq!(of("LIV", "Sapiens"), "909 HAR");
        assert_eq!(of("BD", "L'Iris blanc"), "JBD AST 40");
        assert_eq!(of("BD", "Monster"), "M MON 1");
        assert_eq!(of("DVD", "Le Kid"), "DVD KID");
        assert_eq!(of("CD", "Le Fil"), "CD CAM");
    }

    #[test]
    fn every_work_has_a_short_one_in_ascii() {
        for work in crate::works() {
            let call = call_number(&work);
            assert!(
                call.is_ascii() && call.len() <= 20 && !call.ends_with(' '),
                "{call:?}"
            );
        }
    }
}
