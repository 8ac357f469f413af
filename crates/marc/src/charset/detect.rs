//! Which character set a record is really in.
//!
//! Bytes that are valid UTF-8 and not ASCII are UTF-8: accented text in the other sets never is,
//! by chance. What is left is read in each of the other sets, and the reading that looks most like
//! the languages of these libraries wins; the label, what the file was in so far, and the source's
//! setting add a little, so that they decide where the bytes do not.

use super::{Charset, compose, score::Score, utf8};
use crate::model::Format;

/// What was decided about a record, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What the record was read in; where values differ, what most of them are in.
    pub charset: Charset,
    /// What its label says.
    pub declared: Option<Charset>,
    /// On what ground.
    pub why: Why,
    /// What was counted.
    pub evidence: Evidence,
}

impl Decision {
    /// The label says something else, and it matters.
    pub fn is_lie(&self) -> bool {
        self.why != Why::Ascii
            && self
                .declared
                .is_some_and(|declared| declared != self.charset)
    }

    /// More than one set in one record.
    pub const fn is_mixed(&self) -> bool {
        let kinds = [
            self.evidence.utf8,
            self.evidence.doubled,
            self.evidence.other,
        ];
        (kinds[0] > 0) as u8 + (kinds[1] > 0) as u8 + (kinds[2] > 0) as u8 > 1
    }
}

/// The ground of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// All bytes are ASCII: every set reads them alike.
    Ascii,
    /// Valid UTF-8 beyond ASCII.
    Utf8,
    /// The reading that looks best.
    Score,
}

/// What was counted in a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Values beyond ASCII that are UTF-8.
    pub utf8: u32,
    /// Values that are UTF-8 twice.
    pub doubled: u32,
    /// Values that are no UTF-8.
    pub other: u32,
    /// For these: points a character in each reading, the priors included.
    pub scores: Vec<(Charset, f32)>,
}

/// What a file was in so far.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    seen: [u32; Charset::ALL.len()],
}

impl Memory {
    fn note(&mut self, charset: Charset) {
        if let Some(place) = Charset::ALL.iter().position(|known| *known == charset) {
            self.seen[place] = self.seen[place].saturating_add(1);
        }
    }

    /// The share of records in this set, of those that showed one: 0 to 1.
    pub fn share(&self, charset: Charset) -> f32 {
        let all: u32 = self
            .seen
            .iter()
            .fold(0, |sum, count| sum.saturating_add(*count));
        let place = Charset::ALL.iter().position(|known| *known == charset);
        let count = place.map_or(0, |place| self.seen[place]);
        if all == 0 {
            0.0
        } else {
            count as f32 / all as f32
        }
    }

    /// What most records were in.
    pub fn usual(&self) -> Option<Charset> {
        let most = Charset::ALL
            .iter()
            .zip(self.seen)
            .max_by_key(|(_, count)| *count)?;
        (most.1 > 0).then_some(*most.0)
    }
}

/// What is known before looking at the bytes.
pub(super) struct Prior<'a> {
    pub declared: Option<Charset>,
    pub format: Format,
    pub default: Option<Charset>,
    pub memory: &'a mut Memory,
}

/// The sets that need their looks compared.
const LEGACY: [Charset; 3] = [Charset::Iso5426, Charset::Marc8, Charset::Latin1];

/// Decides over all values of a record.
pub(super) fn decide<'a>(values: impl Iterator<Item = &'a [u8]>, prior: Prior<'_>) -> Decision {
    let mut evidence = Evidence::default();
    let mut scores = [Score::default(); LEGACY.len()];
    let mut escapes = false;
    let mut cut_off = 0;
    for value in values {
        let kind = kind(value);
        escapes |= value.contains(&0x1B);
        match kind {
            Kind::Ascii => {}
            Kind::Utf8 => evidence.utf8 += 1,
            Kind::Doubled => evidence.doubled += 1,
            Kind::CutOff => cut_off += 1,
            Kind::Other => evidence.other += 1,
        }
        if matches!(kind, Kind::CutOff | Kind::Other) {
            for (score, charset) in scores.iter_mut().zip(LEGACY) {
                score.add(Score::of(&compose(charset.decode(value).value)));
            }
        }
    }
    // An é of Latin-1 at the end of a value looks like UTF-8 cut off: the other values tell.
    let cut_is_utf8 =
        evidence.other == 0 && (evidence.utf8 > 0 || prior.declared == Some(Charset::Utf8));
    if cut_is_utf8 {
        evidence.utf8 += cut_off;
    } else {
        evidence.other += cut_off;
    }
    let weigh = |charset: Charset, score: Score| {
        let habit = match prior.format {
            Format::Unimarc => Charset::Iso5426,
            Format::Marc21 => Charset::Marc8,
        };
        let add = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
        score.mean()
            + add(prior.declared == Some(charset), 2.0)
            + add(prior.default == Some(charset), 1.0)
            + add(habit == charset, 0.5)
            // Only MARC-8 changes sets within a value.
            + add(escapes && charset == Charset::Marc8, 8.0)
            + 1.5 * prior.memory.share(charset)
    };
    evidence.scores = LEGACY
        .iter()
        .zip(scores)
        .map(|(charset, score)| (*charset, weigh(*charset, score)))
        .collect();
    let best = evidence
        .scores
        .iter()
        .copied()
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let (charset, why) = if evidence.other > evidence.utf8 + evidence.doubled {
        (
            best.map_or(Charset::Iso5426, |(charset, _)| charset),
            Why::Score,
        )
    } else if evidence.doubled > evidence.utf8 {
        (Charset::Utf8Twice, Why::Utf8)
    } else if evidence.utf8 > 0 {
        (Charset::Utf8, Why::Utf8)
    } else {
        let fallback = prior.declared.or(prior.memory.usual()).or(prior.default);
        let escaped = escapes.then_some(Charset::Marc8);
        (escaped.or(fallback).unwrap_or(Charset::Utf8), Why::Ascii)
    };
    if why != Why::Ascii {
        prior.memory.note(charset);
    }
    Decision {
        charset,
        declared: prior.declared,
        why,
        evidence,
    }
}

/// The set of one value in a record that was decided: records are mixed now and then.
pub(super) fn of_value(value: &[u8], decision: &Decision) -> Charset {
    match kind(value) {
        Kind::CutOff if decision.evidence.other == 0 => Charset::Utf8,
        Kind::Ascii => match decision.charset {
            Charset::Marc8 => Charset::Marc8,
            _ => Charset::Utf8,
        },
        Kind::Utf8 => Charset::Utf8,
        Kind::Doubled => Charset::Utf8Twice,
        Kind::CutOff | Kind::Other => decision
            .evidence
            .scores
            .iter()
            .copied()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map_or(decision.charset, |(charset, _)| charset),
    }
}

enum Kind {
    Ascii,
    Utf8,
    Doubled,
    /// ASCII but for the first bytes of a UTF-8 character at the very end.
    CutOff,
    Other,
}

fn kind(value: &[u8]) -> Kind {
    if value.is_ascii() {
        return Kind::Ascii;
    }
    match std::str::from_utf8(value) {
        Ok(text) => {
            let single = utf8::undouble(text).map(compose);
            match single.is_some_and(|single| Score::of(&single).mean() > Score::of(text).mean()) {
                true => Kind::Doubled,
                false => Kind::Utf8,
            }
        }
        Err(_) => {
            let (sequences, wrong, cut) = utf8::count(value);
            match sequences > wrong {
                true => Kind::Utf8,
                false if cut && wrong == 0 => Kind::CutOff,
                false => Kind::Other,
            }
        }
    }
}
