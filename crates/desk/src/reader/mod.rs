//! Readers and their files, for the doors of staff.
//!
//! What is changed here is seldom and touches several rows: it is decided and written in one transaction that takes the
//! households' locks first and reads after them, like every command that is decided alone.

mod block;
mod card;
mod change;
mod close;
mod find;
mod line;
mod locked;
mod look;
mod merge;
mod register;
mod sought;
mod values;

pub use block::{BlockAsk, LiftAsk};
pub use card::{CardAsk, Whose};
pub use change::{ChangeAsk, HouseholdMove};
pub use close::CloseAsk;
pub use find::{FindAsk, FoundPatrons, NoCursor, PatronCursor};
pub use line::PatronLine;
pub use look::Household;
pub use merge::{MergeAsk, MergedReaders};
pub use register::{Enrolled, RegisterAsk};
pub(crate) use values::{address_fits, card_fits, email_fits, phone_fits};
