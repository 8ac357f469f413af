//! The short codes that name a branch, a patron category and a document type.
//!
//! They are the keys of every rule, so they live inline: eight bytes, copied, never allocated.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// The longest code, in bytes.
pub const MAX_CODE_LENGTH: usize = 8;

/// A text that cannot be a code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CodeError {
    /// Nothing was given.
    #[error("a {what} code is empty: give 1 to 8 of A-Z, 0-9, _ and -")]
    Empty {
        /// What the code names.
        what: &'static str,
    },
    /// More than eight characters.
    #[error("{what} code {given:?} is too long: give 1 to 8 of A-Z, 0-9, _ and -")]
    TooLong {
        /// What the code names.
        what: &'static str,
        /// The text, as given (cut when it is very long).
        given: String,
    },
    /// A character that codes do not have.
    #[error("{what} code {given:?} has the character {bad:?}: use only A-Z, 0-9, _ and -")]
    BadCharacter {
        /// What the code names.
        what: &'static str,
        /// The text, as given.
        given: String,
        /// The first character that is not allowed.
        bad: char,
    },
}

fn parse(what: &'static str, text: &str) -> Result<[u8; MAX_CODE_LENGTH], CodeError> {
    if text.is_empty() {
        return Err(CodeError::Empty { what });
    }
    if text.len() > MAX_CODE_LENGTH {
        let given = text.chars().take(40).collect();
        return Err(CodeError::TooLong { what, given });
    }
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if let Some(bad) = text.chars().find(|c| !allowed(*c)) {
        let given = text.to_owned();
        return Err(CodeError::BadCharacter { what, given, bad });
    }
    let mut bytes = [0; MAX_CODE_LENGTH];
    for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    Ok(bytes)
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; MAX_CODE_LENGTH]);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                let length = self.0.iter().take_while(|byte| **byte != 0).count();
                self.0
                    .get(..length)
                    .and_then(|bytes| std::str::from_utf8(bytes).ok())
                    .expect("a code holds only ASCII letters, digits, _ and -")
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                parse($what, text).map(Self)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = CodeError;

            fn try_from(text: &str) -> Result<Self, CodeError> {
                text.parse()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("a ", $what, " code"))
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

code! {
    /// One branch (library) of the network, such as `LENS`. Also its SIP2 institution and location.
    BranchCode, "branch"
}
code! {
    /// One patron category, such as `ADU`.
    CategoryCode, "category"
}
code! {
    /// One document type, such as `DVD`.
    DocumentCode, "document"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_as_written() {
        for text in ["A", "LENS", "A_B-9", "ABCDEFGH"] {
            let code: BranchCode = text.parse().unwrap();
            assert_eq!(code.as_str(), text);
            assert_eq!(code.to_string(), text);
            assert_eq!(format!("{code:?}"), text);
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(json, format!("{text:?}"));
            assert_eq!(serde_json::from_str::<BranchCode>(&json).unwrap(), code);
        }
    }

    #[test]
    fn codes_sort_as_their_text_does() {
        let mut codes: Vec<DocumentCode> = ["DVD", "CD", "CDX", "B"]
            .iter()
            .map(|t| t.parse().unwrap())
            .collect();
        codes.sort();
        let texts: Vec<_> = codes.iter().map(DocumentCode::as_str).collect();
        assert_eq!(texts, ["B", "CD", "CDX", "DVD"]);
    }

    #[test]
    fn a_wrong_code_says_what_to_give() {
        let says = |text: &str| text.parse::<CategoryCode>().unwrap_err().to_string();
        assert!(says("").contains("is empty"));
        assert!(says("ABCDEFGHI").contains("too long"));
        assert_eq!(
            says("lens"),
            "category code \"lens\" has the character 'l': use only A-Z, 0-9, _ and -"
        );
        assert!(says("LIÉ").contains('É'));
    }
}
