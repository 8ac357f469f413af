//! What is wrong with bytes that should be a PDU, and where.

use std::fmt;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The bytes end inside a value.
    Ended,
    /// A tag number past 32 bits, or padded.
    Tag,
    /// A length that BER does not know.
    Length,
    /// More bytes than allowed.
    TooLarge,
    /// More levels than allowed.
    TooDeep,
    /// More values than allowed.
    TooMany,
    /// A required element is not there.
    Missing,
    /// An element is not of its type.
    Type,
    /// None of the alternatives of a CHOICE.
    Choice,
}

/// A PDU that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The byte where BER went wrong; `None` when BER is sound and an element is not.
    pub offset: Option<usize>,
    /// The elements from the outside in, as the standard names them.
    pub path: Vec<&'static str>,
    /// What is wrong there.
    pub what: What,
}

impl Error {
    pub(crate) fn at(offset: usize, what: What) -> Self {
        Self {
            offset: Some(offset),
            path: Vec::new(),
            what,
        }
    }

    pub(crate) fn of(what: What) -> Self {
        Self {
            offset: None,
            path: Vec::new(),
            what,
        }
    }

    pub(crate) fn within(mut self, name: &'static str) -> Self {
        self.path.insert(0, name);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self.what {
            What::Ended => "the PDU ends inside a value",
            What::Tag => "a tag number is too large",
            What::Length => "a length is not BER",
            What::TooLarge => "the PDU is larger than allowed",
            What::TooDeep => "values are nested deeper than allowed",
            What::TooMany => "the PDU has more values than allowed",
            What::Missing => "a required element is missing",
            What::Type => "an element is not of its type",
            What::Choice => "none of the known alternatives",
        })?;
        if let Some(offset) = self.offset {
            write!(to, ", at byte {offset}")?;
        }
        if !self.path.is_empty() {
            write!(to, ", in {}", self.path.join("."))?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
