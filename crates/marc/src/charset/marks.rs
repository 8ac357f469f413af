//! What ISO 5426 and MARC-8 have in common: letters and signs at one byte each, accents before
//! the letter that they belong to.

use unicode_normalization::{
    UnicodeNormalization,
    char::{compose, is_combining_mark},
};

use super::{Converted, Loss, What, approximate::approximate};

/// The upper half of a character set.
pub(super) struct Table {
    /// Characters that stand alone.
    pub spacing: &'static [(u8, char)],
    /// Accents, which stand before their letter.
    pub marks: &'static [(u8, char)],
    /// What each byte from 80 on is: both lists by their bytes.
    upper: [Meaning; 128],
}

/// What a byte is.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Spacing(char),
    Mark(char),
    Nothing,
}

impl Table {
    pub(super) const fn new(spacing: &'static [(u8, char)], marks: &'static [(u8, char)]) -> Self {
        let mut upper = [Meaning::Nothing; 128];
        let mut at = 0;
        while at < spacing.len() {
            upper[(spacing[at].0 & 0x7F) as usize] = Meaning::Spacing(spacing[at].1);
            at += 1;
        }
        at = 0;
        while at < marks.len() {
            upper[(marks[at].0 & 0x7F) as usize] = Meaning::Mark(marks[at].1);
            at += 1;
        }
        Self {
            spacing,
            marks,
            upper,
        }
    }

    pub(super) const fn meaning(&self, byte: u8) -> Meaning {
        match byte {
            0..0x80 => Meaning::Spacing(byte as char),
            _ => self.upper[(byte & 0x7F) as usize],
        }
    }

    fn spacing_byte(&self, char: char) -> Option<u8> {
        if char.is_ascii() {
            return u8::try_from(char).ok();
        }
        self.spacing
            .iter()
            .find(|(_, known)| *known == char)
            .map(|(byte, _)| *byte)
    }

    fn mark_byte(&self, mark: char) -> Option<u8> {
        self.marks
            .iter()
            .find(|(_, known)| *known == mark)
            .map(|(byte, _)| *byte)
    }
}

/// Text that grows letter by letter, while accents wait for theirs.
#[derive(Default)]
pub(super) struct Growing {
    text: String,
    losses: Vec<Loss>,
    waiting: Vec<(usize, char)>,
}

impl Growing {
    pub(super) fn push(&mut self, at: usize, meaning: Meaning, byte: u8) {
        match meaning {
            Meaning::Mark(mark) => self.waiting.push((at, mark)),
            Meaning::Spacing(letter) => {
                self.text.push(letter);
                // The accent nearest to the letter was written last.
                self.text
                    .extend(self.waiting.drain(..).rev().map(|(_, mark)| mark));
            }
            Meaning::Nothing => {
                self.text.push(char::REPLACEMENT_CHARACTER);
                self.lose(at, What::Byte(byte));
            }
        }
    }

    pub(super) fn lose(&mut self, at: usize, what: What) {
        self.losses.push(Loss { at, what });
    }

    pub(super) fn finish(mut self) -> Converted<String> {
        for (at, mark) in std::mem::take(&mut self.waiting) {
            self.text.push(mark);
            self.lose(at, What::LoneMark(mark));
        }
        Converted {
            value: self.text,
            losses: self.losses,
        }
    }
}

/// Text as bytes. `special` writes what the table does not have, and says whether it could.
pub(super) fn encode(
    table: &Table,
    text: &str,
    special: impl Fn(char, &mut Vec<u8>) -> bool,
) -> Converted<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut losses = Vec::new();
    let mut at = 0;
    for cluster in clusters(text) {
        let mut chars = cluster.chars().nfd();
        let mut base = chars.next().unwrap_or_default();
        let mut marks = Vec::new();
        if is_combining_mark(base) {
            // A mark that no letter precedes: on a space, so that it can be read again.
            losses.push(Loss {
                at,
                what: What::LoneMark(base),
            });
            marks.push(base);
            base = ' ';
        }
        for mark in chars {
            // Some letters have no decomposed form in the set (ơ in MARC-8), others no composed.
            match compose(base, mark)
                .filter(|whole| marks.is_empty() && table.spacing_byte(*whole).is_some())
            {
                Some(whole) => base = whole,
                None => marks.push(mark),
            }
        }
        for mark in marks.iter().rev() {
            match table.mark_byte(*mark) {
                Some(byte) => bytes.push(byte),
                None => losses.push(Loss {
                    at,
                    what: What::Mark(*mark),
                }),
            }
        }
        if let Some(byte) = table.spacing_byte(base) {
            bytes.push(byte);
        } else if !special(base, &mut bytes) {
            let nearest = approximate(base);
            losses.push(Loss {
                at,
                what: What::Character(base, nearest),
            });
            bytes.extend_from_slice(nearest.as_bytes());
        }
        at += cluster.len();
    }
    Converted {
        value: bytes,
        losses,
    }
}

/// A character with the accents that follow it.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest[first.len_utf8()..]
            .find(|char| !is_combining_mark(char))
            .map_or(rest.len(), |end| first.len_utf8() + end);
        let (cluster, after) = rest.split_at(end);
        rest = after;
        Some(cluster)
    })
}
