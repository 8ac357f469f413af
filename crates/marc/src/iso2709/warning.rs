use std::fmt;

use crate::model::{Code, Tag};

/// Something that was not as ISO 2709 wants it, and was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Bytes between the record before and this one: line feeds, a byte order mark, text.
    JunkBefore {
        /// How many.
        length: usize,
        /// Something else than blanks, line ends or a byte order mark.
        text: bool,
    },
    /// The length in the leader is not the record's.
    Length {
        /// What the leader says; `None` if these are no digits.
        declared: Option<usize>,
        /// What was found.
        found: usize,
    },
    /// The record does not end with a record terminator.
    NoRecordTerminator,
    /// The last field does not end with a field terminator.
    NoFieldTerminator,
    /// The base address in the leader is not where the directory ends.
    BaseAddress {
        /// What the leader says; `None` if these are no digits.
        declared: Option<usize>,
        /// What was found.
        found: usize,
    },
    /// Leader positions 10–11 or 20–22 announce other widths than 2, 2 and 4, 5, 0; they are
    /// taken as meant so.
    Widths,
    /// The directory's numbers disagree with the field terminators; fields were cut at these, and
    /// got their tags in the directory's order.
    DirectoryRepaired,
    /// Every start position in the directory is off by the same number of bytes.
    DirectoryShifted(
        /// By how many; positive if they are too high.
        isize,
    ),
    /// A record without any field.
    NoFields,
    /// A tag that has something else than letters and digits.
    Tag(Tag),
    /// A data field without its two indicators; they were read as blank.
    NoIndicators(Tag),
    /// Text before the first subfield; it was read as `$a`.
    NoSubfieldCode(Tag),
    /// A delimiter without a code, and without text: left out.
    EmptyDelimiter(Tag),
    /// A field or record terminator within a field; it was read as a space.
    TerminatorInField(Tag),
    /// A control field with a subfield delimiter in it; it was read as a space.
    DelimiterInControlField(Tag),
    /// Control characters within a value; they are kept.
    ControlCharacters(Tag, Option<Code>),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JunkBefore { length, text: true } => {
                write!(f, "{length} bytes of something else before the record")
            }
            Self::JunkBefore {
                length,
                text: false,
            } => {
                write!(f, "{length} blank bytes before the record")
            }
            Self::Length { declared, found } => {
                write!(
                    f,
                    "the leader says {} bytes, there are {found}",
                    Said(*declared)
                )
            }
            Self::NoRecordTerminator => f.write_str("no record terminator at the end"),
            Self::NoFieldTerminator => f.write_str("no field terminator after the last field"),
            Self::BaseAddress { declared, found } => {
                write!(
                    f,
                    "the leader says that data start at {}, they start at {found}",
                    Said(*declared)
                )
            }
            Self::Widths => f.write_str("the leader announces unusual widths; read as usual"),
            Self::DirectoryRepaired => f.write_str(
                "the directory does not fit the fields; these were cut at their terminators",
            ),
            Self::DirectoryShifted(by) => write!(f, "every start in the directory is off by {by}"),
            Self::NoFields => f.write_str("no field at all"),
            Self::Tag(tag) => write!(f, "a tag {tag} that is none"),
            Self::NoIndicators(tag) => write!(f, "{tag} has no indicators; read as blank"),
            Self::NoSubfieldCode(tag) => {
                write!(f, "{tag} has text before its first subfield; read as $a")
            }
            Self::EmptyDelimiter(tag) => write!(f, "{tag} has a subfield without a code; left out"),
            Self::TerminatorInField(tag) => {
                write!(f, "{tag} has a terminator within; read as a space")
            }
            Self::DelimiterInControlField(tag) => {
                write!(f, "{tag} has a subfield delimiter within; read as a space")
            }
            Self::ControlCharacters(tag, Some(code)) => {
                write!(f, "{tag} ${code} has control characters")
            }
            Self::ControlCharacters(tag, None) => write!(f, "{tag} has control characters"),
        }
    }
}

/// A number of the leader, or that there was none.
struct Said(Option<usize>);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => number.fmt(f),
            None => f.write_str("no number of"),
        }
    }
}

/// Why a record could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// Shorter than a leader and an empty directory.
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// These bytes do not begin with anything like a leader.
    NoLeader,
    /// No field terminator ends the directory.
    NoDirectoryEnd,
    /// The record breaks off: the directory promises more fields than there are.
    Truncated {
        /// Fields in the directory.
        promised: usize,
        /// Fields that are whole.
        whole: usize,
    },
    /// Directory and fields disagree, and nothing shows which field has which tag.
    Directory {
        /// Fields in the directory.
        promised: usize,
        /// Fields between terminators.
        found: usize,
    },
    /// No end within the limit.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { length } => write!(f, "only {length} bytes: no record is that short"),
            Self::NoLeader => f.write_str("no leader at the beginning"),
            Self::NoDirectoryEnd => f.write_str("no end of the directory"),
            Self::Truncated { promised, whole } => {
                write!(
                    f,
                    "the record breaks off: {whole} of {promised} fields are whole"
                )
            }
            Self::Directory { promised, found } => {
                write!(
                    f,
                    "the directory has {promised} fields, the record {found}, and nothing says which is which"
                )
            }
            Self::TooLong { limit } => write!(f, "no end within {limit} bytes"),
        }
    }
}

impl std::error::Error for Damage {}
