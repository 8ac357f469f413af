//! The questions, the same in both languages.

use std::fmt;

use clap::ValueEnum;

use super::terms::Terms;

/// Where a term is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Title,
    Author,
    Isbn,
    Any,
}

impl Access {
    /// Bib-1's use attribute.
    pub(crate) fn bib_1(self) -> i64 {
        match self {
            Self::Title => 4,
            Self::Author => 1003,
            Self::Isbn => 7,
            Self::Any => 1016,
        }
    }

    /// CQL's index.
    pub(crate) fn cql(self) -> &'static str {
        match self {
            Self::Title => "dc.title",
            Self::Author => "dc.creator",
            Self::Isbn => "bath.isbn",
            Self::Any => "cql.serverChoice",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Find {
    pub(crate) access: Access,
    pub(crate) term: String,
    pub(crate) truncated: bool,
}

/// What is done with a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// The first ten records, whole.
    Present,
    /// The same after sorting by title.
    Sort,
    /// No set: twenty terms of the list, from this one.
    Scan,
}

/// All of `finds` (one or two).
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) finds: Vec<Find>,
    pub(crate) then: Then,
}

impl fmt::Display for Question {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, find) in self.finds.iter().enumerate() {
            let and = if place > 0 { " and " } else { "" };
            let star = if find.truncated { "*" } else { "" };
            write!(to, "{and}{}={}{star}", find.access.cql(), find.term)?;
        }
        match self.then {
            Then::Sort => to.write_str(" sortBy dc.title"),
            Then::Present | Then::Scan => Ok(()),
        }
    }
}

/// What kind of question a line of the table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Title,
    Author,
    Isbn,
    And,
    Truncated,
    Large,
    Scan,
    Mixed,
    Sort,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Title,
        Self::Author,
        Self::Isbn,
        Self::And,
        Self::Truncated,
        Self::Large,
        Self::Scan,
        Self::Mixed,
        Self::Sort,
    ];
    /// What people ask in turn.
    const MIXED: [Self; 6] = [
        Self::Title,
        Self::Author,
        Self::Isbn,
        Self::And,
        Self::Truncated,
        Self::Large,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Title => "title word",
            Self::Author => "author word",
            Self::Isbn => "ISBN",
            Self::And => "AND of two words",
            Self::Truncated => "truncated word",
            Self::Large => "any word, large",
            Self::Scan => "scan of 20",
            Self::Mixed => "mixed",
            Self::Sort => "large set sorted",
        }
    }

    /// The question at this turn; the same turn asks the same.
    pub(crate) fn question(self, terms: &Terms, turn: usize) -> Question {
        let one = |access, from: &[String], truncated| {
            let find = Find {
                access,
                term: from
                    .get(turn % from.len().max(1))
                    .cloned()
                    .unwrap_or_default(),
                truncated,
            };
            Question {
                finds: vec![find],
                then: Then::Present,
            }
        };
        match self {
            Self::Title => one(Access::Title, &terms.titles, false),
            Self::Author => one(Access::Author, &terms.authors, false),
            // A catalogue may have none.
            Self::Isbn if terms.isbns.is_empty() => one(Access::Title, &terms.titles, false),
            Self::Isbn => one(Access::Isbn, &terms.isbns, false),
            Self::Truncated => one(Access::Title, &terms.stems, true),
            Self::Large => one(Access::Any, &terms.large, false),
            Self::Scan => Question {
                then: Then::Scan,
                ..one(Access::Title, &terms.titles, false)
            },
            Self::Sort => Question {
                then: Then::Sort,
                ..one(Access::Any, std::slice::from_ref(&terms.sorted), false)
            },
            Self::And => {
                let pair = terms.pairs.get(turn % terms.pairs.len().max(1));
                let find = |term: &String| Find {
                    access: Access::Title,
                    term: term.clone(),
                    truncated: false,
                };
                Question {
                    finds: pair
                        .iter()
                        .flat_map(|(one, other)| [find(one), find(other)])
                        .collect(),
                    then: Then::Present,
                }
            }
            Self::Mixed => {
                let kind = Self::MIXED[turn % Self::MIXED.len()];
                kind.question(terms, turn / Self::MIXED.len())
            }
        }
    }
}
