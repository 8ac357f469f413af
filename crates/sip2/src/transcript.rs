//! Messages as a log may show them.
//!
//! A transcript is a message as it stood on the wire, with what must not be read replaced by `***`.
//! Passwords and PINs (AC, AD, CO) are never shown, and neither is the checksum: with all but a PIN
//! in sight, it would give the PIN's sum away.
//!
//! A damaged message is the danger. A field that nobody knows may hold anything; when a part of
//! fixed length was left out, what seems to be the name of a field may be the beginning of a PIN;
//! when a `|` was lost, a PIN hangs on to the field before. So
//!
//! * of unknown fields the value is masked, and the name too unless it is two capital letters;
//! * a message that looks shifted is shown as its code and length only;
//! * in a terminal's message, a value that contains the name of a masked field which the message
//!   should have and has not is masked from there.

use std::fmt;

use crate::charset::Charset;
use crate::message::{ErrorDetection, Message};
use crate::spec::{self, Code, FieldId, Privacy, Sender};

/// What stands for what is masked.
const MASKED: &str = "***";

/// What a log must not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mask {
    /// Passwords and PINs.
    Secrets,
    /// These, and what is about a person: card, name, address, and texts that may name somebody.
    #[default]
    SecretsAndPersons,
}

impl Mask {
    fn hides(self, id: FieldId) -> bool {
        let least = match self {
            Mask::Secrets => Privacy::Secret,
            Mask::SecretsAndPersons => Privacy::Person,
        };
        spec::field(id).is_none_or(|spec| spec.privacy >= least)
    }
}

/// A message to be shown. Text is read as UTF-8 unless told otherwise.
///
/// ```
/// use relire_sip2::Message;
/// use relire_sip2::transcript::{Mask, Transcript};
///
/// let login = Message::decode("9300CNkiosk-1|COopen sesame|CPBIB07|AY1AZF2A1".into())?;
/// assert_eq!(Transcript::new(&login, Mask::Secrets).to_string(), "9300CNkiosk-1|CO***|CPBIB07|AY1");
/// # Ok::<(), relire_sip2::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Transcript<'a> {
    message: &'a Message,
    mask: Mask,
    charset: Charset,
}

impl<'a> Transcript<'a> {
    /// The message, masked.
    pub fn new(message: &'a Message, mask: Mask) -> Self {
        Transcript {
            message,
            mask,
            charset: Charset::Utf8,
        }
    }

    /// Reads text in this charset.
    pub fn charset(self, charset: Charset) -> Self {
        Transcript { charset, ..self }
    }
}

impl fmt::Display for Transcript<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.message;
        if !has_its_shape(message) {
            let fields: usize = message
                .fields
                .iter()
                .map(|field| field.value.len() + 3)
                .sum();
            let length = 2 + message.fixed.len() + fields;
            return OutOfShape {
                code: Some(message.code),
                length,
            }
            .fmt(f);
        }
        write!(f, "{}{}", message.code, message.fixed.escape_ascii())?;
        for field in &message.fields {
            let shown = self.certain(&field.value);
            let value = Shown {
                id: field.id,
                value: shown,
                mask: self.mask,
                charset: self.charset,
            };
            let rest = if shown.len() < field.value.len() {
                MASKED
            } else {
                ""
            };
            write!(f, "{}{value}{rest}|", name(field.id))?;
        }
        match message.error_detection {
            ErrorDetection::Sequence(digit) => write!(f, "AY{digit}"),
            ErrorDetection::Off | ErrorDetection::Checksum => Ok(()),
        }
    }
}

impl Transcript<'_> {
    /// The part of a value that no masked field hangs on to.
    fn certain<'v>(&self, value: &'v [u8]) -> &'v [u8] {
        let spec = spec::message(self.message.code).filter(|spec| spec.sender == Sender::Terminal);
        let used = spec.map_or(&[][..], |spec| spec.fields);
        let lost = used
            .iter()
            .filter(|used| self.mask.hides(used.id) && !self.message.has(used.id));
        let ends = lost.filter_map(|used| value.windows(2).position(|pair| pair == used.id.0));
        value
            .get(..ends.min().unwrap_or(value.len()))
            .unwrap_or(value)
    }
}

/// Bytes that are no message, to be shown: their code, if they begin with one, and their number.
///
/// ```
/// use relire_sip2::transcript::unreadable;
/// assert_eq!(unreadable(b"9300CNkiosk-1|COopen sesame|AY1AZ").to_string(), "93… (33 bytes, not shown)");
/// assert_eq!(unreadable(b"GET / HTTP/1.1").to_string(), "… (14 bytes, not shown)");
/// ```
pub fn unreadable(bytes: &[u8]) -> impl fmt::Display {
    let code = bytes.first_chunk().and_then(|digits| Code::new(*digits));
    OutOfShape {
        code,
        length: bytes.len(),
    }
}

/// The value of a field as `mask` allows.
pub(crate) fn shown(id: FieldId, value: &[u8], mask: Mask) -> impl fmt::Display {
    Shown {
        id,
        value,
        mask,
        charset: Charset::Utf8,
    }
}

/// Whether every fixed part holds what it should: what is left out of them shifts everything.
fn has_its_shape(message: &Message) -> bool {
    let Some(spec) = spec::message(message.code) else {
        return message.fixed.is_empty();
    };
    let mut rest: &[u8] = &message.fixed;
    spec.fixed.iter().all(|part| {
        let (bytes, after) = rest.split_at(part.width.min(rest.len()));
        rest = after;
        part.shape.fits(bytes)
    })
}

/// The name of a field, unless it may be part of a value.
fn name(id: FieldId) -> impl fmt::Display {
    let certain = spec::field(id).is_some() || id.0.iter().all(u8::is_ascii_uppercase);
    if certain { id } else { FieldId(*b"??") }
}

struct OutOfShape {
    code: Option<Code>,
    length: usize,
}

impl fmt::Display for OutOfShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code {
            write!(f, "{code}")?;
        }
        write!(f, "… ({} bytes, not shown)", self.length)
    }
}

struct Shown<'a> {
    id: FieldId,
    value: &'a [u8],
    mask: Mask,
    charset: Charset,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.value.is_empty() {
            return Ok(());
        }
        if self.mask.hides(self.id) {
            return f.write_str(MASKED);
        }
        for c in self.charset.decode(self.value).chars() {
            // A log line is a line: nothing in it may begin another or move the cursor.
            if c.is_control() {
                write!(f, "{}", c.escape_default())?
            } else {
                write!(f, "{c}")?
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    const CHECKOUT: &str = "11YN20261122    153030                  AOCAGL|AA0123456789|AB3001234|AC|AD1234|BON|AY4AZEC62";

    fn shown(bytes: &str, mask: Mask) -> String {
        let message = Message::decode(Bytes::copy_from_slice(bytes.as_bytes())).unwrap();
        Transcript::new(&message, mask).to_string()
    }

    #[test]
    fn two_masks() {
        assert_eq!(
            shown(CHECKOUT, Mask::Secrets),
            "11YN20261122    153030                  AOCAGL|AA0123456789|AB3001234|AC|AD***|BON|AY4"
        );
        assert_eq!(
            shown(CHECKOUT, Mask::SecretsAndPersons),
            "11YN20261122    153030                  AOCAGL|AA***|AB3001234|AC|AD***|BON|AY4"
        );
        let information = "64              00220261122    153020                        AOX|AA1|AEDUPONT|BDrue|BEa@b|BF06|PB19800101|AFBonjour Zoé|BLY|";
        assert_eq!(
            shown(information, Mask::SecretsAndPersons),
            "64              00220261122    153020                        AOX|AA***|AE***|BD***|BE***|BF***|PB***|AF***|BLY|"
        );
    }

    #[test]
    fn damaged_messages() {
        assert_eq!(
            shown("23AOCAGL|AA0123456789|AD1234|", Mask::Secrets),
            "23… (29 bytes, not shown)"
        );
        assert_eq!(
            shown("9300CNkioskCOsesame|CPx|", Mask::Secrets),
            "9300CNkiosk***|CPx|",
            "a lost |"
        );
        assert_eq!(
            shown("9300CNk|COses|ame|CPx|", Mask::Secrets),
            "9300CNk|CO***|??***|CPx|",
            "a | too much"
        );
        assert_eq!(
            shown("93CNkiosk|COsesame|", Mask::Secrets),
            "93… (19 bytes, not shown)"
        );
        assert_eq!(
            shown("77CNkiosk|COsesame|", Mask::Secrets),
            "77… (19 bytes, not shown)",
            "an unknown message"
        );
        assert_eq!(
            shown("9300CNk|COs|ZZt|", Mask::Secrets),
            "9300CNk|CO***|ZZ***|",
            "an unknown field"
        );
    }

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(
            shown("9300CNk\u{1b}[2Jb\u{7}|COs|", Mask::Secrets),
            "9300CNk\\u{1b}[2Jb\\u{7}|CO***|"
        );
    }

    #[test]
    fn accents_in_the_terminals_charset() {
        let message = Message::decode(Bytes::from_static(b"9300CNm\x82diath\x8Aque|")).unwrap();
        let transcript = Transcript::new(&message, Mask::Secrets).charset(Charset::Cp850);
        assert_eq!(transcript.to_string(), "9300CNmédiathèque|");
    }
}
