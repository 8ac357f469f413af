//! Why a document cannot be read as a message.

use std::fmt;

/// Why a document cannot be read, and where. It quotes no value of the document: that may be a person's, or a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The line, counted from 1; 0 where the whole is meant.
    pub line: usize,
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// There is nothing in it.
    Empty,
    /// It is longer than this many bytes.
    TooLarge(usize),
    /// Its bytes are of no character set that it can be read in.
    Charset,
    /// It is not well-formed; in the words of the XML reader.
    Syntax(String),
    /// A character that XML 1.0 does not have, by its number.
    Character(u32),
    /// A document type with declarations of its own. They are never read.
    Subset,
    /// An entity that is none of XML's own five.
    Entity,
    /// A prefix that is declared nowhere.
    Prefix,
    /// The elements are of another namespace than NCIP's.
    Namespace,
    /// The same attribute twice.
    Attribute,
    /// More of something than is read: elements, attributes, depth, text, repetitions.
    TooMuch(&'static str),
    /// The root is not a message of NCIP.
    Root,
    /// An element that has to be there is not.
    Missing {
        /// In which element.
        within: String,
        /// Which one.
        element: &'static str,
    },
    /// A value that is none of its kind.
    Value {
        /// Of which element.
        element: String,
        /// What it should be.
        wanted: &'static str,
    },
}

impl Fault {
    pub(crate) fn new(kind: FaultKind) -> Self {
        Self { kind, line: 0 }
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        match &self.kind {
            FaultKind::Empty => f.write_str("there is no document"),
            FaultKind::TooLarge(most) => write!(f, "the document has more than {most} bytes"),
            FaultKind::Charset => {
                f.write_str("the bytes are not of the character set that they are said to be")
            }
            FaultKind::Syntax(why) => write!(f, "not well-formed: {why}"),
            FaultKind::Character(number) => {
                write!(f, "the character U+{number:04X} is not allowed in XML")
            }
            FaultKind::Subset => {
                f.write_str("a document type with declarations is not read: leave it out")
            }
            FaultKind::Entity => f.write_str(
                "an entity that XML does not have by itself: write the character, or & as &amp;",
            ),
            FaultKind::Prefix => f.write_str("a prefix that is not declared"),
            FaultKind::Namespace => {
                f.write_str("the elements are not of the namespace http://www.niso.org/2008/ncip")
            }
            FaultKind::Attribute => f.write_str("an attribute stands twice in one element"),
            FaultKind::TooMuch(what) => write!(f, "too much: {what}"),
            FaultKind::Root => {
                f.write_str("the root is neither NCIPMessage nor NCIPVersionMessage")
            }
            FaultKind::Missing { within, element } => write!(f, "{within} has no {element}"),
            FaultKind::Value { element, wanted } => {
                write!(f, "the value of {element} is not {wanted}")
            }
        }
    }
}

impl std::error::Error for Fault {}
