//! What can go wrong, in words for whoever asked.

use query::{AccessPoint, Unit};
use thiserror::Error;

/// Why there is no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The question is one that this catalogue does not answer.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// The folder was written by another version, or is damaged: `relire reindex` makes it anew.
    #[error(
        "the index in this folder has format {found:?}, this program reads {expected}: run `relire reindex`"
    )]
    Format {
        /// What its last commit says.
        found: Option<u32>,
        /// What this program writes.
        expected: u32,
    },
    /// The index itself failed: disk, memory, a damaged file.
    #[error("the index cannot be used: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A file of the index cannot be read.
    #[error("a file of the index cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A stored record does not read back: the folder is damaged.
    #[error("bib {0} is damaged in the index: run `relire reindex`")]
    Damaged(i64),
}

impl Error {
    /// Another writer has the folder.
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Index(tantivy::TantivyError::LockFailure(..)))
    }
}

impl Error {
    /// More work than was allowed: another effort may answer it.
    pub const fn is_effort(&self) -> bool {
        matches!(
            self,
            Self::Question(
                QuestionError::TooManyTerms { .. }
                    | QuestionError::TooManyCompared { .. }
                    | QuestionError::TooMuch { .. }
            )
        )
    }
}

/// Why a question is not answered. Each has its diagnostic in Bib-1 and SRU.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// Larger than is answered.
    #[error(transparent)]
    Limits(#[from] query::LimitError),
    /// No letter and no digit.
    #[error("the term {0:?} has no letter and no digit to look for")]
    EmptyTerm(String),
    /// A truncated term or pattern that stands for too many words.
    #[error("{term:?} stands for more than {most} terms in {access}: type more letters")]
    TooManyTerms {
        /// As it was asked.
        term: String,
        /// Where.
        access: AccessPoint,
        /// The bound.
        most: usize,
    },
    /// A term with an open beginning, in a dictionary that is too large to go through.
    #[error(
        "{term:?} begins openly, and {access} has more than {most} terms to compare: type the beginning"
    )]
    TooManyCompared {
        /// As it was asked.
        term: String,
        /// Where.
        access: AccessPoint,
        /// The bound.
        most: usize,
    },
    /// A question that looks at too much.
    #[error("the question looks at more than {most} places in records: use rarer words, or fewer")]
    TooMuch {
        /// The bound.
        most: u64,
    },
    /// A value that is none of its kind: a year without digits.
    #[error("{term:?} is no {expected}, which {access} needs")]
    Value {
        /// As it was asked.
        term: String,
        /// Where.
        access: AccessPoint,
        /// What it should be, in a word.
        expected: &'static str,
    },
    /// A truncation that this access point does not have.
    #[error("{0} cannot be truncated: type all of it")]
    Truncation(AccessPoint),
    /// A proximity between two access points.
    #[error("nearness is measured within one access point; these are {0} and {1}")]
    NearAcross(AccessPoint, AccessPoint),
    /// A side of a proximity that is no word.
    #[error(
        "nearness is measured between words, not between whole fields, numbers or other conditions"
    )]
    NearSide,
    /// A unit that records do not have.
    #[error("distances are counted in words or fields; records have no {0:?}")]
    NearUnit(Unit),
    /// A distance that cannot be measured.
    #[error("a distance of {0} is not measured; at most {1}")]
    NearDistance(u32, u32),
    /// A relation that makes no sense here.
    #[error("this relation does not go with {0}")]
    Relation(AccessPoint),
    /// A named set that nobody gave.
    #[error("there is no result set {0:?}")]
    NoSuchSet(String),
    /// An access point that has no list to look through.
    #[error("{0} has no list of terms to look through")]
    Scan(AccessPoint),
    /// Too many keys to sort by.
    #[error("{asked} keys to sort by were given; at most {most} are used")]
    SortKeys {
        /// Asked.
        asked: usize,
        /// Used.
        most: usize,
    },
    /// More was asked for at once than is given.
    #[error("{asked} records were asked for at once; at most {most} are given")]
    Page {
        /// Asked.
        asked: usize,
        /// Given.
        most: usize,
    },
}
