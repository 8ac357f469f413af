//! What one question may cost, counted while it is answered.

use std::cell::Cell;

use query::AccessPoint;

use crate::QuestionError;

/// Terms that truncated words and patterns of one question may stand for, in one segment at most.
pub(crate) const MOST_TERMS: usize = 20_000;
/// Terms that are compared with patterns that begin openly.
pub(crate) const MOST_COMPARED: usize = 3_000_000;
/// Documents looked at in all lists together. Some half a second of work.
pub(crate) const MOST_DOCUMENTS: u64 = 100_000_000;

/// How much work a question may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// Up to the bounds of this catalogue.
    #[default]
    Whole,
    /// A millisecond or so, for who cannot wait longer where it stands: what is more is refused as too much, and can be
    /// asked again with [`Effort::Whole`] elsewhere.
    Glance,
}

/// What is left.
pub(crate) struct Budget {
    terms: Cell<usize>,
    compared: Cell<usize>,
    documents: Cell<u64>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            terms: Cell::new(MOST_TERMS),
            compared: Cell::new(MOST_COMPARED),
            documents: Cell::new(MOST_DOCUMENTS),
        }
    }
}

impl Budget {
    pub(crate) fn of(effort: Effort) -> Self {
        match effort {
            Effort::Whole => Self::default(),
            Effort::Glance => Self {
                terms: Cell::new(200),
                compared: Cell::new(0),
                documents: Cell::new(50_000),
            },
        }
    }

    pub(crate) fn term(&self, term: &str, access: AccessPoint) -> Result<(), QuestionError> {
        let left = self.terms.get().checked_sub(1);
        self.terms
            .set(left.ok_or_else(|| QuestionError::TooManyTerms {
                term: term.to_owned(),
                access,
                most: MOST_TERMS,
            })?);
        Ok(())
    }

    pub(crate) fn compared(&self, term: &str, access: AccessPoint) -> Result<(), QuestionError> {
        let left = self.compared.get().checked_sub(1);
        self.compared
            .set(left.ok_or_else(|| QuestionError::TooManyCompared {
                term: term.to_owned(),
                access,
                most: MOST_COMPARED,
            })?);
        Ok(())
    }

    pub(crate) fn documents(&self, count: u64) -> Result<(), QuestionError> {
        let left = self.documents.get().checked_sub(count);
        self.documents.set(left.ok_or(QuestionError::TooMuch {
            most: MOST_DOCUMENTS,
        })?);
        Ok(())
    }
}
