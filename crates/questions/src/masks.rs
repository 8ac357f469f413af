//! Terms with masks in them, whatever sign a language has for them.

use query::Truncation;

/// A part of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Characters that mean themselves.
    Text(String),
    /// Any characters, or none.
    Any,
    /// Exactly one character.
    One,
}

/// The term and its truncation: as simple as it can be said, so that `dun*` is the same question
/// in both languages and by either attribute.
pub(crate) fn masked(parts: &[Part]) -> (String, Truncation) {
    match parts {
        [] => (String::new(), Truncation::None),
        [Part::Text(text)] => (text.clone(), Truncation::None),
        [Part::Text(text), Part::Any] => (text.clone(), Truncation::Right),
        [Part::Any, Part::Text(text)] => (text.clone(), Truncation::Left),
        [Part::Any, Part::Text(text), Part::Any] => (text.clone(), Truncation::Both),
        parts => (pattern(parts), Truncation::Pattern),
    }
}

fn pattern(parts: &[Part]) -> String {
    let mut pattern = String::new();
    for part in parts {
        match part {
            Part::Any => pattern.push('*'),
            Part::One => pattern.push('?'),
            // A pattern knows no escapes, and neither sign is ever part of a word.
            Part::Text(text) => pattern.push_str(&text.replace(['*', '?'], " ")),
        }
    }
    pattern
}

/// Cuts a text at the signs that are masks in it.
pub(crate) fn parts(text: &str, mask: impl Fn(char) -> Option<Part>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    for char in text.chars() {
        match mask(char) {
            None => plain.push(char),
            Some(mask) => {
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(mask);
            }
        }
    }
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_at_the_ends_are_truncation() {
        let stars = |text: &str| {
            masked(&parts(text, |char| match char {
                '*' => Some(Part::Any),
                '.' => Some(Part::One),
                _ => None,
            }))
        };
        for (text, term, truncation) in [
            ("", "", Truncation::None),
            ("dune", "dune", Truncation::None),
            ("dun*", "dun", Truncation::Right),
            ("*une", "une", Truncation::Left),
            ("*un*", "un", Truncation::Both),
            ("d.ne", "d?ne", Truncation::Pattern),
            ("d*n*", "d*n*", Truncation::Pattern),
            ("qui?*ou", "qui *ou", Truncation::Pattern),
            ("*", "*", Truncation::Pattern),
        ] {
            assert_eq!(stars(text), (term.to_owned(), truncation), "{text}");
        }
    }
}
