//! The model: every record, every field, every word. Only how a text is cut into words is shared
//! with the index (its own table of cases says whether that is right).

use std::collections::BTreeSet;

use query::{AccessPoint as A, Clause, Form, Node, Proximity, Relation, Truncation, Unit};
use relire_catalogue::{
    BibSet,
    analysis::{stem, words},
};

use crate::library::Book;

/// `None` where a question has to be refused.
pub(crate) fn answer(node: &Node, books: &[Book], kept: &BibSet) -> Option<BTreeSet<i64>> {
    let all = || books.iter().map(|book| book.bib);
    Some(match node {
        Node::All => all().collect(),
        Node::Set(_) => all().filter(|bib| kept.contains(*bib)).collect(),
        Node::Clause(clause) => {
            let matches = books
                .iter()
                .map(|book| Some((book.bib, clause_matches(clause, book)?)));
            let matches: Vec<_> = matches.collect::<Option<_>>()?;
            matches
                .into_iter()
                .filter(|(_, yes)| *yes)
                .map(|(bib, _)| bib)
                .collect()
        }
        Node::And(left, right) => &answer(left, books, kept)? & &answer(right, books, kept)?,
        Node::Or(left, right) => &answer(left, books, kept)? | &answer(right, books, kept)?,
        Node::Not(left, right) => &answer(left, books, kept)? - &answer(right, books, kept)?,
        Node::Near(proximity, left, right) => {
            let (Node::Clause(left), Node::Clause(right)) = (&**left, &**right) else {
                return None;
            };
            if left.access != right.access {
                return None;
            }
            let near = |book: &&Book| is_near(proximity, left, right, book);
            books.iter().filter(near).map(|book| book.bib).collect()
        }
    })
}

/// The fields of a record that answer an access point.
fn fields(book: &Book, access: A) -> Vec<String> {
    let title = vec![book.title.clone()];
    let full: Vec<String> = book
        .subtitle
        .iter()
        .map(|subtitle| format!("{} {subtitle}", book.title))
        .collect();
    let authors: Vec<String> = book
        .authors
        .iter()
        .map(|(family, given)| format!("{family}, {given}"))
        .collect();
    let subjects: Vec<String> = book
        .subjects
        .iter()
        .map(|subject| (*subject).to_owned())
        .collect();
    let notes: Vec<String> = book.note.clone().into_iter().collect();
    match access {
        A::TitleProper => title,
        A::Title => [title, full].concat(),
        A::Author | A::PersonalName => authors,
        A::Subject | A::SubjectTopic => subjects,
        A::Note => notes,
        A::Any => [title, full, authors, subjects, notes].concat(),
        _ => Vec::new(),
    }
}

fn plain(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .filter(|word| !word.extra)
        .map(|word| word.text)
        .collect()
}

/// The words at each place of a field: several where letters were joined.
fn placed(text: &str) -> Vec<Vec<String>> {
    let mut places: Vec<Vec<String>> = Vec::new();
    for word in words(text) {
        places.resize_with(places.len().max(word.position as usize + 1), Vec::new);
        places[word.position as usize].push(word.text);
    }
    places
}

/// Each word of a term, and how it may go on: at its beginning, at its end.
fn asked(clause: &Clause) -> Vec<(String, bool, bool)> {
    let words = plain(&clause.term);
    let last = words.len().saturating_sub(1);
    let (left, right) = match clause.truncation {
        Truncation::None | Truncation::Pattern => (false, false),
        Truncation::Right => (false, true),
        Truncation::Left => (true, false),
        Truncation::Both => (true, true),
    };
    words
        .into_iter()
        .enumerate()
        .map(|(at, word)| (word, left && at == 0, right && at == last))
        .collect()
}

fn is(asked: &(String, bool, bool), word: &str) -> bool {
    match asked {
        (text, false, false) => word == text,
        (text, false, true) => word.starts_with(text.as_str()),
        (text, true, false) => word.ends_with(text.as_str()),
        (text, true, true) => word.contains(text.as_str()),
    }
}

const STEMMED: &[A] = &[
    A::Any,
    A::Title,
    A::TitleProper,
    A::Subject,
    A::SubjectTopic,
    A::Note,
];

fn clause_matches(clause: &Clause, book: &Book) -> Option<bool> {
    if clause.relation == Relation::NotEqual {
        return Some(!clause_matches(
            &clause.clone().relation(Relation::Equal),
            book,
        )?);
    }
    match clause.access {
        A::Year => number(clause, book.year.map(i64::from)),
        A::Bib => number(clause, Some(book.bib)),
        A::Branch => Some(plain_code(clause, &book.branch.to_lowercase())),
        A::Isbn => Some(isbn(clause, book)),
        _ => text(clause, book),
    }
}

fn plain_code(clause: &Clause, code: &str) -> bool {
    is(&asked(clause)[0], code)
}

fn isbn(clause: &Clause, book: &Book) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let typed = (
        digits(&clause.term),
        false,
        clause.truncation == Truncation::Right,
    );
    book.isbn
        .as_ref()
        .is_some_and(|isbn| is(&typed, &digits(isbn)))
}

fn number(clause: &Clause, value: Option<i64>) -> Option<bool> {
    let (from, to) = match clause.relation {
        Relation::Within => clause.bounds().unwrap(),
        _ => (clause.term.as_str(), clause.term.as_str()),
    };
    let (from, to): (i64, i64) = (from.parse().unwrap(), to.parse().unwrap());
    Some(value.is_some_and(|value| match clause.relation {
        Relation::Less => value < from,
        Relation::LessOrEqual => value <= from,
        Relation::Greater => value > from,
        Relation::GreaterOrEqual => value >= from,
        _ => (from..=to).contains(&value),
    }))
}

fn text(clause: &Clause, book: &Book) -> Option<bool> {
    let words = asked(clause);
    if words.is_empty() {
        return None;
    }
    let fields = fields(book, clause.access);
    let joined = plain(&clause.term).join(" ");
    match (clause.relation, clause.form) {
        (Relation::Less, _) => {
            return Some(fields.iter().any(|field| plain(field).join(" ") < joined));
        }
        (Relation::GreaterOrEqual, _) => {
            return Some(fields.iter().any(|field| plain(field).join(" ") >= joined));
        }
        _ => {}
    }
    let whole = |matches: &dyn Fn(&str) -> bool| {
        fields.iter().any(|field| matches(&plain(field).join(" ")))
    };
    Some(match (clause.form, clause.truncation) {
        (Form::First, Truncation::Left | Truncation::Both) => return None,
        (Form::First, Truncation::None) => {
            whole(&|field| field == joined || field.starts_with(&format!("{joined} ")))
        }
        (Form::First, _) => whole(&|field| field.starts_with(&joined)),
        (Form::Exact, Truncation::None) => whole(&|field| field == joined),
        (Form::Exact, Truncation::Right) => whole(&|field| field.starts_with(&joined)),
        (Form::Exact, Truncation::Left) => whole(&|field| field.ends_with(&joined)),
        (Form::Exact, _) => whole(&|field| field.contains(&joined)),
        (Form::Phrase, _) if clause.relation == Relation::Equal => {
            fields.iter().any(|field| !spans(&words, field).is_empty())
        }
        _ if clause.relation == Relation::Adjacent => {
            fields.iter().any(|field| !spans(&words, field).is_empty())
        }
        _ => {
            let stemmed = STEMMED.contains(&clause.access);
            let there = |asked: &(String, bool, bool)| {
                fields.iter().any(|field| {
                    let exact = placed(field).concat().iter().any(|word| is(asked, word));
                    let bare = !asked.1 && !asked.2;
                    exact
                        || stemmed
                            && bare
                            && plain(field).iter().any(|word| stem(word) == stem(&asked.0))
                })
            };
            match clause.relation {
                Relation::Any | Relation::Relevance => words.iter().any(there),
                _ => words.iter().all(there),
            }
        }
    })
}

/// Where the words stand side by side: first and last place.
fn spans(words: &[(String, bool, bool)], field: &str) -> Vec<(usize, usize)> {
    let places = placed(field);
    let starts = 0..(places.len() + 1).saturating_sub(words.len());
    let fits = |start: &usize| {
        let mut pairs = words.iter().zip(&places[*start..]);
        pairs.all(|(asked, here)| here.iter().any(|word| is(asked, word)))
    };
    starts
        .filter(fits)
        .map(|start| (start, start + words.len() - 1))
        .collect()
}

fn is_near(proximity: &Proximity, left: &Clause, right: &Clause, book: &Book) -> bool {
    let fields = fields(book, left.access);
    let (left, right) = (asked(left), asked(right));
    let compare = |distance: usize| {
        let bound = proximity.distance as usize;
        match proximity.relation {
            Relation::Less => distance < bound,
            Relation::LessOrEqual => distance <= bound,
            Relation::Greater => distance > bound,
            Relation::GreaterOrEqual => distance >= bound,
            Relation::NotEqual => distance != bound,
            _ => distance == bound,
        }
    };
    fields.iter().any(|field| {
        spans(&left, field).iter().any(|(left_from, left_to)| {
            spans(&right, field).iter().any(|(right_from, right_to)| {
                let apart = if left_to < right_from {
                    right_from - left_to
                } else if right_to < left_from && !proximity.ordered {
                    left_from - right_to
                } else {
                    return false;
                };
                if proximity.unit == Unit::Element {
                    compare(0)
                } else {
                    compare(apart)
                }
            })
        })
    })
}
