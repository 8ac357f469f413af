//! Letters without what habits change: case, accents, ligatures, kinds of apostrophes, blanks.

use marc::charset::nonsorting;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Small letters and digits without accents, other signs as single blanks.
pub(crate) fn fold(text: &str) -> String {
    let text = nonsorting::strip(text);
    let mut folded = String::with_capacity(text.len());
    for char in text.nfkd() {
        if is_combining_mark(char) {
            continue;
        }
        match char.to_ascii_lowercase() {
            plain @ ('a'..='z' | '0'..='9') => folded.push(plain),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            other if other.is_alphanumeric() => folded.extend(other.to_lowercase()),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The digits of a text.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_of_writing_fold_into_one() {
        for text in [
            "L'Œuvre  d’été",
            "l’oeuvre d'ete",
            "L'OEUVRE D'E\u{301}TE\u{301}",
        ] {
            assert_eq!(fold(text), "l oeuvre d ete", "{text}");
        }
        assert_eq!(fold("\u{98}Les \u{9C}misérables /"), "les miserables");
    }
}
