//! Readers and loans as the branches' former systems export them: CSV lines in, typed rows out; which readers
//! live together, who answers for a minor, and which two may be one person.
//!
//! It stores nothing, hashes no PIN and knows no clock: what is written is `store`'s, in which order is the
//! command's. It never merges anybody; it proposes.
//!
//! ```
//! use relire_people::PatronTable;
//!
//! let file = "patron_id;branch;card;lastname;firstname;birthdate;category\n\
//!             P1;LENS;00012;DUBOIS;Zoé;03/02/2015;ENF\n\
//!             P2;LENS;;DUBOIS;Ana;1980-01-30;ADU\n";
//! let mut table = PatronTable::open(file.as_bytes()).unwrap();
//! let zoe = table.next_row().unwrap().unwrap().unwrap();
//! assert_eq!(zoe.born_on, Some(jiff::civil::date(2015, 2, 3)));
//! let rejected = table.next_row().unwrap().unwrap().unwrap_err();
//! assert_eq!((rejected.line, rejected.field), (3, "card"));
//! ```
#![forbid(unsafe_code)]

mod doubt;
mod fields;
mod household;
mod loan;
mod patron;
mod table;
mod text;

pub use doubt::{Doubt, Person, doubts};
pub use fields::{FIELDS, FieldDigests, field_digests};
pub use household::{guarantor, household_key};
pub use loan::{LoanRow, LoanTable, unlinked_before};
pub use patron::{PatronRow, PatronTable};
pub use table::{Rejected, TableError};
pub use text::fold;
