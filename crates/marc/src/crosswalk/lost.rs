use std::fmt;

use crate::model::{Code, Tag};

/// Something that the other format has no place for, or that is not carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lost {
    /// A whole field.
    Field(Tag),
    /// A subfield.
    Subfield(Tag, Code),
    /// A character of coded data, by its position.
    Coded(Tag, usize, char),
    /// A character of the leader, by its position.
    Leader(usize, char),
    /// A field of the source's own: 9XX.
    Local(Tag),
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(tag) => write!(f, "{tag}"),
            Self::Subfield(tag, code) => write!(f, "{tag} ${code}"),
            Self::Coded(tag, position, char) => write!(f, "{tag}/{position:02} {char:?}"),
            Self::Leader(position, char) => write!(f, "leader/{position:02} {char:?}"),
            Self::Local(tag) => write!(f, "{tag}, which is local"),
        }
    }
}
