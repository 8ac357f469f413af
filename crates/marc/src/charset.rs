//! Bytes to text and back, and what to believe when the label lies.
//!
//! Four character sets occur in the files of French libraries and their suppliers: UTF-8,
//! ISO 5426 (UNIMARC's old extended Latin), MARC-8 (MARC21's) and Latin-1. Conversion goes both
//! ways and tells every [`Loss`]. [`TextReader`] decides which set a record is really in:
//! declarations are wrong more often than not, so they are one piece of evidence among others.
//!
//! ```
//! use relire_marc::charset::{Charset, compose};
//! let title = Charset::Iso5426.decode(b"Les mis\xC2erables");
//! assert_eq!(compose(title.value), "Les misérables");
//! assert_eq!(Charset::Iso5426.encode("Les misérables").value, b"Les mis\xC2erables");
//! let lost = Charset::Latin1.encode("Dvořák");
//! assert_eq!((lost.value.as_slice(), lost.losses.len()), (b"Dvor\xE1k".as_slice(), 1));
//! ```

mod alphabets;
mod approximate;
mod declared;
mod detect;
mod iso5426;
mod latin1;
mod marc8;
mod marks;
pub mod nonsorting;
mod score;
mod text;
mod utf8;

use std::fmt;

use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use declared::{declare, declared};
pub use detect::{Decision, Evidence, Memory, Why};
pub use text::{FieldLoss, TextReader, TextRecord, to_bytes};

/// A character set of bibliographic records.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// ISO 10646 in UTF-8: `50` in UNIMARC 100 $a, `a` in MARC21 leader/09.
    Utf8,
    /// ISO 646 and ISO 5426 extended Latin: `0103` in UNIMARC. Accents stand before their letter.
    Iso5426,
    /// ASCII and ANSEL with escape sequences: blank in MARC21 leader/09. Accents stand before
    /// their letter, at other places than in ISO 5426.
    Marc8,
    /// ISO 8859-1, with what Windows put into 80–9F. Declared nowhere and found everywhere.
    Latin1,
    /// UTF-8 whose bytes were taken for Latin-1 and made UTF-8 again: `Ã©` for `é`.
    Utf8Twice,
}

impl Charset {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Utf8,
        Self::Iso5426,
        Self::Marc8,
        Self::Latin1,
        Self::Utf8Twice,
    ];

    /// Text from bytes. Accents come behind their letters, not composed: see [`compose`].
    pub fn decode(self, bytes: &[u8]) -> Converted<String> {
        if bytes.is_ascii() && (self != Self::Marc8 || !bytes.contains(&0x1B)) {
            // All bytes are ASCII, so nothing is replaced.
            return Converted::whole(String::from_utf8_lossy(bytes).into_owned());
        }
        match self {
            Self::Utf8 => utf8::decode(bytes),
            Self::Iso5426 => iso5426::decode(bytes),
            Self::Marc8 => marc8::decode(bytes),
            Self::Latin1 => latin1::decode(bytes),
            Self::Utf8Twice => utf8::decode_twice(bytes),
        }
    }

    /// Bytes from text, composed or not. What the set lacks becomes the nearest that it has, or
    /// `?`, and is told.
    pub fn encode(self, text: &str) -> Converted<Vec<u8>> {
        match self {
            _ if text.is_ascii() => Converted::whole(text.as_bytes().to_vec()),
            Self::Utf8 => Converted::whole(text.as_bytes().to_vec()),
            Self::Iso5426 => iso5426::encode(text),
            Self::Marc8 => marc8::encode(text),
            Self::Latin1 => latin1::encode(text),
            Self::Utf8Twice => utf8::encode_twice(text),
        }
    }
}

/// Letters and accents as one character each where there is one: Unicode's form C, in which Relire
/// keeps and compares all text.
pub fn compose(text: String) -> String {
    if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

/// A result, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted<T> {
    /// The text or the bytes.
    pub value: T,
    /// What is not in it as it was.
    pub losses: Vec<Loss>,
}

impl<T> Converted<T> {
    const fn whole(value: T) -> Self {
        Self {
            value,
            losses: Vec::new(),
        }
    }
}

/// Something that did not come through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Offset in the source, in bytes.
    pub at: usize,
    /// What happened there.
    pub what: What,
}

/// What was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// A byte that means nothing in this set; `U+FFFD` stands for it.
    Byte(u8),
    /// A character cut off at the end of the value; left out.
    CutOff,
    /// An accent without a letter.
    LoneMark(char),
    /// A set that is not known here, by the final of its escape sequence; `U+FFFD` stands for each
    /// of its characters.
    Set(u8),
    /// A character that the set lacks; the text stands for it.
    Character(char, &'static str),
    /// An accent that the set lacks; its letter stands without it.
    Mark(char),
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: ", self.at)?;
        match self.what {
            What::Byte(byte) => write!(f, "byte {byte:02X} means nothing"),
            What::CutOff => f.write_str("a character is cut off"),
            What::LoneMark(mark) => write!(f, "U+{:04X} has no letter", u32::from(mark)),
            What::Set(set) => write!(f, "unknown set {}", set.escape_ascii()),
            What::Character(character, by) => {
                write!(
                    f,
                    "U+{:04X} is missing, written {by:?}",
                    u32::from(character)
                )
            }
            What::Mark(mark) => write!(f, "U+{:04X} is missing, left out", u32::from(mark)),
        }
    }
}

#[cfg(test)]
mod tests;
