//! Bytes to text, and text to what names are compared by.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// A cell as text: UTF-8 where it is that, Windows-1252 (which has all of Latin-1's letters) where it is not. The two
/// can be told apart cell by cell, since accented letters of the one are hardly ever well-formed in the other.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

/// A name or an address for comparing: no accents, no capitals, one space between words, hyphens and apostrophes
/// as spaces.
///
/// ```
/// assert_eq!(relire_people::fold("  Jean-François D'HŒR "), "jean francois d hoer");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd() {
        match letter {
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            _ if letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ if unicode_normalization::char::is_combining_mark(letter) => {}
            _ if !folded.ends_with(' ') && !folded.is_empty() => folded.push(' '),
            _ => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_read_and_compare_alike() {
        assert_eq!(decode("Zoé".as_bytes()), "Zoé");
        assert_eq!(decode(b"Zo\xe9 \x9cuvre \x92"), "Zoé œuvre ’");
        assert_eq!(fold("Léa"), fold("LEA"));
        assert_ne!(fold("Léa"), fold("Léo"));
        assert_eq!(fold("--"), "");
    }
}
