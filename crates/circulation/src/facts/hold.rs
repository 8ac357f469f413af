//! What is known of a title and of the holds on it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ItemFacts, Whose};
use crate::codes::{BranchCode, DocumentCode};

/// What a hold is decided on, besides the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleFacts {
    /// All copies of the title.
    pub items: Vec<HoldItem>,
    /// How many holds wait on the title for an item: the reader's own and everyone else's,
    /// without those that have one already.
    pub waiting: u32,
    /// All active holds of the reader and of the rest of the household, on whatever title.
    pub holds: Vec<OpenHold>,
    /// Whether the reader has an active hold on this title.
    pub held_already: bool,
    /// When the copy is due that the reader has on loan, if there is one.
    pub lent_already: Option<Date>,
}

/// A copy of the title, as a hold sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldItem {
    /// The copy.
    pub facts: ItemFacts,
    /// Whether the hold asks for it: not for the other copies where one copy is asked for.
    pub asked: bool,
}

/// One hold that is active now: waiting, captured or ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenHold {
    /// The reader's own, or another member of the household's.
    pub whose: Whose,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The document type that it was placed for.
    pub document: DocumentCode,
    /// Whether only new items could serve it when it was placed.
    pub new: bool,
}
