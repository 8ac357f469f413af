//! A reader: a person, a class, a nursery, a partner library. All made up.

use std::fmt;

use circulation::{BlockKind, BranchCode, CardStatus, CategoryCode, Language};
use jiff::civil::Date;

/// A made-up reader. The key is card *and* branch: some old numbers are borne twice.
#[derive(Clone, PartialEq, Eq)]
pub struct Patron {
    /// Fourteen digits, or seven where the card is from before the union.
    pub card: String,
    /// Four digits.
    pub pin: String,
    /// The branch that issued the card, and that the reader calls home.
    pub branch: BranchCode,
    /// The category.
    pub category: CategoryCode,
    /// The family name; the whole name of a group or institution.
    pub family_name: String,
    /// The given name; empty for a group or institution.
    pub given_name: String,
    /// Date of birth; none for groups and where it was not recorded.
    pub born_on: Option<Date>,
    /// Readers with the same number live together.
    pub household: Option<u32>,
    /// The card of the one who answers for the reader: of the same branch, never a number that is
    /// borne twice, and always earlier in the list.
    pub guarantor: Option<String>,
    /// What the reader is spoken to in.
    pub language: Language,
    /// At example.org.
    pub email: String,
    /// Ten digits of the block 01 99 00.
    pub phone: String,
    /// On one line, in a town that does not exist.
    pub address: String,
    /// The last day on which the card is valid.
    pub expires_on: Date,
    /// How the reader stands.
    pub standing: Standing,
}

/// How a reader stands with the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is against a loan, unless a loan in progress is too late.
    Good,
    /// The card's time has run out: `expires_on` is in the past.
    Expired,
    /// The card was reported lost.
    CardLost,
    /// Somebody must speak with the reader first.
    Blocked {
        /// Why.
        kind: BlockKind,
        /// What the reader is told, in French.
        message: &'static str,
    },
    /// Gave something back too late.
    Suspended {
        /// The day of that return.
        from: Date,
        /// The first day on which the reader is free again.
        until: Date,
    },
}

impl Standing {
    /// The state of the card that goes with it.
    #[must_use]
    pub const fn card_status(&self) -> CardStatus {
        match self {
            Self::CardLost => CardStatus::Lost,
            _ => CardStatus::Active,
        }
    }
}

/// Says what a log may say: no name, number or PIN.
impl fmt::Debug for Patron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patron")
            .field("branch", &self.branch)
            .field("category", &self.category)
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}
