//! The one query tree: what somebody asks of the catalogue, whichever door the question came by.
//!
//! Z39.50 (type-1), SRU (CQL) and the portal's box each translate into a [`Node`], and only a
//! [`Node`] is searched. So two doors cannot disagree about what a question means: they can only
//! put different questions.
//!
//! It is **not** a parser of CQL or RPN (those are the wires'), and it searches nothing (that is
//! `catalogue`). It knows no index, no clock and no socket.
//!
//! # What is here
//!
//! * [`Node`], [`Clause`] and their words: [`AccessPoint`], [`Relation`], [`Form`], [`Truncation`].
//! * [`Sort`]: the order that answers are wanted in.
//! * [`Limits`]: what a tree may cost before anybody looks at it.
//! * A short text form, written by `Display` and read by [`parse`](fn@parse): for logs, tests and `relire search`.
//! * [`simple`]: the one box of a portal, where anything that a person types is a question.
//!
//! # Example
//!
//! ```
//! use relire_query::{AccessPoint, Limits, Node, Relation, parse};
//!
//! let asked = parse("title:dune AND author:herbert NOT branch:LENS AND year:1999..2004")?;
//! Limits::default().check(&asked)?;
//! assert_eq!(asked.to_string(), "title:dune AND author:herbert NOT branch:LENS AND year:1999..2004");
//!
//! let Node::And(_, year) = &asked else { unreachable!() };
//! let Node::Clause(year) = year.as_ref() else { unreachable!() };
//! assert_eq!((year.access, year.relation), (AccessPoint::Year, Relation::Within));
//! assert_eq!(year.bounds(), Some(("1999", "2004")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod access;
mod clause;
mod display;
mod limits;
mod node;
mod order;
mod parse;
pub mod simple;
mod tokens;

pub use access::{AccessPoint, Nature, UnknownAccessPoint};
pub use clause::{Clause, Form, Relation, Truncation};
pub use limits::{LimitError, Limits};
pub use node::{Node, Proximity, Unit};
pub use order::{Sort, SortBy, SortKey};
pub use parse::{ParseError, parse};
