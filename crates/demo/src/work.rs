//! The works: real books, records, films and games, written down as facts.

use circulation::{Audience, DocumentCode};

use crate::creator::Creator;

/// `data/README.md` says what each column holds.
const FILES: [&str; 6] = [
    include_str!("../data/works-livres.tsv"),
    include_str!("../data/works-jeunesse.tsv"),
    include_str!("../data/works-bd.tsv"),
    include_str!("../data/works-ecran.tsv"),
    include_str!("../data/works-musique.tsv"),
    include_str!("../data/works-autres.tsv"),
];

/// A work, as one bib of the union catalogue describes it. Absent means: not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Stable: `W` and four digits.
    pub id: &'static str,
    /// The document type.
    pub document: DocumentCode,
    /// The title, as published in France.
    pub title: &'static str,
    /// The subtitle.
    pub subtitle: Option<&'static str>,
    /// Who made it, the first being the main entry.
    pub creators: Vec<Creator>,
    /// The series, or the magazine that an issue belongs to.
    pub series: Option<&'static str>,
    /// The number in the series, or the issue.
    pub volume: Option<&'static str>,
    /// The year in which the work first appeared.
    pub year: Option<i16>,
    /// The first French publisher.
    pub publisher: Option<&'static str>,
    /// Three letters of ISO 639-2/B; `zxx` where there is no language.
    pub language: Option<&'static str>,
    /// Whom it is meant for.
    pub audience: Audience,
    /// A few French words.
    pub subjects: Vec<&'static str>,
}

impl Work {
    /// Whether a word stands among the subjects.
    #[must_use]
    pub fn is_about(&self, subject: &str) -> bool {
        self.subjects.contains(&subject)
    }
}

/// All works, always in the same order, so that a position names a work for the time of a run.
///
/// ```
/// let works = relire_demo::works();
/// assert!(works.iter().any(|work| work.title == "Germinal"));
/// ```
#[must_use]
pub fn works() -> Vec<Work> {
    let lines = FILES.iter().flat_map(|file| file.lines().skip(1));
    lines
        .map(|line| parse(line).expect("a test reads every line of the embedded files"))
        .collect()
}

fn parse(line: &'static str) -> Option<Work> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let &[
        id,
        document,
        title,
        subtitle,
        creators,
        series,
        volume,
        year,
        publisher,
        language,
        audience,
        subjects,
    ] = cells.as_slice()
    else {
        return None;
    };
    Some(Work {
        id,
        document: document.parse().ok()?,
        title: some(title)?,
        subtitle: some(subtitle),
        creators: parts(creators).map(Creator::parse).collect::<Option<_>>()?,
        series: some(series),
        volume: some(volume),
        year: match some(year) {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        },
        publisher: some(publisher),
        language: some(language),
        audience: match audience {
            "a" => Audience::Adult,
            "j" => Audience::Youth,
            _ => return None,
        },
        subjects: parts(subjects).collect(),
    })
}

fn some(cell: &'static str) -> Option<&'static str> {
    Some(cell).filter(|text| !text.is_empty())
}

fn parts(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    const HEADER: &str = "id\tdocument\ttitle\tsubtitle\tcreators\tseries\tvolume\tyear\t\
                          publisher\tlanguage\taudience\tsubjects";

    #[test]
    fn every_line_of_every_file_is_a_work() {
        for file in FILES {
            let mut lines = file.lines();
            assert_eq!(lines.next(), Some(HEADER));
            for line in lines {
                assert_eq!(line.split('\t').count(), 12, "{line}");
                assert!(parse(line).is_some(), "{line}");
            }
            assert!(file.ends_with('\n') && !file.contains('\r'));
        }
        assert!(works().len() >= 600);
    }

    #[test]
    fn no_work_stands_twice() {
        let works = works();
        let ids: BTreeSet<_> = works.iter().map(|work| work.id).collect();
        assert_eq!(ids.len(), works.len());
        let mut seen = BTreeMap::new();
        for work in &works {
            let key = (work.document, work.title, work.volume);
            if let Some(other) = seen.insert(key, work.id) {
                panic!("{} and {other} are the same", work.id);
            }
        }
    }

    #[test]
    fn cells_are_clean() {
        for file in FILES {
            for cell in file.lines().flat_map(|line| line.split('\t')) {
                assert_eq!(cell, cell.trim());
                assert!(!cell.contains("  "), "{cell}");
            }
        }
        for work in works() {
            let digits = work.id.strip_prefix('W').unwrap_or_default();
            assert!(
                digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()),
                "{}",
                work.id
            );
            assert_eq!(work.language.map(str::len), Some(3), "{}", work.id);
            assert!(
                work.year.is_none_or(|year| (1500..=2025).contains(&year)),
                "{}",
                work.id
            );
            assert!(!work.subjects.is_empty(), "{}", work.id);
        }
    }

    /// ISBN, EAN and ISSN belong to editions; these rows are works.
    #[test]
    fn nothing_looks_like_a_number_of_an_edition() {
        for file in FILES {
            for cell in file.lines().flat_map(|line| line.split('\t')) {
                let digits: String = cell
                    .chars()
                    .filter(|c| !matches!(c, '-' | ' ' | '.'))
                    .collect();
                let run = digits
                    .split(|c: char| !c.is_ascii_digit() && c != 'X')
                    .map(|run| run.bytes().filter(u8::is_ascii_digit).count())
                    .max();
                // Two years with a dash between are eight digits too, so they are let through.
                let years = cell.contains("1978-1984") || cell.contains("1984-1985");
                assert!(years || run.unwrap_or(0) < 8, "{cell}");
            }
        }
    }

    #[test]
    fn all_kinds_are_there_in_a_likely_mix() {
        let works = works();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for work in &works {
            *counts.entry(work.document.as_str()).or_default() += 1;
        }
        let books = counts["LIV"] * 100 / works.len();
        assert!((45..65).contains(&books), "{books} % books");
        let comics = counts["BD"] * 100 / works.len();
        assert!((10..20).contains(&comics), "{comics} % BD");
        assert_eq!(counts.len(), 21, "{counts:?}");
        for letters in ["œ", "Œ", "ç", "ï", "ê", "’", "ō", "ð", "ń", "«", "æ"] {
            let said = |work: &Work| {
                work.title.contains(letters)
                    || work.creators.iter().any(|c| c.name.contains(letters))
            };
            assert!(works.iter().any(said), "{letters} nowhere");
        }
    }
}
