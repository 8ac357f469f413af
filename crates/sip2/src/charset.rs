//! Text on the wire: charsets, and what a value may hold.
//!
//! SIP2 says nothing about accents. In France a terminal speaks CP850 or Latin-1 if it is old and
//! UTF-8 if it is young, and some can show nothing but ASCII; so each terminal has its charset.
//! Reading never fails: a message is not refused for a bad byte. Writing never fails either: what
//! the charset lacks is written as close to it as it allows (`œ` → `oe`, `’` → `'`).

mod ascii;
mod cp850;
mod value;

use std::borrow::Cow;

use bytes::BufMut;

pub use value::MAX_VALUE;

/// How a terminal writes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Charset {
    /// UTF-8. Bytes that are not UTF-8 are read as Latin-1, one by one.
    #[default]
    Utf8,
    /// IBM code page 850, "DOS Latin 1", the common default of older devices.
    Cp850,
    /// ISO 8859-1.
    Latin1,
    /// ASCII only, for devices that show nothing else. Read like UTF-8, since what such a device
    /// sends beyond ASCII is anyone's guess.
    Ascii,
}

impl Charset {
    /// The text that these bytes are.
    ///
    /// ```
    /// use relire_sip2::Charset;
    /// assert_eq!(Charset::Cp850.decode(b"Zo\x82"), "Zoé");
    /// assert_eq!(Charset::Utf8.decode(b"Zo\xE9 \xC3\xA9"), "Zoé é");
    /// ```
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        let high = match self {
            Charset::Utf8 | Charset::Ascii => return decode_utf8(bytes),
            Charset::Cp850 => cp850::decode,
            Charset::Latin1 => char::from,
        };
        match std::str::from_utf8(bytes) {
            Ok(ascii) if bytes.is_ascii() => Cow::Borrowed(ascii),
            _ => bytes
                .iter()
                .map(|byte| high(*byte))
                .collect::<String>()
                .into(),
        }
    }

    /// Appends the bytes of a text, each character as it is or as close to it as possible.
    ///
    /// This is for any text; values of fields go through [`Charset::encode_value`].
    ///
    /// ```
    /// use relire_sip2::Charset;
    /// let mut bytes = Vec::new();
    /// Charset::Ascii.encode("L’œuvre au noir, à 5 €", &mut bytes);
    /// assert_eq!(bytes, b"L'oeuvre au noir, a 5 EUR");
    /// ```
    pub fn encode(self, text: &str, out: &mut impl BufMut) {
        for c in text.chars() {
            self.encode_char(c, &mut |bytes| out.put_slice(bytes));
        }
    }

    /// Hands the bytes of one character to `put`.
    fn encode_char(self, c: char, put: &mut dyn FnMut(&[u8])) {
        if c.is_ascii() {
            return put(&[c as u8]);
        }
        let own = match self {
            Charset::Utf8 => return put(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Charset::Cp850 => cp850::encode(c),
            Charset::Latin1 => u8::try_from(c).ok(),
            Charset::Ascii => None,
        };
        match own {
            Some(byte) => put(&[byte]),
            None => put(ascii::nearest(c).as_bytes()),
        }
    }
}

fn decode_utf8(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encoded(charset: Charset, text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        charset.encode(text, &mut out);
        out
    }

    #[test]
    fn french_in_four_charsets() {
        let text = "« L’Élan vital » : l’œuvre à 12 €…";
        assert_eq!(encoded(Charset::Utf8, text), text.as_bytes());
        assert_eq!(
            encoded(Charset::Latin1, text),
            b"\xAB L'\xC9lan vital \xBB : l'oeuvre \xE0 12 EUR..."
        );
        assert_eq!(
            encoded(Charset::Cp850, text),
            b"\xAE L'\x90lan vital \xAF : l'oeuvre \x85 12 EUR..."
        );
        assert_eq!(
            encoded(Charset::Ascii, text),
            b"\" L'Elan vital \" : l'oeuvre a 12 EUR..."
        );
    }

    #[test]
    fn what_has_no_likeness_is_a_question_mark() {
        assert_eq!(encoded(Charset::Latin1, "Łódź 東京"), b"L\xF3dz ??");
        assert_eq!(
            encoded(Charset::Ascii, "e\u{301}"),
            b"e",
            "an accent apart is left out"
        );
    }

    #[test]
    fn bad_utf8_is_read_as_latin1_byte_by_byte() {
        assert_eq!(Charset::Utf8.decode(b"Zo\xE9 et \xC3\xA9"), "Zoé et é");
        assert_eq!(Charset::Utf8.decode(b"\xC3"), "Ã");
        assert_eq!(Charset::Utf8.decode(b"\xF0\x9F\x98"), "ð\u{9F}\u{98}");
    }

    #[test]
    fn plain_text_is_not_copied() {
        for charset in [
            Charset::Utf8,
            Charset::Cp850,
            Charset::Latin1,
            Charset::Ascii,
        ] {
            assert!(matches!(charset.decode(b"0123456789"), Cow::Borrowed(_)));
        }
    }

    proptest! {
        #[test]
        fn eight_bit_charsets_lose_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for charset in [Charset::Cp850, Charset::Latin1] {
                prop_assert_eq!(&encoded(charset, &charset.decode(&bytes)), &bytes);
            }
        }

        #[test]
        fn latin1_letters_survive_both_8_bit_charsets(text in "[ -~\u{A0}-\u{FF}]*") {
            for charset in [Charset::Cp850, Charset::Latin1, Charset::Utf8] {
                let bytes = encoded(charset, &text);
                prop_assert_eq!(charset.decode(&bytes), text.as_str());
            }
        }

        #[test]
        fn ascii_is_ascii(text in "\\PC*") {
            prop_assert!(encoded(Charset::Ascii, &text).is_ascii());
        }
    }
}
