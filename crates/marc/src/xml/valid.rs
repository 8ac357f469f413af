//! What the schemas allow, and what is done about the rest.

use std::fmt;

use super::Dialect;
use crate::model::{Code, Field, Leader, Record, Tag};

/// Something that had to be changed for the sake of the schema, or of XML itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// A byte of the leader.
    Leader {
        /// Which.
        position: usize,
        /// What the record has there.
        was: u8,
    },
    /// An indicator that is neither a digit, a small letter nor blank; written as blank.
    Indicator(Tag, u8),
    /// A field whose tag the schema does not allow, or which is of the wrong kind for it; left
    /// out.
    Field(Tag),
    /// A data field without subfields; left out.
    Empty(Tag),
    /// A control field that stood behind data fields; moved before them.
    Moved(Tag),
    /// A subfield whose code the schema does not allow; left out.
    Code(Tag, Code),
    /// A character that XML cannot hold; left out.
    Character(Tag, char),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leader { position, was } => {
                write!(
                    f,
                    "leader/{position:02} {:?} is not allowed, changed",
                    char::from(*was)
                )
            }
            Self::Indicator(tag, was) => write!(
                f,
                "indicator {:?} of {tag} is not allowed, blank now",
                char::from(*was)
            ),
            Self::Field(tag) => write!(f, "{tag} is not allowed, left out"),
            Self::Empty(tag) => write!(f, "{tag} has no subfields, left out"),
            Self::Moved(tag) => write!(f, "{tag} moved before the data fields"),
            Self::Code(tag, code) => write!(f, "{tag} ${code} is not allowed, left out"),
            Self::Character(tag, char) => write!(
                f,
                "U+{:04X} in {tag} cannot be in XML, left out",
                u32::from(*char)
            ),
        }
    }
}

/// XML 1.0, production 2.
pub(super) const fn is_xml_char(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// MARC21slim.xsd 1.2 and marcxchange 2.0, type `leaderDataType`.
pub(super) fn leader(leader: Leader, dialect: Dialect, changes: &mut Vec<Change>) -> Leader {
    let digit = |byte: u8| byte.is_ascii_digit();
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ';
    let mut valid = leader;
    for (position, was) in leader.as_bytes().iter().copied().enumerate() {
        let slim = dialect == Dialect::Marcxml;
        let (allowed, instead) = match position {
            0..=4 | 12..=16 => (digit(was), b'0'),
            10 | 11 => (was == b'2', b'2'),
            6 if slim => (was.is_ascii_alphanumeric(), b'a'),
            5 | 7..=9 | 17..=19 if slim => (letter(was), b' '),
            20..=23 if slim => (was == b"4500"[position - 20], b"4500"[position - 20]),
            20..=22 => (digit(was), b"450"[position - 20]),
            _ => ((0x20..0x7F).contains(&was), b' '),
        };
        if !allowed {
            changes.push(Change::Leader { position, was });
            valid = valid.with(position, instead);
        }
    }
    valid
}

/// The byte to write for an indicator.
pub(super) fn indicator(byte: u8, tag: Tag, dialect: Dialect, changes: &mut Vec<Change>) -> u8 {
    let allowed = match dialect {
        Dialect::Marcxml => byte.is_ascii_digit() || byte.is_ascii_lowercase() || byte == b' ',
        Dialect::MarcXchange => (0x20..0x7F).contains(&byte),
    };
    if allowed {
        return byte;
    }
    changes.push(Change::Indicator(tag, byte));
    b' '
}

pub(super) fn code_is_allowed(code: Code, dialect: Dialect) -> bool {
    match dialect {
        // All of ASCII that can be seen, but for these two.
        Dialect::Marcxml => code.0.is_ascii_graphic() && !matches!(code.0, b'@' | b'|'),
        Dialect::MarcXchange => !matches!(code.0, 0..0x20 | 0x7F..0xA0),
    }
}

pub(super) fn tag_is_allowed(field: &Field) -> bool {
    let tag = field.tag();
    let [first, second, third] = *tag.as_bytes();
    let mixed = tag.as_bytes().iter().any(u8::is_ascii_uppercase)
        && tag.as_bytes().iter().any(u8::is_ascii_lowercase);
    let regular = tag.is_regular() && !mixed;
    match field {
        Field::Control(_) => regular && tag.is_control() && third != b'0',
        Field::Data(_) => regular && !tag.is_control() && (first, second) != (b'0', b'0'),
    }
}

/// Control fields first, each kind in its order; what is not allowed is left out.
pub(super) fn order<'a>(record: &'a Record, changes: &mut Vec<Change>) -> Vec<&'a Field> {
    let mut control = Vec::new();
    let mut data = Vec::new();
    for field in &record.fields {
        let tag = field.tag();
        match field {
            _ if !tag_is_allowed(field) => changes.push(Change::Field(tag)),
            Field::Data(field) if field.subfields.is_empty() => changes.push(Change::Empty(tag)),
            Field::Data(_) => data.push(field),
            Field::Control(_) => {
                if !data.is_empty() {
                    changes.push(Change::Moved(tag));
                }
                control.push(field);
            }
        }
    }
    control.extend(data);
    control
}
