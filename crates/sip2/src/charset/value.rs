//! What may stand in a variable field.
//!
//! *3M SIP2 2.00, "Variable-length fields"*: at most 255 characters, ended by `|`. Terminals count
//! bytes, and show an HTML entity as it is; so a value is cut by bytes, never inside a character,
//! and a `|` becomes the broken bar `¦`.

use bytes::{BufMut, BytesMut};

use super::Charset;

/// The longest value of a variable field, in bytes.
pub const MAX_VALUE: usize = 255;

impl Charset {
    /// Appends a text as the value of one field.
    ///
    /// `|` and line breaks become `¦`, or `/` where the charset has none; other control characters
    /// become blanks; what goes beyond [`MAX_VALUE`] bytes is cut off.
    ///
    /// ```
    /// use relire_sip2::Charset;
    /// let mut bytes = bytes::BytesMut::new();
    /// Charset::Ascii.encode_value("Zoé | Émile\r\n", &mut bytes);
    /// assert_eq!(bytes, "Zoe / Emile/");
    /// ```
    pub fn encode_value(self, text: &str, out: &mut BytesMut) {
        self.put_value(text, out);
    }

    /// Appends as much of a text as one field takes, up to a blank if the text is longer, and
    /// returns the rest, which goes into further fields.
    ///
    /// ```
    /// use relire_sip2::Charset;
    /// let text = "mot ".repeat(100);
    /// let mut bytes = bytes::BytesMut::new();
    /// let rest = Charset::Utf8.encode_line(&text, &mut bytes);
    /// assert_eq!(bytes.len(), 255);
    /// assert!(rest.starts_with("mot "));
    /// ```
    pub fn encode_line<'a>(self, text: &'a str, out: &mut BytesMut) -> &'a str {
        let start = out.len();
        let fitted = self.put_value(text, out);
        let Some(rest) = text.get(fitted..).filter(|rest| !rest.is_empty()) else {
            return "";
        };
        let blank = if rest.starts_with(' ') {
            Some(fitted)
        } else {
            text.get(..fitted).and_then(|head| head.rfind(' '))
        };
        // A line that begins with the only blank, or has none, is broken where it is full.
        match blank.filter(|at| *at > 0) {
            Some(at) => {
                out.truncate(start);
                let (head, tail) = text.split_at(at);
                self.put_value(head.trim_end(), out);
                tail.trim_start()
            }
            None => rest,
        }
    }

    /// Appends what fits; returns how many bytes of `text` that was.
    fn put_value(self, text: &str, out: &mut BytesMut) -> usize {
        // Most values are short and plain.
        if text.len() <= MAX_VALUE
            && text
                .bytes()
                .all(|byte| matches!(byte, b' '..=b'~') && byte != b'|')
        {
            out.put_slice(text.as_bytes());
            return text.len();
        }
        let start = out.len();
        let mut after_cr = false;
        for (at, c) in text.char_indices() {
            let joined = after_cr && c == '\n';
            after_cr = c == '\r';
            if joined {
                continue;
            }
            let before = out.len();
            self.encode_char(self.harmless(c), &mut |bytes| out.put_slice(bytes));
            if out.len() - start > MAX_VALUE {
                out.truncate(before);
                return at;
            }
        }
        text.len()
    }

    /// What stands in a value for a character that must not.
    fn harmless(self, c: char) -> char {
        match c {
            '|' | '\r' | '\n' | '\u{2028}' | '\u{2029}' if self == Charset::Ascii => '/',
            '|' | '\r' | '\n' | '\u{2028}' | '\u{2029}' => '¦',
            c if c.is_control() => ' ',
            c => c,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(charset: Charset, text: &str) -> Vec<u8> {
        let mut out = BytesMut::new();
        charset.encode_value(text, &mut out);
        out.to_vec()
    }

    fn lines(charset: Charset, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut rest = text;
        loop {
            let mut out = BytesMut::new();
            rest = charset.encode_line(rest, &mut out);
            lines.push(charset.decode(&out).into_owned());
            if rest.is_empty() {
                return lines;
            }
        }
    }

    #[test]
    fn a_bar_becomes_a_broken_bar_or_a_slash() {
        assert_eq!(value(Charset::Utf8, "a|b"), "a¦b".as_bytes());
        assert_eq!(value(Charset::Latin1, "a|b"), b"a\xA6b");
        assert_eq!(value(Charset::Cp850, "a|b"), b"a\xDDb");
        assert_eq!(value(Charset::Ascii, "a|b"), b"a/b");
    }

    #[test]
    fn line_breaks_and_control_characters() {
        assert_eq!(value(Charset::Ascii, "a\r\nb\rc\nd\u{2028}e"), b"a/b/c/d/e");
        assert_eq!(value(Charset::Ascii, "a\tb\0c\u{1b}d\u{85}e"), b"a b c d e");
    }

    #[test]
    fn cut_at_255_bytes_between_characters() {
        assert_eq!(value(Charset::Utf8, &"a".repeat(300)).len(), 255);
        assert_eq!(value(Charset::Utf8, &"é".repeat(300)).len(), 254);
        assert_eq!(value(Charset::Latin1, &"é".repeat(300)).len(), 255);
        assert_eq!(
            value(Charset::Ascii, &"œ".repeat(300)).len(),
            254,
            "oe is one character"
        );
        assert_eq!(
            value(Charset::Ascii, &"é".repeat(255)).len(),
            255,
            "it is the bytes sent that count"
        );
    }

    #[test]
    fn long_texts_are_broken_at_blanks() {
        let text = format!("{} {}", "a".repeat(200), "b".repeat(200));
        assert_eq!(
            lines(Charset::Utf8, &text),
            ["a".repeat(200), "b".repeat(200)]
        );
        assert_eq!(lines(Charset::Utf8, &"c".repeat(600)).len(), 3);
        assert_eq!(lines(Charset::Utf8, "court"), ["court"]);
        assert_eq!(lines(Charset::Utf8, ""), [""]);
        let exact = format!("{} suite", "d".repeat(255));
        assert_eq!(
            lines(Charset::Utf8, &exact),
            ["d".repeat(255), "suite".into()]
        );
    }

    proptest! {
        #[test]
        fn no_value_breaks_the_wire(text in "\\PC*|[|\r\n\\x00-\\x1F a-zé€œ]{0,400}") {
            for charset in [Charset::Utf8, Charset::Cp850, Charset::Latin1, Charset::Ascii] {
                let bytes = value(charset, &text);
                prop_assert!(bytes.len() <= MAX_VALUE);
                prop_assert!(!bytes.iter().any(|byte| matches!(byte, b'|' | b'\r' | b'\n')));
                prop_assert!(charset != Charset::Utf8 || std::str::from_utf8(&bytes).is_ok());
                prop_assert!(charset != Charset::Ascii || bytes.is_ascii());
            }
        }

        #[test]
        fn no_word_is_lost_between_lines(words in proptest::collection::vec("[a-zéœ]{1,30}", 0..80)) {
            let text = words.join(" ");
            for charset in [Charset::Utf8, Charset::Cp850] {
                let joined = lines(charset, &text).join(" ");
                let expected = if charset == Charset::Utf8 { text.clone() } else { text.replace('œ', "oe") };
                prop_assert_eq!(joined, expected);
            }
        }
    }
}
