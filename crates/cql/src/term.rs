use std::fmt;

use crate::display::Word;

/// What is searched for, with its masks.
///
/// *CQL 2.0, "Masking rules"*: `*` any characters, `?` exactly one, `^` the beginning or end of
/// the field; a backslash takes their meaning from them. Whether a mask may stand where it does
/// is for the server to say (diagnostics 28 to 34, 49).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Term {
    raw: String,
}

/// A part of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Characters that mean themselves.
    Text(String),
    /// `*`
    Any,
    /// `?`
    One,
    /// `^`
    Anchor,
}

/// The five that a backslash may stand before.
pub(crate) const fn is_special(char: char) -> bool {
    matches!(char, '*' | '?' | '^' | '"' | '\\')
}

impl Term {
    /// From the text between quotation marks, escapes in it; they are valid.
    pub(crate) fn from_raw(raw: &str) -> Self {
        Self {
            raw: raw.to_owned(),
        }
    }

    /// A term that means these characters, none of them a mask.
    ///
    /// ```
    /// assert_eq!(relire_cql::Term::literal("Qui ?").to_string(), r#""Qui \?""#);
    /// ```
    pub fn literal(text: &str) -> Self {
        Self::from_pieces(&[Piece::Text(text.to_owned())])
    }

    /// A term of these pieces.
    pub fn from_pieces(pieces: &[Piece]) -> Self {
        let mut raw = String::new();
        for piece in pieces {
            match piece {
                Piece::Any => raw.push('*'),
                Piece::One => raw.push('?'),
                Piece::Anchor => raw.push('^'),
                Piece::Text(text) => {
                    for char in text.chars() {
                        if is_special(char) {
                            raw.push('\\');
                        }
                        raw.push(char);
                    }
                }
            }
        }
        Self { raw }
    }

    /// As between quotation marks in the query: masks are masks, escapes have their backslash.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Text and masks in their order; texts are as long as they can be.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut chars = self.raw.chars();
        while let Some(char) = chars.next() {
            let mask = match char {
                '*' => Piece::Any,
                '?' => Piece::One,
                '^' => Piece::Anchor,
                '\\' => {
                    text.extend(chars.next());
                    continue;
                }
                _ => {
                    text.push(char);
                    continue;
                }
            };
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(mask);
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces
    }

    /// Its characters if there is no mask in it.
    pub fn as_literal(&self) -> Option<String> {
        match self.pieces().as_slice() {
            [] => Some(String::new()),
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
}

/// As CQL: in quotation marks where it needs them.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Word::raw(&self.raw, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_and_escapes_are_told_apart() {
        let term = Term::from_raw(r#"^l'?t\*e*\"\\"#);
        let text = |text: &str| Piece::Text(text.to_owned());
        let pieces = term.pieces();
        let expected = [
            Piece::Anchor,
            text("l'"),
            Piece::One,
            text("t*e"),
            Piece::Any,
            text(r#""\"#),
        ];
        assert_eq!(pieces, expected);
        assert_eq!(Term::from_pieces(&pieces), term);
        assert_eq!(term.as_literal(), None);
    }

    #[test]
    fn literal_text_comes_back() {
        for text in ["", "été", "a*b", r#"\"?^"#] {
            assert_eq!(Term::literal(text).as_literal().as_deref(), Some(text));
        }
    }
}
