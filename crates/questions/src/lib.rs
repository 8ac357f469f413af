//! Questions of other systems, in the words of the one query tree: what Z39.50 asks in RPN with Bib-1 attributes, and SRU
//! in CQL, becomes a [`query::Node`].
//!
//! Both languages go by one table, [`INDEXES`], and one rule for what a term is, so they cannot disagree: the same question
//! is the same tree. What the tree cannot say is refused, with the diagnostic that the language has for it and the value
//! that was wrong.
//!
//! It is **not** a parser (that is the wires' crates) and searches nothing. It is pure: no index, no clock.
//!
//! ```
//! let query = relire_questions::cql::node(&::cql::Query::parse("dc.title all \"misérables hugo\" and bath.isbn = 2070408507")?)?;
//! assert_eq!(query.to_string(), "title/words:\"misérables hugo\" AND isbn:2070408507");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod cql;
mod indexes;
mod meaning;
pub mod rpn;

pub use indexes::{INDEXES, Index, by_name, by_use};

use query::AccessPoint;

/// Where somebody wants to look through a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanStart {
    /// Whose terms.
    pub access: AccessPoint,
    /// Whole fields, not words. Codes are always whole.
    pub whole: bool,
    /// Where to begin.
    pub term: String,
}
