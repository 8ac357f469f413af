//! What is known about a reader and an item at the moment of asking.
//!
//! Facts are loaded by the caller and are true at that moment; nothing here is looked up.

mod item;
mod reader;

pub use item::{Borrower, Condition, ItemFacts, LoanFacts, Place};
pub use reader::{Block, BlockKind, CardStatus, OpenLoan, ReaderFacts, Whose};
