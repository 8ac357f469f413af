//! What can be wrong with the content of a message.

use std::fmt;

use crate::spec::{self, Code, FieldId};

/// Why a well-formed message can't be understood: a request on the library's side, a response on
/// the terminal's.
///
/// It names the part that is wrong, never its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestError {
    /// This is another message than the one that was to be read.
    WrongCode {
        /// The message that was to be read.
        expected: Code,
        /// The message that it is.
        found: Code,
    },
    /// There is a `|` in the fixed part: something was left out, and everything is shifted.
    Shifted {
        /// The message.
        code: Code,
    },
    /// What the message is about is not there.
    Missing {
        /// The message.
        code: Code,
        /// The field that is missing.
        field: FieldId,
    },
    /// A part without which nothing can be done has no meaning.
    Unreadable {
        /// The message.
        code: Code,
        /// The standard's name of the part.
        part: &'static str,
    },
}

impl RequestError {
    /// The message that was read: the answer has to be one that answers it.
    pub fn code(&self) -> Code {
        match self {
            RequestError::WrongCode { found: code, .. }
            | RequestError::Shifted { code }
            | RequestError::Missing { code, .. }
            | RequestError::Unreadable { code, .. } => *code,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RequestError::WrongCode { expected, found } => {
                write!(f, "message {found} was read as a message {expected}")
            }
            RequestError::Shifted { code } => {
                write!(
                    f,
                    "message {code} lacks a part of its fixed length, so that all is shifted"
                )
            }
            RequestError::Missing { code, field } => {
                let name = spec::field(*field).map_or("unknown", |spec| spec.standard);
                write!(f, "message {code} lacks {field} ({name})")
            }
            RequestError::Unreadable { code, part } => {
                write!(f, "message {code} has a {part} that means nothing")
            }
        }
    }
}

impl std::error::Error for RequestError {}
