//! CQL, the Contextual Query Language: versions 1.1, 1.2 and 2.0, level 2.
//!
//! CQL is what SRU searches in, and one of the languages of Z39.50 (type-104). This crate reads a
//! query into a [`Query`], writes it back in one canonical form, and writes XCQL, the same as XML.
//!
//! It is **not** a search engine: it knows no index and no context set. Whether `dc.title` exists
//! here, and what `any` does, is for whoever runs the query to say. No I/O, no clock, no log.
//!
//! # One grammar for three versions
//!
//! 1.2 added `sortBy` and `==` to 1.1, and 2.0 changed words, not syntax. What is valid in one is
//! read alike in the others, so nobody has to say which they mean. Where a keyword cannot stand it
//! is a term: `and and sortby` finds two words.
//!
//! # Bounded
//!
//! A query is read in one pass, without recursion. [`Limits`] say how long, deep and wide it may
//! be; beyond is a [`CqlError`] with the number of the SRU diagnostic that fits. The tree is a
//! list of nodes, so neither walking nor dropping it needs a stack as deep as it is.
//!
//! # Example
//!
//! ```
//! use relire_cql::{Node, Operator, Query};
//!
//! let query = Query::parse(r#"dc.title any/stem "noël neige" AND dc.date >= 2001 sortby dc.date/sort.descending"#)?;
//!
//! // Operands come before what joins them: a stack is all that is needed.
//! let mut stack = Vec::new();
//! for (_, node) in query.nodes() {
//!     match node {
//!         Node::Clause(clause) => stack.push(format!("{}", clause.term)),
//!         Node::Boolean(join) => {
//!             let (right, left) = (stack.pop().unwrap(), stack.pop().unwrap());
//!             assert_eq!(join.boolean.operator, Operator::And);
//!             stack.push(format!("({left} & {right})"));
//!         }
//!         Node::Scope(_) => {}
//!     }
//! }
//! assert_eq!(stack, [r#"("noël neige" & 2001)"#]);
//! assert_eq!(
//!     query.to_string(),
//!     r#"dc.title any/stem "noël neige" and dc.date >= 2001 sortBy dc.date/sort.descending"#,
//! );
//!
//! let error = Query::parse("dc.title = (").unwrap_err();
//! assert_eq!(error.diagnostic(), 10);
//! # Ok::<(), relire_cql::CqlError>(())
//! ```

#![forbid(unsafe_code)]

mod display;
mod error;
mod lexer;
mod limits;
mod name;
mod parser;
mod proximity;
mod query;
mod relation;
mod term;
pub mod xcql;

#[cfg(test)]
mod cases;

pub use error::{CqlError, Fault};
pub use limits::Limits;
pub use name::Name;
pub use proximity::{Ordering, Proximity, ProximityFault, Unit};
pub use query::{Boolean, Clause, Join, Node, NodeId, Operator, Prefix, Query, Scope, SortKey};
pub use relation::{Comparison, Modifier, Relation, RelationKind, Symbol};
pub use term::{Piece, Term};
