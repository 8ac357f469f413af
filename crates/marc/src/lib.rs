//! MARC records: read from what libraries really send, written by the letter.
//!
//! UNIMARC is what French libraries exchange, MARC21 most others; both travel in ISO 2709 or XML,
//! in one of four character sets. This crate turns bytes into [`Record`]s and back, and knows what
//! is where in them.
//!
//! It is **not** a catalogue: no matching, no index, no database. It has no socket, no clock and
//! no log. What was odd about a record comes back as a value beside it, for whoever imports it to
//! report.
//!
//! # The way of a record
//!
//! 1. [`iso2709::Reader`] cuts a file into records of bytes ([`RawRecord`]). A damaged one costs
//!    itself only. [`xml::Reader`] does the same for MARCXML and MarcXchange, where text is text.
//! 2. [`charset::TextReader`] decides which character set each is really in, and makes text of it.
//! 3. [`items::ItemProfile`] finds the copies, by the habits of the source; [`linked`] reads links
//!    to other records in either of their two forms.
//! 4. [`crosswalk`] turns UNIMARC and MARC21 into each other, and both into Dublin Core and MODS.
//! 5. [`charset::to_bytes`] and [`iso2709::encode`], or [`xml::Writer`], go the way back.
//!
//! # Lenient in, strict out
//!
//! Lengths lie, directories are off, labels name the wrong character set: all of this is read,
//! and each leniency is told. What is written is by the standard, or refused with an error. What
//! is lost in a conversion is told as well.
//!
//! # Example
//!
//! ```
//! use relire_marc::charset::{Charset, TextReader};
//! use relire_marc::items::ItemProfile;
//! use relire_marc::iso2709::{Reader, Warning};
//!
//! // The length is wrong, there is no label, and the accents stand before their letters.
//! let file = b"00999nam  2200073   450 001000500000200002300005995001500028\x1e\
//!     BM42\x1e1 \x1faLe r\xC2ev\xC8e d'\xC2et\xC2e\x1e  \x1ffA17\x1fkR REV\x1e\x1d";
//! let stored = Reader::new(file.as_slice()).next().unwrap()?;
//! assert!(stored.warnings.contains(&Warning::Length { declared: Some(999), found: file.len() }));
//!
//! let text = TextReader::default().read(&stored.record);
//! assert_eq!(text.decision.charset, Charset::Iso5426);
//! assert_eq!(text.record.first(b"200", b'a').unwrap(), "Le révë d'été");
//!
//! let items = ItemProfile::default().items(&text.record);
//! assert_eq!(items[0].barcode.as_deref(), Some("A17"));
//! # Ok::<(), relire_marc::iso2709::ReadError>(())
//! ```

#![forbid(unsafe_code)]

pub mod charset;
pub mod crosswalk;
pub mod iso2709;
pub mod items;
pub mod linked;
pub mod model;
pub mod xml;

pub use model::{
    Code, ControlField, DataField, Field, Format, Indicators, Leader, RawRecord, Record, Subfield,
    Tag,
};
