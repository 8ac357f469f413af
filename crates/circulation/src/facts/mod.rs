//! What is known about a reader, an item and a title at the moment of asking.
//!
//! Facts are loaded by the caller and are true at that moment; nothing here is looked up.

mod hold;
mod item;
mod reader;

pub use hold::{HoldItem, OpenHold, TitleFacts};
pub use item::{Borrower, CapturedHold, Collector, Condition, ItemFacts, LoanFacts, Place};
pub use reader::{Block, BlockKind, CardStatus, OpenLoan, ReaderFacts, Whose};
