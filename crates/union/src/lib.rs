//! The union catalogue: which records, of whichever library, describe one document.
//!
//! Twenty-seven libraries catalogued the same books, each by its own habits. This crate looks at
//! two records and says: the same, doubtful, or different, and why. It takes UNIMARC; whoever has
//! MARC21 converts first ([`marc::crosswalk`]).
//!
//! It is **not** an import and keeps nothing: no SQL, no file, no clock. Whoever imports stores
//! each record's [`Signature`] and [`Key`]s, finds the bibs that share a key, and asks [`place`].
//!
//! # The way of a record
//!
//! 1. [`Signature::of`] takes from the record what matching looks at, normalised.
//! 2. [`Signature::keys`] are where records meet: equal keys propose.
//! 3. [`compare`] decides about two signatures: numbers first, then title, people, year,
//!    publisher and size together.
//! 4. [`place`] decides about a record and the bibs that were proposed.
//! 5. [`quality`] chooses which record of a bib is shown; [`Heading`] is its line in a list.
//!
//! # Example
//!
//! ```
//! use marc::{DataField, Leader, Record};
//! use relire_union::{Signature, Verdict, place};
//!
//! let record = |isbn: &str, title: &str, volume: &str| {
//!     let mut record = Record::new(Leader::UNIMARC);
//!     record.push(DataField::new(b"010", b"  ").with(b'a', isbn));
//!     record.push(DataField::new(b"200", b"1 ").with(b'a', title).with(b'h', volume));
//!     record
//! };
//! let ours = Signature::of(&record("978-2-07-036822-8", "Les Misérables", "1"), None);
//! let theirs = Signature::of(&record("2-07-036822-X", "MISERABLES (LES), tome 1", ""), None);
//! let second = Signature::of(&record("2-07-036822-X", "Les Misérables", "2"), None);
//!
//! assert!(ours.keys().iter().any(|key| theirs.keys().contains(key)));
//! let bibs = [(1, std::slice::from_ref(&second)), (2, std::slice::from_ref(&theirs))];
//! assert_eq!(place(&ours, bibs).join, Some(2));
//! assert!(matches!(relire_union::compare(&ours, &second), Verdict::Different(_)));
//! ```

#![forbid(unsafe_code)]

mod compare;
mod distance;
mod fold;
mod heading;
mod key;
mod kind;
mod numbers;
mod person;
mod place;
mod publisher;
mod quality;
mod signature;
mod size;
mod title;
mod verdict;
mod volume;

pub use compare::compare;
pub use heading::{Heading, heading};
pub use key::Key;
pub use kind::Kind;
pub use place::{Placement, place};
pub use quality::quality;
pub use signature::{Signature, VERSION};
pub use verdict::{Verdict, Why};
