//! Source records as they come in: a branch's file, record by record, with its copies, and what was wrong with each.
//!
//! [`Deliveries`] reads ISO 2709 or MARCXML from anything that can be read, decides on the character set, crosswalks
//! MARC21, finds the copies by the source's [`Profile`], and says of every record that it repaired or left out what was
//! wrong and what was done. [`read_source`] reads a record again that was kept as it was delivered.
//!
//! It is **not** the union: which records are one document is decided elsewhere, and nothing here knows a database, a
//! clock or a file name.
//!
//! # Example
//!
//! ```
//! use relire_intake::{Deliveries, Delivery, House, Houses, Profile, read_source};
//!
//! let file = b"00999nam  2200073   450 001000500000200002300005995001500028\x1e\
//!     BM42\x1e1 \x1faLe r\xC2ev\xC8e d'\xC2et\xC2e\x1e  \x1ffA17\x1fkR REV\x1e\x1d";
//! let houses = Houses::new(vec![House {
//!     code: "LENS".parse()?, name: "Médiathèque Robert Cousin".into(), commune: "Lens".into(),
//! }]);
//! let mut read = Deliveries::new(file.as_slice(), Profile::default(), houses, "LENS".parse()?)?;
//! let Some(Delivery::Record(record)) = read.next() else { panic!("one record") };
//! assert_eq!(record.format, "application/marc;format=unimarc;charset=iso5426");
//! assert_eq!(record.copies[0].barcode, "A17");
//! assert_eq!(record.remarks[0].what, "the leader says 999 bytes, there are 104");
//! let again = read_source(&record.format, &record.body).unwrap();
//! assert_eq!(again.first(b"200", b'a').unwrap(), "Le révë d'été");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]

mod copies;
mod deliveries;
mod format;
mod houses;
mod kept;
mod number;
mod profile;
mod remark;

pub use copies::Copy;
pub use deliveries::{Delivered, Deliveries, Delivery};
pub use format::read_source;
pub use houses::{House, Houses};
pub use number::digest;
pub use profile::Profile;
pub use remark::{Done, Remark};
