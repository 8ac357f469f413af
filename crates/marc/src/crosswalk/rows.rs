//! The correspondence of fields: one row reads in both directions.
//!
//! Sources: Manuel UNIMARC (format bibliographique, French edition), MARC 21 Format for
//! Bibliographic Data, and the Library of Congress's specification for UNIMARC to MARC 21.

use crate::model::{DataField, Format, Tag};

mod table;

pub use table::ROWS;

/// What an indicator must be to match, and what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ind {
    /// Only this one matches; it is written.
    Is(u8),
    /// Every one matches; this one is written.
    Any(u8),
    /// Every one matches; written is the other side's, first (0) or second (1).
    Of(usize),
}

impl Ind {
    const fn matches(self, byte: u8) -> bool {
        match self {
            Self::Is(wanted) => wanted == byte,
            Self::Any(_) | Self::Of(_) => true,
        }
    }

    /// The byte to write, given the other side's indicators. Where a digit is wanted, whatever
    /// is none becomes 0.
    pub(super) fn write(self, other: [u8; 2]) -> u8 {
        match self {
            Self::Is(byte) | Self::Any(byte) => byte,
            Self::Of(place) => match other.get(place) {
                Some(byte) if byte.is_ascii_digit() => *byte,
                _ => b'0',
            },
        }
    }
}

/// One side of a row.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// The field.
    pub tag: &'static [u8; 3],
    /// Its indicators.
    pub ind: [Ind; 2],
}

/// In which directions a row is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Both.
    Both,
    /// From UNIMARC to MARC21 only: several fields become one there.
    ToMarc21,
    /// From MARC21 to UNIMARC only.
    ToUnimarc,
}

/// What a field is about, where more than its subfields needs a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing more.
    Plain,
    /// Entry and other part of a person's name are one subfield in MARC21.
    Person,
    /// A subject: its source is an indicator in MARC21.
    Subject,
    /// A person as a subject.
    PersonSubject,
    /// The title proper: indicators tell of authors and of words not sorted.
    Title,
    /// Countries: capitals here, small letters there.
    Country,
    /// A uniform title: 130 without an author, 240 with one.
    UniformTitle,
}

/// A pair of fields.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// In UNIMARC.
    pub unimarc: Side,
    /// In MARC21.
    pub marc21: Side,
    /// Pairs of codes, UNIMARC's first; behind them the mark that ISBD puts before it.
    pub codes: &'static [&'static str],
    /// Where it is used.
    pub way: Way,
    /// What else there is to it.
    pub kind: Kind,
}

impl Row {
    /// The side that is read, and the side that is written.
    pub const fn sides(&self, to: Format) -> (&Side, &Side) {
        match to {
            Format::Marc21 => (&self.unimarc, &self.marc21),
            Format::Unimarc => (&self.marc21, &self.unimarc),
        }
    }
}

/// The first row for a field.
pub(super) fn find(field: &DataField, to: Format) -> Option<&'static Row> {
    ROWS.iter().find(|row| {
        let other = match to {
            Format::Marc21 => Way::ToUnimarc,
            Format::Unimarc => Way::ToMarc21,
        };
        let (from, _) = row.sides(to);
        let [first, second] = field.indicators.0;
        row.way != other
            && Tag::from(from.tag) == field.tag
            && from.ind[0].matches(first)
            && from.ind[1].matches(second)
    })
}
