//! The tree.

use serde::{Deserialize, Serialize};

use crate::{Clause, Relation};

/// A question. Booleans have two sides, as in RPN and CQL; [`Node::all_of`] and [`Node::any_of`]
/// make flat trees of many.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Node {
    /// Every record.
    All,
    /// One condition.
    Clause(Clause),
    /// The records of a set that was kept under that name.
    Set(String),
    /// Both.
    And(Box<Node>, Box<Node>),
    /// Either, or both.
    Or(Box<Node>, Box<Node>),
    /// The first without the second.
    Not(Box<Node>, Box<Node>),
    /// Both, near each other in one field. Either side is a clause, or an `Or` of clauses.
    Near(Proximity, Box<Node>, Box<Node>),
}

/// How near (Z39.50-2003 §3.7.2, ProximityOperator; CQL 1.2, prox).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Proximity {
    /// How the distance found compares with `distance`.
    pub relation: Relation,
    /// In units: neighbours are at distance 1.
    pub distance: u32,
    /// What is counted.
    pub unit: Unit,
    /// Whether the left side has to stand before the right one.
    pub ordered: bool,
}

/// What a distance is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Words.
    #[default]
    Word,
    /// Sentences.
    Sentence,
    /// Paragraphs.
    Paragraph,
    /// Fields: distance 0 is the same one.
    Element,
}

impl Proximity {
    /// At most so many words apart, in any order.
    pub const fn within(words: u32) -> Self {
        Self {
            relation: Relation::LessOrEqual,
            distance: words,
            unit: Unit::Word,
            ordered: false,
        }
    }
}

impl From<Clause> for Node {
    fn from(clause: Clause) -> Self {
        Self::Clause(clause)
    }
}

impl Node {
    /// Both.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        Self::And(Box::new(self), Box::new(other.into()))
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        Self::Or(Box::new(self), Box::new(other.into()))
    }

    /// This without the other.
    #[must_use]
    pub fn not(self, other: impl Into<Self>) -> Self {
        Self::Not(Box::new(self), Box::new(other.into()))
    }

    /// Both, near each other.
    #[must_use]
    pub fn near(self, proximity: Proximity, other: impl Into<Self>) -> Self {
        Self::Near(proximity, Box::new(self), Box::new(other.into()))
    }

    /// Every one of these: a tree as low as it can be. Of none, every record.
    pub fn all_of(nodes: impl IntoIterator<Item = Self>) -> Self {
        balanced(nodes.into_iter().collect(), Self::and).unwrap_or(Self::All)
    }

    /// At least one of these; `None` of none.
    pub fn any_of(nodes: impl IntoIterator<Item = Self>) -> Option<Self> {
        balanced(nodes.into_iter().collect(), Self::or)
    }

    /// The two sides of an operator.
    pub fn sides(&self) -> Option<(&Self, &Self)> {
        match self {
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Not(left, right)
            | Self::Near(_, left, right) => Some((left, right)),
            Self::All | Self::Clause(_) | Self::Set(_) => None,
        }
    }

    /// Every clause, from left to right. Walks without recursion: the tree may be as deep as it
    /// likes.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            loop {
                match open.pop()? {
                    Self::Clause(clause) => return Some(clause),
                    node => {
                        if let Some((left, right)) = node.sides() {
                            open.push(right);
                            open.push(left);
                        }
                    }
                }
            }
        })
    }
}

fn balanced(mut nodes: Vec<Node>, join: impl Fn(Node, Node) -> Node) -> Option<Node> {
    while nodes.len() > 1 {
        let mut joined = Vec::with_capacity(nodes.len().div_ceil(2));
        let mut rest = nodes.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        nodes = joined;
    }
    nodes.pop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccessPoint, Limits};

    fn word(term: &str) -> Node {
        Clause::new(AccessPoint::Any, term).into()
    }

    #[test]
    fn many_sides_make_a_low_tree_in_their_order() {
        let words: Vec<_> = (0..100).map(|number| number.to_string()).collect();
        let node = Node::all_of(words.iter().map(|term| word(term)));
        let terms: Vec<_> = node.clauses().map(|clause| clause.term.clone()).collect();
        assert_eq!(terms, words);
        let limits = Limits {
            depth: 8,
            ..Limits::default()
        };
        assert_eq!(limits.check(&node), Ok(()));
        assert_eq!(Node::all_of([]), Node::All);
        assert_eq!(Node::any_of([]), None);
    }
}
