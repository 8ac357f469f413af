//! The one box: whatever a person types is a question.
//!
//! Bare words all have to be there, anywhere; what stands in quotes has to stand so; a word with
//! a minus before it must not be there; `*` at the end of a word lets it go on. A number that can
//! only be an ISBN or an EAN is looked for as one. Nothing is an error, so there is no operator
//! that somebody could use by mistake: `ET`, `AND` and parentheses are words or nothing.
//!
//! ```
//! use relire_query::simple::simple;
//! let asked = |typed: &str| simple(typed).map(|node| node.to_string());
//! assert_eq!(asked("les misérables hugo").as_deref(), Some("any/words:\"les misérables hugo\""));
//! assert_eq!(asked("\"harry potter\" -film").as_deref(), Some("\"harry potter\" NOT film"));
//! assert_eq!(asked("978-2-07-061236-9").as_deref(), Some("stdid/id:\"978-2-07-061236-9\" OR 978-2-07-061236-9"));
//! assert_eq!(asked(" « » "), None);
//! ```

use crate::{AccessPoint, Clause, Form, Node, Truncation};

/// Most words that are looked at; what comes behind is left out. No box is that wide.
pub const MOST_WORDS: usize = 32;

/// What somebody typed, as a question; `None` if there is nothing in it to look for.
///
/// Words that stand together become one clause, so that the ranking sees the phrase they make.
pub fn simple(typed: &str) -> Option<Node> {
    let mut wanted: Vec<Clause> = Vec::new();
    let mut unwanted: Vec<Clause> = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for piece in pieces(typed).into_iter().take(MOST_WORDS) {
        match piece {
            Piece::Word(word) => words.push(word),
            Piece::Truncated(word) => {
                wanted.push(Clause::new(AccessPoint::Any, word).truncated(Truncation::Right));
            }
            Piece::Quoted(phrase) => {
                wanted.push(Clause::new(AccessPoint::Any, phrase).form(Form::Phrase));
            }
            Piece::Unwanted(word) => unwanted.push(Clause::new(AccessPoint::Any, word)),
        }
    }
    if !words.is_empty() {
        wanted.insert(0, Clause::new(AccessPoint::Any, words.join(" ")));
    }
    let number = match wanted.as_slice() {
        [only] if unwanted.is_empty() && is_standard_number(&only.term) => Some(only.term.clone()),
        _ => None,
    };
    let mut node = if let Some(number) = number {
        let identifier = Clause::new(AccessPoint::StandardNumber, number).form(Form::Identifier);
        Node::from(identifier).or(Node::all_of(wanted.into_iter().map(Node::from)))
    } else if wanted.is_empty() && unwanted.is_empty() {
        return None;
    } else {
        Node::all_of(wanted.into_iter().map(Node::from))
    };
    for clause in unwanted {
        node = node.not(clause);
    }
    Some(node)
}

enum Piece<'a> {
    Word(&'a str),
    Truncated(&'a str),
    Quoted(&'a str),
    Unwanted(&'a str),
}

fn pieces(typed: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = typed;
    while let Some(open) = rest.find(is_quote) {
        let (before, quoted) = rest.split_at(open);
        words(before, &mut pieces);
        let inside = quoted.trim_start_matches(is_quote);
        match inside.find(is_quote) {
            Some(close) => {
                let (phrase, behind) = inside.split_at(close);
                if has_letters(phrase) {
                    pieces.push(Piece::Quoted(phrase.trim()));
                }
                rest = behind.trim_start_matches(is_quote);
            }
            // Never closed: a slip of the finger, so words as well.
            None => rest = inside,
        }
    }
    words(rest, &mut pieces);
    pieces
}

fn words<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    for word in text.split_whitespace().filter(|word| has_letters(word)) {
        let unwanted = word
            .strip_prefix('-')
            .filter(|rest| rest.starts_with(char::is_alphanumeric));
        pieces.push(match (unwanted, word.strip_suffix('*')) {
            (Some(rest), _) => Piece::Unwanted(rest.trim_end_matches('*')),
            (None, Some(stem)) => Piece::Truncated(stem),
            (None, None) => Piece::Word(word),
        });
    }
}

const fn is_quote(char: char) -> bool {
    matches!(char, '"' | '«' | '»' | '“' | '”' | '„')
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Ten or thirteen digits, with hyphens and blanks between and perhaps X as the last of ten.
fn is_standard_number(text: &str) -> bool {
    let compact: Vec<char> = text
        .chars()
        .filter(|char| !matches!(char, '-' | ' ' | '\u{2010}'..='\u{2015}'))
        .collect();
    let digits = compact.iter().filter(|char| char.is_ascii_digit()).count();
    match compact.as_slice() {
        [.., last] if compact.len() == 10 => {
            digits == 10 || digits == 9 && matches!(last, 'x' | 'X')
        }
        _ => compact.len() == 13 && digits == 13,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_a_question_or_nothing() {
        let table = [
            ("dune", Some("dune")),
            ("science fic*", Some("science AND fic*")),
            ("a ET (b)", Some("any/words:\"a ET (b)\"")),
            ("\"jamais fermé", Some("any/words:\"jamais fermé\"")),
            ("« grand père »", Some("\"grand père\"")),
            ("-film", Some("* NOT film")),
            ("l'été - plage", Some("any/words:\"l'été plage\"")),
            ("207061236X", Some("stdid/id:\"207061236X\" OR 207061236X")),
            ("--- \"\" ***", None),
            ("", None),
        ];
        for (typed, meant) in table {
            assert_eq!(
                simple(typed).map(|node| node.to_string()).as_deref(),
                meant,
                "{typed}"
            );
        }
    }
}
