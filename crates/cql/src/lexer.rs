//! Words, strings and signs. *CQL 2.0, `charString1`, `charString2`*.

use crate::{CqlError, Fault, Limits, Symbol, term::is_special};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) position: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    Open,
    Close,
    Slash,
    Symbol(Symbol),
    /// Escapes are still in it, and valid.
    Word {
        raw: &'a str,
        quoted: bool,
    },
    End,
}

impl Kind<'_> {
    /// For messages; nothing at the end.
    pub(crate) fn shown(self) -> Option<String> {
        Some(match self {
            Self::Open => "\"(\"".to_owned(),
            Self::Close => "\")\"".to_owned(),
            Self::Slash => "\"/\"".to_owned(),
            Self::Symbol(symbol) => format!("{:?}", symbol.as_str()),
            Self::Word { raw, .. } => {
                let short: String = raw.chars().take(40).collect();
                format!("{short:?}")
            }
            Self::End => return None,
        })
    }
}

/// What ends a word without quotation marks.
pub(crate) fn ends_word(char: char) -> bool {
    char.is_whitespace() || matches!(char, '(' | ')' | '=' | '<' | '>' | '"' | '/')
}

pub(crate) struct Lexer<'a> {
    text: &'a str,
    position: usize,
    limits: &'a Limits,
}

impl<'a> Lexer<'a> {
    pub(crate) const fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self {
            text,
            position: 0,
            limits,
        }
    }

    pub(crate) fn next(&mut self) -> Result<Token<'a>, CqlError> {
        let rest = &self.text[self.position..];
        let blank = rest.len() - rest.trim_start().len();
        let rest = &rest[blank..];
        let position = self.position + blank;
        let (kind, length) = match rest.chars().next() {
            None => (Kind::End, 0),
            Some('(') => (Kind::Open, 1),
            Some(')') => (Kind::Close, 1),
            Some('/') => (Kind::Slash, 1),
            Some('=' | '<' | '>') => {
                let (symbol, length) = symbol(rest);
                (Kind::Symbol(symbol), length)
            }
            Some('"') => {
                let raw = self.quoted(rest, position)?;
                (Kind::Word { raw, quoted: true }, raw.len() + 2)
            }
            Some(_) => {
                let length = rest.find(ends_word).unwrap_or(rest.len());
                let raw = &rest[..length];
                self.check(raw, position)?;
                (Kind::Word { raw, quoted: false }, length)
            }
        };
        self.position = position + length;
        Ok(Token { kind, position })
    }

    /// What is between the quotation mark that `rest` begins with and the next unescaped one.
    fn quoted(&self, rest: &'a str, position: usize) -> Result<&'a str, CqlError> {
        let inner = &rest[1..];
        let mut escaped = false;
        for (at, char) in inner.char_indices() {
            match char {
                '"' if !escaped => {
                    let raw = &inner[..at];
                    self.check(raw, position + 1)?;
                    return Ok(raw);
                }
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        Err(CqlError::new(Fault::Quote, position))
    }

    fn check(&self, raw: &str, position: usize) -> Result<(), CqlError> {
        if raw.len() > self.limits.term_bytes {
            let fault = Fault::TermTooLong(self.limits.term_bytes);
            return Err(CqlError::new(fault, position));
        }
        let mut chars = raw.char_indices();
        while let Some((at, char)) = chars.next() {
            if char == '\\' {
                let next = chars.next().map(|(_, next)| next);
                if !next.is_some_and(is_special) {
                    return Err(CqlError::new(Fault::Escape(next), position + at));
                }
            }
        }
        Ok(())
    }
}

/// The longest sign that `rest` begins with, and its length.
fn symbol(rest: &str) -> (Symbol, usize) {
    const LONGEST_FIRST: &[Symbol] = &[
        Symbol::Exact,
        Symbol::NotEqual,
        Symbol::LessOrEqual,
        Symbol::GreaterOrEqual,
        Symbol::Less,
        Symbol::Greater,
    ];
    LONGEST_FIRST
        .iter()
        .find(|symbol| rest.starts_with(symbol.as_str()))
        .map_or((Symbol::Equal, 1), |symbol| {
            (*symbol, symbol.as_str().len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let limits = Limits::default();
        let mut lexer = Lexer::new(text, &limits);
        let mut kinds = Vec::new();
        while let Some(shown) = lexer.next().unwrap().kind.shown() {
            kinds.push(shown);
        }
        kinds
    }

    #[test]
    fn signs_are_as_long_as_they_can_be() {
        assert_eq!(
            kinds("a>=b<>c==d<e"),
            [
                "\"a\"", "\">=\"", "\"b\"", "\"<>\"", "\"c\"", "\"==\"", "\"d\"", "\"<\"", "\"e\""
            ]
        );
        assert_eq!(kinds("=/=("), ["\"=\"", "\"/\"", "\"=\"", "\"(\""]);
    }

    #[test]
    fn a_string_ends_at_the_first_mark_that_is_not_escaped() {
        assert_eq!(kinds(r#""a\"b\\"c"#), [r#""a\\\"b\\\\""#, "\"c\""]);
        let limits = Limits::default();
        let error = Lexer::new(r#"  "a\""#, &limits).next().unwrap_err();
        assert_eq!((error.fault, error.position), (Fault::Quote, 2));
    }

    #[test]
    fn a_no_break_space_is_a_blank() {
        assert_eq!(kinds("a\u{a0}b\tc\r\n"), ["\"a\"", "\"b\"", "\"c\""]);
    }
}
