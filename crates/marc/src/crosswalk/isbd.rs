//! The marks between the parts of a description: MARC21 has them in the values, UNIMARC has the
//! codes only.

use super::rows::Kind;

/// The value without the mark that announces the next subfield.
pub(super) fn bare(value: &str, kind: Kind) -> &str {
    let value = value.trim_end();
    let bare = match value.strip_suffix([',', ':', ';']) {
        Some(bare) => bare,
        // These three also end words: only with a space before they are marks.
        None => [" /", " =", " +", " --"]
            .iter()
            .find_map(|mark| value.strip_suffix(mark))
            .unwrap_or(value),
    };
    let bare = bare.trim_end();
    match bare.strip_suffix('.') {
        Some(sentence) if kind != Kind::Plain && ends_a_word(sentence, kind) => sentence,
        _ => bare,
    }
}

/// What stands before a full stop is a word, not an abbreviation.
fn ends_a_word(text: &str, kind: Kind) -> bool {
    let last = text.rsplit([' ', '-', '.']).next().unwrap_or(text);
    let shortest = match kind {
        // Initials end with a full stop of their own.
        Kind::Person | Kind::PersonSubject => 2,
        _ => 4,
    };
    last.chars().count() >= shortest
}

/// The mark at the end of a value.
pub(super) fn mark(value: &str) -> Option<char> {
    let value = value.trim_end();
    value
        .chars()
        .next_back()
        .filter(|char| matches!(char, ',' | ':' | ';' | '/' | '=' | '+' | '.'))
}
