//! A question in the words of the index: which terms in which field, before any segment is asked.
//!
//! All that can be wrong with a question itself is found here, so that its errors do not depend on
//! what the index holds. What remains for later is only cost.

mod clause;
mod near;
mod text;
mod value;

use std::collections::BTreeMap;

use query::{AccessPoint, Node, Proximity};
use tantivy::schema::Field;

use crate::{BibSet, QuestionError, schema::Fields};

pub(crate) use near::Near;
pub(crate) use text::Pattern;

/// Named sets that a question may speak of.
pub type Sets = BTreeMap<String, BibSet>;

/// What has to be found.
#[derive(Debug)]
pub(crate) enum Plan<'a> {
    All,
    Nothing,
    Set(&'a BibSet),
    Terms(Terms),
    Phrase(Phrase),
    Near(Near),
    Column(Column),
    And(Box<Plan<'a>>, Box<Plan<'a>>),
    Or(Box<Plan<'a>>, Box<Plan<'a>>),
    Not(Box<Plan<'a>>, Box<Plan<'a>>),
}

/// Terms of one field.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) access: AccessPoint,
    pub(crate) field: Field,
    pub(crate) matcher: Matcher,
}

/// Which terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Matcher {
    /// This one.
    Is(String),
    /// All that begin so.
    Begins(String),
    /// `*` is any number of characters, `?` one.
    Pattern(String),
    /// From and to, both included; an end that is `None` is open.
    Between(Option<Bound>, Option<Bound>),
}

/// An end of a range of terms, and whether it belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) term: String,
    pub(crate) included: bool,
}

/// Words side by side within one field.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) access: AccessPoint,
    pub(crate) field: Field,
    pub(crate) words: Vec<Matcher>,
}

/// Numbers in a column, both ends included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Makes plans.
pub(crate) struct Planner<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) sets: Option<&'a Sets>,
}

impl<'a> Planner<'a> {
    pub(crate) fn node(&self, node: &Node) -> Result<Plan<'a>, QuestionError> {
        let pair = |left: &Node, right: &Node| -> Result<_, QuestionError> {
            Ok((Box::new(self.node(left)?), Box::new(self.node(right)?)))
        };
        Ok(match node {
            Node::All => Plan::All,
            Node::Set(name) => {
                let set = self.sets.and_then(|sets| sets.get(name));
                Plan::Set(set.ok_or_else(|| QuestionError::NoSuchSet(name.clone()))?)
            }
            Node::Clause(clause) => self.clause(clause)?,
            Node::And(left, right) => {
                let (left, right) = pair(left, right)?;
                Plan::And(left, right)
            }
            Node::Or(left, right) => {
                let (left, right) = pair(left, right)?;
                Plan::Or(left, right)
            }
            Node::Not(left, right) => {
                let (left, right) = pair(left, right)?;
                Plan::Not(left, right)
            }
            Node::Near(proximity, left, right) => self.near(proximity, left, right)?,
        })
    }

    fn near(
        &self,
        proximity: &Proximity,
        left: &Node,
        right: &Node,
    ) -> Result<Plan<'a>, QuestionError> {
        near::plan(self, proximity, left, right).map(Plan::Near)
    }
}

impl<'a> Plan<'a> {
    fn or(self, other: Self) -> Self {
        Self::Or(Box::new(self), Box::new(other))
    }

    fn and(self, other: Self) -> Self {
        Self::And(Box::new(self), Box::new(other))
    }

    /// All but these.
    fn complement(self) -> Self {
        Self::Not(Box::new(Self::All), Box::new(self))
    }

    fn any_of(plans: impl IntoIterator<Item = Self>) -> Self {
        plans.into_iter().reduce(Self::or).unwrap_or(Self::Nothing)
    }

    fn all_of(plans: impl IntoIterator<Item = Self>) -> Self {
        plans.into_iter().reduce(Self::and).unwrap_or(Self::All)
    }
}
