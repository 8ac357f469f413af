//! Requests, as they came and as they are meant.

mod facets;
mod known;
mod numbers;
mod read;
mod refused;
mod sort;

pub use facets::{FacetOrder, FacetRange, Facets, PerIndex};
pub use read::{read_form, read_soap};
pub use refused::Refused;
pub use sort::{Missing, SortKey};

use crate::{Diagnostic, Schema, Version};

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The version that it is answered in.
    pub version: Version,
    /// Whether it came in a SOAP envelope, and is answered in one.
    pub envelope: bool,
    /// Explain, searchRetrieve or scan.
    pub operation: Operation,
    /// A path on this server: written before the answer's root.
    pub stylesheet: Option<String>,
    /// The media type that is wanted, in 2.0.
    pub http_accept: Option<String>,
    /// What does not stop an answer, and is told in it.
    pub warnings: Vec<Diagnostic>,
    /// Names and values as they came, extensions (`x-…`) among them.
    pub parameters: Vec<(String, String)>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Says what the server can do. Never refused: it is how a client finds out.
    Explain(Explain),
    /// Searches, and answers records.
    SearchRetrieve(Box<SearchRetrieve>),
    /// Lists the terms of an index.
    Scan(Box<Scan>),
}

/// *SRU 1.2 «Explain»; SRU 2.0, section 4.3*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explain {
    /// How the record is put into the answer.
    pub escaping: Escaping,
}

/// *SRU 1.2 «SearchRetrieve»; SRU 2.0, section 2*.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRetrieve {
    /// The query.
    pub query: cql::Query,
    /// The place of the first record that is wanted, from 1.
    pub start_record: u64,
    /// How many records, within the server's limit; 0 asks for the number of hits alone.
    pub maximum_records: u32,
    /// What records are wanted in.
    pub schema: Schema,
    /// How records are put into the answer.
    pub escaping: Escaping,
    /// Whether the server is asked to take records out of their wrapping, in 2.0.
    pub unpacked: bool,
    /// Seconds that the result should be kept; a wish.
    pub result_set_ttl: Option<u32>,
    /// The sort keys of 1.1 and 2.0; empty when the query has its own, which prevail.
    pub sort_keys: Vec<SortKey>,
    /// What to count, in 2.0.
    pub facets: Facets,
}

/// *SRU 1.2 «Scan»; OASIS searchRetrieve 1.0, part 6*.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// One search clause: index and relation to scan, term to begin at. It is
    /// [`clause`](Self::clause) that is needed of it.
    pub query: cql::Query,
    /// Where in the answer that term should stand, from 1; 0 for just before the first.
    pub response_position: u32,
    /// How many terms, within the server's limit.
    pub maximum_terms: u32,
}

impl SearchRetrieve {
    /// Diagnostic 61 when so many were found and the first record that is wanted lies behind
    /// them. Of nothing found, the first record is no mistake.
    pub fn out_of_range(&self, found: u64) -> Option<Diagnostic> {
        (self.start_record > found.max(1)).then(|| Diagnostic::bare(61))
    }
}

impl Scan {
    /// The clause to scan from.
    pub fn clause(&self) -> Option<&cql::Clause> {
        self.query.clauses().next()
    }
}

/// How a record stands in an answer: `recordPacking` in 1.x, `recordXMLEscaping` in 2.0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Escaping {
    /// As elements among the others.
    #[default]
    Xml,
    /// As text, its marks escaped.
    String,
}

impl Escaping {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::String => "string",
        }
    }
}

impl Request {
    /// Extensions that came with it: names that begin with `x-`, as often as they came.
    pub fn extensions(&self) -> impl Iterator<Item = (&str, &str)> {
        (self.parameters.iter())
            .filter(|(name, _)| is_extension(name))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

pub(crate) fn is_extension(name: &str) -> bool {
    name.get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-"))
}

/// Which operation, before anything else is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `explain`
    Explain,
    /// `searchRetrieve`
    SearchRetrieve,
    /// `scan`
    Scan,
}
