use std::fmt;

use crate::model::Tag;

/// Why there is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// The record's place in the document, from 1.
    pub number: u64,
    /// Byte offset in the document.
    pub offset: u64,
    /// What is wrong.
    pub fault: XmlFault,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "record {} at byte {}: {}",
            self.number, self.offset, self.fault
        )
    }
}

impl std::error::Error for XmlError {}

/// What is wrong with a document or a record in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlFault {
    /// The document is not well-formed, or the source failed. Nothing more will come.
    Document(String),
    /// A document type: refused, because entities come with it. Nothing more will come.
    DocumentType,
    /// An entity that is not one of XML's own five. Nothing more will come.
    Entity(String),
    /// A record longer than the limit. Nothing more will come.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A field without a tag of three characters; the record is left out.
    Tag(String),
    /// A subfield without a code of one character; the record is left out.
    Code(Tag, String),
}

impl XmlFault {
    /// Whether the records behind it can still be read.
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Tag(_) | Self::Code(..))
    }
}

impl fmt::Display for XmlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(why) => f.write_str(why),
            Self::DocumentType => f.write_str("a document type, which is refused"),
            Self::Entity(name) => write!(f, "the entity &{name};, which is refused"),
            Self::TooLong { limit } => write!(f, "no end within {limit} bytes"),
            Self::Tag(tag) => write!(f, "{tag:?} is no tag"),
            Self::Code(tag, code) => write!(f, "{code:?} in {tag} is no subfield code"),
        }
    }
}

/// Something that was not by the letter, and was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlWarning {
    /// The leader has not 24 characters of ASCII; it was cut or filled with blanks.
    Leader(String),
    /// No leader; a UNIMARC monograph's was put there.
    NoLeader,
    /// An indicator is missing or has more than one character; read as blank.
    Indicator(Tag),
    /// A third indicator or a later one; left out.
    MoreIndicators(Tag),
    /// A data field with the tag of a control field, or the other way round.
    Kind(Tag),
}
