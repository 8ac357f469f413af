//! One condition: where, how and what.

use serde::{Deserialize, Serialize};

use crate::AccessPoint;

/// How the term and what stands in the record have to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Equal, in the sense of the form. Several words: every one of them.
    #[default]
    Equal,
    /// Everything that is not equal.
    NotEqual,
    /// Before.
    Less,
    /// Before, or equal.
    LessOrEqual,
    /// Equal, or after.
    GreaterOrEqual,
    /// After.
    Greater,
    /// At least one of the words.
    Any,
    /// Every word, in any order.
    All,
    /// The words side by side, in this order.
    Adjacent,
    /// Matches as `Any` does; those with more and rarer words come first (Bib-1 relation 102).
    Relevance,
    /// Between two values, both included: `1999..2004`.
    Within,
}

/// What the term is taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Words, anywhere in the field or its neighbours of the same access point.
    #[default]
    Words,
    /// One word.
    Word,
    /// Words side by side within one field.
    Phrase,
    /// A whole field, nothing before or behind (Bib-1 completeness 3).
    Exact,
    /// The beginning of a field (Bib-1 position 1).
    First,
    /// A year.
    Year,
    /// A date.
    Date,
    /// A number.
    Numeric,
    /// A number that names a thing, in any of its ways of writing.
    Identifier,
}

/// Where the term may go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truncation {
    /// Nowhere.
    #[default]
    None,
    /// At its end: `dun*`.
    Right,
    /// At its beginning: `*une`.
    Left,
    /// At both: `*un*`.
    Both,
    /// The term itself holds `*` for any letters and `?` for exactly one.
    Pattern,
}

/// One condition on a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// Where.
    pub access: AccessPoint,
    /// How they compare.
    #[serde(default)]
    pub relation: Relation,
    /// What the term is taken for.
    #[serde(default)]
    pub form: Form,
    /// Where the term may go on.
    #[serde(default)]
    pub truncation: Truncation,
    /// What, as it was typed: folding and cutting into words is the catalogue's.
    pub term: String,
}

impl Clause {
    /// Words in an access point, every one of them.
    pub fn new(access: AccessPoint, term: impl Into<String>) -> Self {
        Self {
            access,
            relation: Relation::Equal,
            form: Form::Words,
            truncation: Truncation::None,
            term: term.into(),
        }
    }

    /// The same in another form.
    #[must_use]
    pub const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// The same with another relation.
    #[must_use]
    pub const fn relation(mut self, relation: Relation) -> Self {
        self.relation = relation;
        self
    }

    /// The same with another truncation.
    #[must_use]
    pub const fn truncated(mut self, truncation: Truncation) -> Self {
        self.truncation = truncation;
        self
    }

    /// The two ends of [`Relation::Within`]: around `..`, or two words. An empty end is open.
    pub fn bounds(&self) -> Option<(&str, &str)> {
        if let Some((from, to)) = self.term.split_once("..") {
            return Some((from.trim(), to.trim()));
        }
        let (from, to) = self.term.trim().split_once(char::is_whitespace)?;
        let to = to.trim();
        (!to.contains(char::is_whitespace)).then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_around_dots_or_two_words() {
        let within = |term: &str| {
            let clause = Clause::new(AccessPoint::Year, term).relation(Relation::Within);
            clause
                .bounds()
                .map(|(from, to)| (from.to_owned(), to.to_owned()))
        };
        let pair = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(within("1999..2004"), pair("1999", "2004"));
        assert_eq!(within("1999  2004"), pair("1999", "2004"));
        assert_eq!(within("..2004"), pair("", "2004"));
        assert_eq!(within("1999"), None);
        assert_eq!(within("1 2 3"), None);
    }
}
