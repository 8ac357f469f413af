//! A search clause.

use ::cql::{Clause as Asked, Piece, Relation as Compared, RelationKind, Term};
use query::{Clause, Form, Nature, Node, Relation, Truncation};

use super::{Refused, names};
use crate::meaning::settled;

/// A clause as a condition, or everything.
pub(super) fn node(asked: &Asked) -> Result<Node, Refused> {
    let modified = Modifiers::read(&asked.relation)?;
    if let Some(index) = &asked.index {
        if index.is("cql", "allRecords") {
            return Ok(Node::All);
        }
        if index.is("cql", "resultSetId") {
            return Err(Refused::new(50, asked.term.raw()));
        }
    }
    let index = names::index(asked.index.as_ref())?;
    let kind = asked.relation.kind();
    let kind = kind.ok_or_else(|| Refused::new(19, compared(&asked.relation)))?;
    let words = index.access.nature() == Nature::Words;
    let masked = Masked::read(&asked.term, modified.unmasked)?;
    let mut clause = Clause::new(index.access, masked.term)
        .truncated(masked.truncation)
        .relation(relation(kind, words, modified.relevant)?);
    if masked.begins && !masked.ends {
        // Codes are compared whole, and of several words that may each be there no one begins the field.
        if !words {
            return Err(Refused::new(31, asked.term.raw()));
        }
        if kind == RelationKind::Any {
            return Err(Refused::new(32, asked.term.raw()));
        }
    }
    clause.form = match (words, kind, masked.begins, masked.ends) {
        (false, ..) => Form::Words,
        (true, RelationKind::Exact, ..) | (true, _, true, true) => Form::Exact,
        (true, _, true, false) => Form::First,
        // A field that ends so: a beginning can be looked up, an end cannot.
        (true, _, false, true) => return Err(Refused::new(32, asked.term.raw())),
        (true, _, false, false) if modified.string => Form::Exact,
        (true, RelationKind::Adj, ..) => Form::Phrase,
        (true, ..) => Form::Words,
    };
    let settled = settled(clause).map_err(|_| {
        Refused::new(28, asked.term.raw())
            .saying("what is compared by order is written out, without a mask")
    })?;
    Ok(Node::Clause(settled))
}

/// Whether a clause asks for its best hits first.
pub(super) fn relevant(clause: &Asked) -> bool {
    Modifiers::read(&clause.relation).is_ok_and(|modified| modified.relevant)
}

/// Whether a scan is of whole fields.
pub(super) fn whole(relation: &Compared) -> Result<bool, Refused> {
    let modified = Modifiers::read(relation)?;
    match relation.kind() {
        Some(RelationKind::Exact) => Ok(true),
        Some(RelationKind::Equal | RelationKind::Any | RelationKind::All | RelationKind::Adj) => {
            Ok(modified.string)
        }
        _ => Err(Refused::new(19, compared(relation))),
    }
}

fn compared(relation: &Compared) -> String {
    match &relation.comparison {
        ::cql::Comparison::Symbol(symbol) => symbol.as_str().to_owned(),
        ::cql::Comparison::Named(name) => name.text(),
    }
}

/// All words, side by side or in any order, are one condition with a form; for codes `all` is several.
fn relation(kind: RelationKind, words: bool, relevant: bool) -> Result<Relation, Refused> {
    use RelationKind as K;
    Ok(match kind {
        K::Equal | K::Any if relevant => Relation::Relevance,
        K::Any => Relation::Any,
        K::All if !words => Relation::All,
        K::Equal | K::Exact | K::All | K::Adj => Relation::Equal,
        K::NotEqual => Relation::NotEqual,
        K::Less => Relation::Less,
        K::Greater => Relation::Greater,
        K::LessOrEqual => Relation::LessOrEqual,
        K::GreaterOrEqual => Relation::GreaterOrEqual,
        K::Within => Relation::Within,
        K::Encloses => return Err(Refused::new(19, "encloses")),
        _ => return Err(Refused::new(19, "")),
    })
}

/// What the modifiers of a relation change.
#[derive(Default)]
struct Modifiers {
    relevant: bool,
    unmasked: bool,
    string: bool,
}

impl Modifiers {
    /// Those that say what happens anyway are fine; those that want another thing are refused.
    fn read(relation: &Compared) -> Result<Self, Refused> {
        const ANYWAY: [&str; 9] = [
            "stem",
            "word",
            "masked",
            "ignoreCase",
            "ignoreAccents",
            "isoDate",
            "number",
            "uri",
            "oid",
        ];
        let mut read = Self::default();
        for modifier in &relation.modifiers {
            let is = |base| modifier.name.is("cql", base) || modifier.name.is("rel", base);
            if is("relevant") {
                read.relevant = true;
            } else if is("unmasked") {
                read.unmasked = true;
            } else if is("string") {
                read.string = true;
            } else if !ANYWAY.iter().any(|base| is(base)) {
                return Err(Refused::new(20, modifier.name.text()));
            }
        }
        Ok(read)
    }
}

/// A term and its masks in the tree's words.
struct Masked {
    term: String,
    truncation: Truncation,
    begins: bool,
    ends: bool,
}

impl Masked {
    fn read(term: &Term, unmasked: bool) -> Result<Self, Refused> {
        if unmasked {
            let signs = term.pieces().into_iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Any => "*".to_owned(),
                Piece::One => "?".to_owned(),
                Piece::Anchor => "^".to_owned(),
            });
            return Self::plain(signs.collect(), false, false);
        }
        let mut pieces = term.pieces();
        let begins = pieces.first() == Some(&Piece::Anchor);
        if begins {
            pieces.remove(0);
        }
        let ends = pieces.last() == Some(&Piece::Anchor);
        if ends {
            pieces.pop();
        }
        if pieces.contains(&Piece::Anchor) {
            return Err(Refused::new(32, term.raw()));
        }
        match pieces.as_slice() {
            [Piece::Text(text)] => Self::plain(text.clone(), begins, ends),
            [Piece::Text(text), Piece::Any] => {
                Self::truncated(text, Truncation::Right, begins, ends)
            }
            [Piece::Any, Piece::Text(text)] => {
                Self::truncated(text, Truncation::Left, begins, ends)
            }
            [Piece::Any, Piece::Text(text), Piece::Any] => {
                Self::truncated(text, Truncation::Both, begins, ends)
            }
            [] => Err(Refused::new(27, "")),
            pieces => {
                let mut pattern = String::new();
                for piece in pieces {
                    match piece {
                        // A sign that was escaped is no mask; to the catalogue it is a blank like others.
                        Piece::Text(text) => pattern.push_str(&text.replace(['*', '?'], " ")),
                        Piece::Any => pattern.push('*'),
                        Piece::One => pattern.push('?'),
                        Piece::Anchor => {}
                    }
                }
                if !pattern.contains(char::is_alphanumeric) {
                    return Err(Refused::new(29, term.raw()));
                }
                Ok(Self {
                    term: pattern,
                    truncation: Truncation::Pattern,
                    begins,
                    ends,
                })
            }
        }
    }

    fn plain(term: String, begins: bool, ends: bool) -> Result<Self, Refused> {
        Self::truncated(&term, Truncation::None, begins, ends)
    }

    fn truncated(
        text: &str,
        truncation: Truncation,
        begins: bool,
        ends: bool,
    ) -> Result<Self, Refused> {
        match text.trim().is_empty() {
            true => Err(Refused::new(27, "")),
            false => Ok(Self {
                term: text.to_owned(),
                truncation,
                begins,
                ends,
            }),
        }
    }
}
