//! One thing that would be otherwise, for one reader.

use jiff::civil::Date;
use serde::Serialize;

use super::event::Question;
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::days;
use crate::policy::RuleId;

/// Whether a reader would be better off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// More time, more documents, a yes instead of a no.
    Gain,
    /// The other way.
    Loss,
}

/// One thing that would be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is, before and after.
    pub what: What,
    /// Where the loan was made, where the question was asked, or where one more loan would be.
    pub branch: BranchCode,
    /// The reader's category, as far as it is known.
    pub category: Option<CategoryCode>,
    /// The document type; none where a limit counts all of them.
    pub document: Option<DocumentCode>,
    /// The rule or limit that decides before; none where none does.
    pub rule_before: Option<RuleId>,
    /// The rule or limit that decides after.
    pub rule_after: Option<RuleId>,
}

/// What would be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The due date of an open loan.
    Due {
        /// As the rules in force give it.
        before: Date,
        /// As the others would.
        after: Date,
    },
    /// How often an open loan may still be renewed.
    Renewals {
        /// By the rules in force.
        before: u16,
        /// By the others.
        after: u16,
    },
    /// Whether an open loan could have been made at all.
    Lendable {
        /// It could not by the rules in force, and could; else the other way.
        after: bool,
    },
    /// Whether one more loan fits into the limits.
    Limit {
        /// By the rules in force.
        before: Counted,
        /// By the others.
        after: Counted,
    },
    /// Whether a late loan keeps the reader from borrowing.
    Recall {
        /// It does not now, and would.
        blocks: bool,
    },
    /// A question of the log would be answered otherwise.
    Answer {
        /// What was asked.
        question: Question,
        /// It is refused by the rules in force, and would be allowed; else the other way.
        lifted: bool,
    },
    /// A loan or renewal of the log would be due on another day.
    AnswerDue {
        /// What was asked.
        question: Question,
        /// As the rules in force give it.
        before: Date,
        /// As the others would.
        after: Date,
    },
}

/// What limits say to one more loan: the tightest of those that apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How many of what it counts the reader or household has.
    pub counted: u32,
    /// The most there may be; none where no limit applies.
    pub max: Option<u32>,
}

impl Counted {
    /// How many more fit; below zero: so many too many. None: any number.
    #[must_use]
    pub fn room(self) -> Option<i64> {
        self.max.map(|max| i64::from(max) - i64::from(self.counted))
    }

    /// Free, full or over.
    pub(super) fn state(self) -> i64 {
        self.room().map_or(1, i64::signum)
    }
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Due dates of open loans.
    Due,
    /// Renewals left of open loans.
    Renewals,
    /// Open loans that could be made by one policy only.
    Lendable,
    /// Room within limits.
    Limit,
    /// Blocks by recalls.
    Recall,
    /// Questions of the log that would be answered otherwise.
    Answer,
    /// Loans and renewals of the log that would be due on another day.
    AnswerDue,
}

impl Change {
    /// Better or worse for the reader.
    #[must_use]
    pub fn side(&self) -> Side {
        let gain = match self.what {
            What::Due { before, after } | What::AnswerDue { before, after, .. } => after > before,
            What::Renewals { before, after } => after > before,
            What::Limit { before, after } => after.state() > before.state(),
            What::Lendable { after } => after,
            What::Recall { blocks } => !blocks,
            What::Answer { lifted, .. } => lifted,
        };
        if gain { Side::Gain } else { Side::Loss }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.what {
            What::Due { .. } => Kind::Due,
            What::Renewals { .. } => Kind::Renewals,
            What::Lendable { .. } => Kind::Lendable,
            What::Limit { .. } => Kind::Limit,
            What::Recall { .. } => Kind::Recall,
            What::Answer { .. } => Kind::Answer,
            What::AnswerDue { .. } => Kind::AnswerDue,
        }
    }

    /// How far it moves, to put the largest first: days, renewals or documents; a yes or no counts as a hundred.
    #[must_use]
    pub fn weight(&self) -> u32 {
        match self.what {
            What::Due { before, after } | What::AnswerDue { before, after, .. } => {
                days::between(before, after).unsigned_abs()
            }
            What::Renewals { before, after } => u32::from(before.abs_diff(after)),
            What::Limit { before, after } => {
                let over = |side: Counted| side.room().map_or(0, |room| (-room).max(0));
                100 + u32::try_from(over(after).max(over(before))).unwrap_or(u32::MAX - 100)
            }
            What::Lendable { .. } | What::Recall { .. } | What::Answer { .. } => 100,
        }
    }

    /// The rule or limit that it comes from: of the policy that is tried, else of the one in force.
    #[must_use]
    pub fn rule(&self) -> Option<&RuleId> {
        self.rule_after.as_ref().or(self.rule_before.as_ref())
    }
}
