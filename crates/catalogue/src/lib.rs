//! The only index of the catalogue: documents in, questions answered.
//!
//! Postgres holds the truth; this is a copy of it in the shape that questions need, made by
//! [tantivy](https://docs.rs/tantivy), fed in the order of a change feed and thrown away without
//! loss. Every door's question arrives as a [`query::Node`].
//!
//! It is **not** a database: who may see what, what is on the shelf now, who waits for it, is not
//! here. It reads no clock and no network; it knows no Postgres.
//!
//! # What is here
//!
//! * [`Catalogue`]: open, search, scan, suggest, correct. [`Writer`]: put, delete, commit.
//! * [`Document`]: what goes in. [`FeedPosition`]: how far the feed was read, kept in the commit.
//! * [`analysis`]: how text is made comparable; everybody who compares may use it.
//!
//! # Example
//!
//! ```
//! use marc::{DataField, Leader, Record};
//! use relire_catalogue::{Catalogue, Document, FeedPosition, SearchOptions};
//!
//! let mut record = Record::new(Leader::UNIMARC);
//! record.push(DataField::new(b"200", b"1 ").with(b'a', "Les misérables").with(b'f', "Victor Hugo"));
//! let document = Document {
//!     bib: 7, record, others: vec![], copies: vec![], changed: "2026-03-01T10:00:00Z".parse()?,
//! };
//!
//! let catalogue = Catalogue::in_memory()?;
//! let mut writer = catalogue.writer(15_000_000, 1)?;
//! writer.put(&document)?;
//! let position = FeedPosition { identity: [7; 16], xid: 42, seq: 1 };
//! writer.commit(position)?;
//!
//! assert_eq!(catalogue.position()?, Some(position));
//! let asked = query::parse("title:misérable AND hugo")?;
//! assert_eq!(catalogue.search(&asked, &SearchOptions::default())?.hits[0].bib, 7);
//! assert_eq!(catalogue.record(7)?.as_ref(), Some(&document.record));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod analysis;
mod catalogue;
mod document;
mod entries;
mod error;
mod facts;
mod plan;
mod scan;
mod schema;
mod search;
mod set;
mod stored;
mod suggest;
mod tokens;
mod writer;

pub use catalogue::Catalogue;
pub use document::{Copy, Document, FeedPosition};
pub use error::{Error, QuestionError};
pub use facts::Facts;
pub use plan::Sets;
pub use query::{Sort, SortBy, SortKey};
pub use scan::{MOST_TERMS, Scan, ScanForm, ScanTerm};
pub use search::{
    Answer, Effort, Facet, FacetCounts, FacetValue, Filter, Hit, MOST_HITS, SearchOptions,
};
pub use set::BibSet;
pub use suggest::Suggestion;
pub use writer::Writer;
