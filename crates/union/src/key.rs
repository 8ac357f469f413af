//! Where records meet: equal keys propose, signatures decide.
//!
//! A key has to be shared by few documents. Numbers are. A title is not by itself: it is joined
//! with year and volume, and a short one with the author (or publisher) as well. Years are taken
//! in overlapping pairs, so that a year off by one still meets. What has neither year nor author
//! has no key of its title.

use serde::{Deserialize, Serialize};

use crate::{Kind, Signature, person::surname, signature::VERSION};

/// A hash of what two records of one document would share. The same in every run and build, as
/// long as [`VERSION`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub i64);

/// Letters of a title that count: fewer than where titles are cut, and the same with a subtitle
/// behind or not.
const TITLE: usize = 24;
/// A title that is shorter needs a name beside it.
const SHORT: usize = 12;

impl Signature {
    /// Where it meets others: numbers first. Sorted, each once.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::with_capacity(8);
        keys.extend(
            self.bnf
                .iter()
                .map(|number| key("bnf", &[&number.to_string()])),
        );
        let books = self.isbn.iter().chain(&self.wrong_isbn);
        keys.extend(books.map(|core| key("isbn", &[&core.to_string()])));
        keys.extend(
            self.ean
                .iter()
                .map(|number| key("ean", &[&number.to_string()])),
        );
        keys.extend(
            self.issn
                .iter()
                .map(|number| key("issn", &[&number.to_string()])),
        );
        keys.extend(self.commercial.iter().map(|number| key("071", &[number])));
        self.push_titles(&mut keys);
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn push_titles(&self, keys: &mut Vec<Key>) {
        let kind = char::from(self.kind.letter()).to_string();
        let compact: String = self
            .title
            .chars()
            .filter(|char| *char != ' ')
            .take(TITLE)
            .collect();
        if compact.is_empty() {
            return;
        }
        let author = self.people.first().map_or("", |person| surname(person));
        if self.kind == Kind::Serial {
            keys.push(key("serial", &[&compact]));
            return;
        }
        if !author.is_empty() && !self.publisher.is_empty() {
            keys.push(key(
                "tap",
                &[&kind, &compact, author, &self.publisher, &self.volume],
            ));
        }
        if self.year == 0 {
            return;
        }
        for pair in [self.year / 2, self.year.div_ceil(2) + 10_000] {
            let pair = pair.to_string();
            if compact.len() >= SHORT {
                keys.push(key("ty", &[&kind, &compact, &pair, &self.volume]));
            } else {
                for name in [author, &self.publisher]
                    .into_iter()
                    .filter(|name| !name.is_empty())
                {
                    keys.push(key("tny", &[&kind, &compact, name, &pair, &self.volume]));
                }
            }
            if !author.is_empty() && !self.publisher.is_empty() {
                keys.push(key(
                    "apy",
                    &[&kind, author, &self.publisher, &pair, &self.volume],
                ));
            }
        }
    }
}

/// FNV-1a of 64 bits, and a last mixing so that all bits count.
fn key(kind: &str, values: &[&str]) -> Key {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut eat = |byte: u8| {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    };
    eat(VERSION);
    for text in std::iter::once(&kind).chain(values) {
        text.bytes().for_each(&mut eat);
        // No text holds this byte, so that "ab" + "c" is not "a" + "bc".
        eat(0xFF);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    Key((hash ^ (hash >> 33)).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They are stored: other values would part what was joined.
    #[test]
    fn keys_stay_what_they_are() {
        assert_eq!(
            key("isbn", &["978207036822"]),
            key("isbn", &["978207036822"])
        );
        assert_ne!(key("a", &["b", ""]), key("a", &["", "b"]));
        assert_eq!(key("isbn", &["978207036822"]), Key(-8560870602077665383));
    }
}
