//! What somebody may mean who has not finished typing, or slipped.

use std::{cmp::Reverse, collections::BTreeMap};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use query::AccessPoint;
use tantivy::Term;
use tantivy_fst::Automaton;

use crate::{
    Catalogue, Error,
    analysis::{whole, words},
    writer::SHOWN,
};

/// Terms that are looked at for one suggestion. A beginning that more begin with is too short to
/// suggest the best of all; what is suggested then is the best of the first.
const MOST_LOOKED_AT: usize = 20_000;

/// Words of a question that are corrected.
const MOST_WORDS: usize = 8;

/// One completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// As a record spells it.
    pub text: String,
    /// Records behind it.
    pub records: u64,
}

impl Catalogue {
    /// Titles and names that go on from what was typed, those with the most records first. Names
    /// begin at either end, titles with or without their article.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Suggestion>, Error> {
        let prefix = whole(typed);
        if prefix.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        // By what it is called without accents and capitals: its records, and its spellings.
        let mut found: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(self.fields().suggestions)?;
            let mut stream = inverted.terms().range().ge(&prefix).into_stream()?;
            let mut looked_at = 0;
            while looked_at < MOST_LOOKED_AT
                && stream.advance()
                && stream.key().starts_with(prefix.as_bytes())
            {
                looked_at += 1;
                let term = String::from_utf8_lossy(stream.key());
                if let Some((key, shown)) = term.split_once(SHOWN) {
                    let spellings = found.entry(key.to_owned()).or_default();
                    *spellings.entry(shown.to_owned()).or_default() +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
        let best = found.into_iter().filter_map(|(key, spellings)| {
            let records = spellings.values().sum();
            let (text, _) = spellings
                .into_iter()
                .max_by_key(|(text, records)| (*records, Reverse(text.clone())))?;
            Some((key, Suggestion { text, records }))
        });
        let mut best: Vec<_> = best.collect();
        best.sort_by(|(key, a), (other, b)| b.records.cmp(&a.records).then_with(|| key.cmp(other)));
        // A name is found from both ends and a title with and without its article: once is enough.
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for (_, suggestion) in best {
            if suggestions.len() == most {
                break;
            }
            if suggestions
                .iter()
                .all(|other| other.text != suggestion.text)
            {
                suggestions.push(suggestion);
            }
        }
        Ok(suggestions)
    }

    /// The same words without slips of the finger, where a word is in no record and a likely one
    /// is: one letter wrong, missing, too many or swapped; two in a word of eight or more. `None`
    /// if there is nothing better. Offered, never done unasked: the reader may have meant it.
    pub fn correct(&self, typed: &str) -> Result<Option<String>, Error> {
        let mut corrected = Vec::new();
        let mut changed = false;
        for word in words(typed)
            .into_iter()
            .filter(|word| !word.extra)
            .take(MOST_WORDS)
        {
            let better = self.likely(&word.text)?;
            changed |= better.is_some();
            corrected.push(better.unwrap_or(word.text));
        }
        Ok(changed.then(|| corrected.join(" ")))
    }

    /// The nearest word that records have, the most frequent of the nearest.
    fn likely(&self, word: &str) -> Result<Option<String>, Error> {
        let letters = word.chars().count();
        let Some(field) = self.fields().words.get(&AccessPoint::Any) else {
            return Ok(None);
        };
        let searcher = self.searcher();
        // Numbers are not misspelt, only wrong; and every short word is near to many.
        let misspelt =
            (4..=40).contains(&letters) && !word.contains(|char: char| char.is_ascii_digit());
        if !misspelt || searcher.doc_freq(&Term::from_field_text(*field, word))? > 0 {
            return Ok(None);
        }
        let most = if letters < 8 { 1 } else { 2 };
        let near = Near(LevenshteinAutomatonBuilder::new(most, true).build_dfa(word));
        let mut found: BTreeMap<String, (u8, u64)> = BTreeMap::new();
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(*field)?;
            let mut stream = inverted.terms().search(&near).into_stream()?;
            while stream.advance() {
                if let Distance::Exact(distance) = near.0.eval(stream.key()) {
                    let term = String::from_utf8_lossy(stream.key()).into_owned();
                    found.entry(term).or_insert((distance, 0)).1 +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
        let nearest = found
            .into_iter()
            .min_by_key(|(_, (distance, records))| (*distance, Reverse(*records)));
        Ok(nearest.map(|(term, _)| term))
    }
}

/// Words within a distance of one, as the dictionary wants to be asked.
struct Near(DFA);

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
