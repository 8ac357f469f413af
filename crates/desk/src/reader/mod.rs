//! Readers and their files, for the doors of staff.

mod find;
mod line;
mod sought;

pub use find::{FindAsk, FoundPatrons, NoCursor, PatronCursor};
pub use line::PatronLine;
