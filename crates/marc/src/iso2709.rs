//! ISO 2709: a leader, a directory, and fields behind separators.
//!
//! [`Reader`] cuts a file into records and never holds more than one; [`decode`] reads a single
//! one, as it comes in a Z39.50 answer; [`encode`] writes one by the letter.
//!
//! # Lenient in, strict out
//!
//! Length and directory lie in real files, separators hardly ever: so whatever the numbers say is
//! checked against the separators, and where they disagree the separators win. Every such repair
//! is a [`Warning`] beside the record. What cannot be repaired is a [`Damage`], and costs that
//! record only: the reader finds the next start.

mod decode;
mod directory;
mod encode;
mod fields;
mod framing;
mod reader;
mod start;
mod warning;

pub use decode::{Decoded, decode};
pub use encode::{EncodeError, encode};
pub use reader::{DamagedRecord, Limits, ReadError, Reader, StoredRecord};
pub use warning::{Damage, Warning};

/// Ends a record: ISO 2709, 4.6.
pub const RECORD_TERMINATOR: u8 = 0x1D;
/// Ends a field and the directory.
pub const FIELD_TERMINATOR: u8 = 0x1E;
/// Begins a subfield; its code follows.
pub const SUBFIELD_DELIMITER: u8 = 0x1F;
/// The most bytes that the five digits of the leader can count.
pub const LONGEST_RECORD: usize = 99_999;
/// The most bytes that the four digits of a directory entry can count, terminator included.
pub const LONGEST_FIELD: usize = 9_999;
/// What every record begins with.
const LEADER: usize = 24;
/// A directory entry: tag 3, length 4, start 5.
const ENTRY: usize = 12;
