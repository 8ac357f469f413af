//! The two languages that readers and librarians see.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The language of a text for people. French unless somebody asks for English.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Language {
    /// French, the network's own.
    #[default]
    #[serde(rename = "fr")]
    French,
    /// English, beside it.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The two-letter code of ISO 639-1.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// One of two texts.
    pub fn pick<T>(self, french: T, english: T) -> T {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language that we do not speak.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("language {0:?} is not spoken here: give fr or en")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        match text {
            "fr" => Ok(Self::French),
            "en" => Ok(Self::English),
            other => Err(UnknownLanguage(other.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_is_the_default_and_both_read_back() {
        assert_eq!(Language::default(), Language::French);
        for language in [Language::French, Language::English] {
            assert_eq!(language.code().parse(), Ok(language));
            let json = serde_json::to_string(&language).unwrap();
            assert_eq!(json, format!("{:?}", language.code()));
        }
        assert!(
            "de".parse::<Language>()
                .unwrap_err()
                .to_string()
                .contains("fr or en")
        );
    }
}
