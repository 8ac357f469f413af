//! The case at hand: whose branch, which category, which document.

use serde::{Deserialize, Serialize};

use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// Whose branch a rule's `branch` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Where the loan is, or was, made.
    Checkout,
    /// Whose the item is.
    Owner,
    /// Where the hold is to be collected.
    Pickup,
}

impl Role {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Checkout, Self::Owner, Self::Pickup];

    /// Its name in the rules.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checkout => "checkout",
            Self::Owner => "owner",
            Self::Pickup => "pickup",
        }
    }
}

/// The case that a parameter is resolved for.
///
/// Where a role does not exist (no hold, so no pickup), give the branch at which the question
/// is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Case {
    /// Where the loan is, or was, made.
    pub checkout: BranchCode,
    /// Whose the item is.
    pub owner: BranchCode,
    /// Where the hold is to be collected.
    pub pickup: BranchCode,
    /// The reader's category; none where no reader is concerned, and then no rule that names
    /// a category applies.
    pub category: Option<CategoryCode>,
    /// The item's document type.
    pub document: DocumentCode,
}

impl Case {
    /// The branch that plays a role.
    #[must_use]
    pub const fn branch(&self, role: Role) -> BranchCode {
        match role {
            Role::Checkout => self.checkout,
            Role::Owner => self.owner,
            Role::Pickup => self.pickup,
        }
    }
}
