//! The reader's side of a decision.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// What decisions need to know about a reader. No name, no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderFacts {
    /// The reader's category today.
    pub category: CategoryCode,
    /// The state of the card that was shown.
    pub card: CardStatus,
    /// The last day on which the card is valid.
    pub expires_on: Option<Date>,
    /// Date of birth, where known.
    pub born_on: Option<Date>,
    /// Whether a guardian (or a responsible person, for a group) is named.
    pub has_guarantor: bool,
    /// Blocks that stand against the reader.
    pub blocks: Vec<Block>,
    /// The day on which the reader is free again: the latest end of all suspensions.
    pub suspended_until: Option<Date>,
    /// Open loans of the reader and of the rest of the household.
    pub loans: Vec<OpenLoan>,
}

impl ReaderFacts {
    /// The reader's own open loans, without the household's.
    pub fn own_loans(&self) -> impl Iterator<Item = &OpenLoan> {
        self.loans.iter().filter(|loan| loan.whose == Whose::Reader)
    }
}

/// The state of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    /// In use.
    Active,
    /// Reported lost.
    Lost,
    /// Replaced by a newer card.
    Replaced,
    /// Withdrawn from use.
    Cancelled,
}

/// A block that somebody or something put on a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Why.
    pub kind: BlockKind,
    /// A short message for the reader, if staff wrote one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Why a reader is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Staff wish to speak with the reader.
    Staff,
    /// Money is owed.
    Fees,
    /// Documents were lost and not replaced.
    LostItems,
    /// Letters come back: the address must be renewed.
    Address,
    /// A claim was handed to the treasury (*titre de recette*).
    Treasury,
}

/// One loan that is open now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLoan {
    /// The reader's own, or another member of the household's.
    pub whose: Whose,
    /// Where it was lent; its rules hold for the loan's whole life.
    pub checkout: BranchCode,
    /// Whose the item is.
    pub owner: BranchCode,
    /// The borrower's category when it was lent.
    pub category: CategoryCode,
    /// The item's document type.
    pub document: DocumentCode,
    /// Whether it was lent while new.
    pub new: bool,
    /// The present due date.
    pub due: Date,
}

/// Whose loan or hold it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The reader's own.
    Reader,
    /// Another member of the household's.
    Household,
}
