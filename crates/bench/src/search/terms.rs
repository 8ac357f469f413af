//! What is asked for: words and numbers that stand in the records, so that every question has an answer.

use std::collections::{HashMap, HashSet};

use anyhow::ensure;
use marc::Record;

use super::corpus::Corpus;

/// So many records give their words.
const DRAWN: usize = 2_000;
/// Of all records: what share has a word that is called large, and the one word whose hits are sorted.
const LARGE: std::ops::Range<f64> = 0.015..0.08;
const SORTED: f64 = 0.092;
/// Of a truncated word, letters.
const STEM: usize = 4;

#[derive(Default)]
pub(crate) struct Terms {
    pub(crate) titles: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) isbns: Vec<String>,
    /// Two words of one title.
    pub(crate) pairs: Vec<(String, String)>,
    /// Beginnings of title words.
    pub(crate) stems: Vec<String>,
    pub(crate) large: Vec<String>,
    /// Its set is the one that is sorted.
    pub(crate) sorted: String,
}

impl Terms {
    /// The same corpus gives the same terms.
    pub(crate) fn draw(corpus: &Corpus) -> anyhow::Result<Self> {
        let mut terms = Self::default();
        let mut counts = HashMap::<String, usize>::new();
        let every = (corpus.records / DRAWN).max(1);
        for (place, record) in corpus.read()?.enumerate() {
            count(&record, &mut counts);
            if place % every == 0 {
                terms.take(&record);
            }
        }
        let share = |count: usize| count as f64 / corpus.records as f64;
        // By name too: a map has no order.
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        terms.large = counts
            .iter()
            .filter(|(_, count)| LARGE.contains(&share(*count)))
            .map(|(word, _)| word.clone())
            .collect();
        let near = |count: usize| (share(count) - SORTED).abs();
        let sorted = counts
            .iter()
            .min_by(|one, other| near(one.1).total_cmp(&near(other.1)));
        terms.sorted = sorted.map(|(word, _)| word.clone()).unwrap_or_default();
        let every_kind = [&terms.titles, &terms.authors, &terms.stems, &terms.large];
        ensure!(
            every_kind.iter().all(|kind| !kind.is_empty()) && !terms.pairs.is_empty(),
            "these records have too few words to ask for"
        );
        Ok(terms)
    }

    fn take(&mut self, record: &Record) {
        let title: Vec<&str> = record
            .first(b"200", b'a')
            .map(|title| words(title).collect())
            .unwrap_or_default();
        self.titles
            .extend(title.first().map(|word| (*word).to_owned()));
        if let [one, other, ..] = title.as_slice()
            && one != other
        {
            self.pairs.push(((*one).to_owned(), (*other).to_owned()));
        }
        let long = title.iter().find(|word| word.chars().count() > STEM);
        self.stems
            .extend(long.map(|word| word.chars().take(STEM).collect::<String>()));
        let author = record
            .first(b"700", b'a')
            .and_then(|name| words(name).next());
        self.authors.extend(author.map(str::to_owned));
        let isbn = record.first(b"010", b'a').map(|isbn| isbn.replace('-', ""));
        self.isbns.extend(isbn.filter(|isbn| {
            matches!(isbn.len(), 10 | 13) && isbn.bytes().all(|byte| byte.is_ascii_digit())
        }));
    }
}

fn count(record: &Record, counts: &mut HashMap<String, usize>) {
    let mut seen = HashSet::new();
    for field in record.data_fields() {
        // Coded data and copies are not words of the record.
        let tag = field.tag.as_bytes();
        if tag.starts_with(b"1") || tag == b"995" {
            continue;
        }
        for subfield in &field.subfields {
            seen.extend(words(&subfield.value).map(str::to_lowercase));
        }
    }
    for word in seen {
        *counts.entry(word).or_default() += 1;
    }
}

/// Words on which all servers agree: by UAX 29 `l'art` is one word, in French it is two.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| {
            word.chars().count() >= STEM
                && word.chars().all(char::is_alphabetic)
                && !word.contains(['œ', 'Œ', 'æ', 'Æ', 'ß'])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_alone() {
        let text = "L'art, [Les] Misérables (suite) : nœud gordien 1984 S.F. après-midi";
        let found: Vec<_> = words(text).collect();
        assert_eq!(found, ["Misérables", "suite", "gordien"]);
    }
}
