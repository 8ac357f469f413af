//! The item's side of a decision.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::rulebook::Audience;

/// What decisions need to know about an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFacts {
    /// The branch that it belongs to.
    pub owner: BranchCode,
    /// Its document type.
    pub document: DocumentCode,
    /// Its state, set by staff.
    pub condition: Condition,
    /// Whom it is meant for.
    pub audience: Audience,
    /// Its first day in service (995 $5, else the day of the import).
    pub in_service: Date,
    /// Until when its lender wants it back; `None`: it is the network's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_by: Option<Date>,
    /// Where it is.
    pub place: Place,
}

/// The state of an item, as staff set it. Where the item *is* says [`Place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Fit to be lent.
    Good,
    /// Set aside for repair.
    Damaged,
    /// For use in the branch only, such as the latest issue of a magazine.
    OnSiteOnly,
    /// Being catalogued or equipped.
    InProcess,
    /// Ordered, not yet here.
    OnOrder,
    /// Declared lost.
    Lost,
    /// Not found on the shelf.
    Missing,
    /// The reader says that it was given back.
    ClaimedReturned,
    /// Taken out of the stock.
    Withdrawn,
}

impl Condition {
    /// Whether an item in this state may be lent: only a good one. A damaged one is set aside,
    /// and one that was lost, missing or claimed must first be looked at by staff.
    #[must_use]
    pub const fn may_be_lent(self) -> bool {
        matches!(self, Self::Good)
    }
}

/// Where an item is (its custody).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// On a shelf.
    Shelf {
        /// Of this branch.
        branch: BranchCode,
    },
    /// Lent.
    Loan {
        /// The loan.
        loan: LoanFacts,
        /// To the reader in question, or to somebody else.
        to: Borrower,
    },
    /// Between branches.
    Transit {
        /// Where it was sent, if known.
        from: Option<BranchCode>,
        /// Where it is expected.
        to: BranchCode,
        /// The hold that it travels for, if it travels for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold: Option<CapturedHold>,
    },
    /// Set aside for somebody who asked for it.
    HoldShelf {
        /// At this pickup branch.
        branch: BranchCode,
        /// The hold that it is set aside for; `None` once that hold is over, and then the item is
        /// to be cleared from this shelf.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold: Option<CapturedHold>,
    },
    /// In no known place, such as an item just created.
    Nowhere,
}

/// The hold that an item is set aside for, while that hold is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedHold {
    /// Whether the reader in question may collect it.
    pub collector: Collector,
    /// The category of who asked for it.
    pub category: CategoryCode,
    /// Where it is to be collected.
    pub pickup: BranchCode,
}

/// Whether the reader in question may collect what is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Collector {
    /// It is this reader's own hold.
    ThisReader,
    /// It is another person's, for whom this reader may collect: a guarantor, or a proxy whom
    /// that person named.
    OnBehalf,
    /// It is another person's.
    SomeoneElse,
}

impl Collector {
    /// Whether the reader in question may take the item home.
    #[must_use]
    pub const fn may_collect(self) -> bool {
        matches!(self, Self::ThisReader | Self::OnBehalf)
    }
}

/// Who has a lent item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Borrower {
    /// The reader in question.
    ThisReader,
    /// Somebody else.
    SomeoneElse,
}

/// The open loan of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoanFacts {
    /// Where it was lent; its rules hold for the loan's whole life.
    pub checkout: BranchCode,
    /// The borrower's category when it was lent.
    pub category: CategoryCode,
    /// When it was lent.
    pub lent_on: Date,
    /// The present due date.
    pub due: Date,
    /// How often it was renewed.
    pub renewals: u16,
    /// Whether it was lent while new.
    pub new: bool,
}
