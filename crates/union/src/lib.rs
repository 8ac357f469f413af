//! Which records of different catalogues are one document.
//!
//! Twenty-seven libraries describe the same edition in twenty-seven ways. A [`Signature`] is what matching looks at in a
//! record; equal [`Key`]s propose pairs; [`compare`] decides on one pair, and [`place`] on a record and all the
//! documents that were proposed for it.
//!
//! It is pure: no database, no file, no memory of what it saw. It is **not** about works: another edition of the same
//! novel is another document. And it never changes anything: who joins what, and how that is taken back, is the
//! caller's.
//!
//! # What it holds to
//!
//! * Never two volumes, two kinds of thing (a book and its reading), two carriers (DVD and Blu-ray).
//! * Two right ISBNs that differ are two editions, whatever else agrees. One wrong check digit says nothing.
//! * Where little is known, [`Verdict::Doubtful`] leaves it to a person.
//!
//! # Example
//!
//! ```
//! use marc::{DataField, Leader, Record};
//! use relire_union::{Signature, Verdict, compare};
//!
//! let book = |title: &str, isbn: &str| {
//!     let mut record = Record::new(Leader::UNIMARC);
//!     record.push(DataField::new(b"010", b"  ").with(b'a', isbn));
//!     record.push(DataField::new(b"200", b"1 ").with(b'a', title));
//!     Signature::of(&record)
//! };
//! let one = book("Les misérables", "2-253-09633-3");
//! let other = book("MISERABLES (LES) /", "978-2-253-09633-7");
//! assert!(matches!(compare(&one, &other), Verdict::Same(_)));
//! assert!(one.keys().iter().any(|key| other.keys().contains(key)));
//! ```
#![forbid(unsafe_code)]

mod compare;
mod heading;
mod key;
mod number;
mod people;
mod place;
mod publisher;
mod quality;
mod signature;
mod text;
mod title;
mod volume;
mod why;

pub use compare::{Verdict, compare};
pub use heading::{Heading, heading};
pub use key::Key;
pub use place::{Doubt, Placement, place};
pub use quality::quality;
pub use signature::{Carrier, Kind, Signature, VERSION};
pub use why::Why;
