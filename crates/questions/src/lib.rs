//! What the two languages of searching mean here: RPN of Z39.50 and CQL of SRU, each into the one
//! tree of `query`.
//!
//! The table of [`INDEXES`] says which Bib-1 number and which CQL name looks where; both languages
//! read it, and both end in the same few lines that say what a condition means. So the same
//! question is the same [`query::Node`], whichever door it came by.
//!
//! It is **not** a parser (those are `z3950` and `cql`) and searches nothing (that is `catalogue`).
//! No I/O, no clock, no log.
//!
//! # What is meant where a language leaves it open
//!
//! * Several words without a structure have to be there, all of them, in any order.
//! * Records come by number; relevance only by relation 102 or the modifier `relevant`.
//! * Truncation of identifiers is ignored: clients truncate every ISBN, and mean one book.
//! * What nobody can have meant is refused, with the number that the standard has for it.
//!
//! # Example
//!
//! ```
//! use relire_questions as questions;
//! use z3950::{oid, pdu::query::{AttributeElement, AttributesPlusTerm, Rpn, RpnQuery, Term}, value::Oid};
//!
//! // @attr 1=4 @attr 4=1 "les misérables"
//! let attribute = |kind, value| AttributeElement { set: None, kind, numeric: Some(value), complex: None, unknown: vec![] };
//! let rpn = RpnQuery {
//!     attribute_set: Oid::of(oid::BIB_1),
//!     root: Rpn::Term(AttributesPlusTerm {
//!         attributes: vec![attribute(1, 4), attribute(4, 1)],
//!         term: Term::General("les misérables".into()),
//!     }),
//! };
//! let utf8 = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
//! let by_rpn = questions::rpn::node(&rpn, &utf8)?;
//!
//! let cql = cql::Query::parse(r#"dc.title adj "les misérables""#)?;
//! let by_cql = questions::cql::node(&cql)?;
//! assert_eq!(by_rpn, by_cql);
//! assert_eq!(by_rpn.to_string(), r#"title:"les misérables""#);
//!
//! let wrong = cql::Query::parse("dc.titel = dune")?;
//! let refused = questions::cql::node(&wrong).unwrap_err();
//! assert_eq!((refused.number, refused.details.as_str()), (16, "dc.titel"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod asked;
pub mod cql;
mod indexes;
mod masks;
pub mod rpn;
mod sets;

pub use indexes::{INDEXES, Index};
pub use sets::{ContextSet, SETS};
