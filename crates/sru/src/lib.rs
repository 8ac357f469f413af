//! SRU 1.1, 1.2 and 2.0, and OAI-PMH 2.0, on the wire.
//!
//! SRU is how other catalogues search a library over HTTP, OAI-PMH how they copy it. This crate
//! reads their requests (GET, POST, and SOAP 1.1 for SRU) into types, and writes the answers by
//! the schema of each version, as XML in a string.
//!
//! It is **not** a server and not a catalogue: no socket, no search, no clock. It does not know
//! which indexes exist; queries come out as a [`cql`] tree, records go in as a [`Fragment`].
//!
//! # The way of a request
//!
//! 1. [`request::read_form`] or [`request::read_soap`] gives a [`Request`], or a [`Refused`] that
//!    writes its own answer.
//! 2. Whoever serves it searches, and fills a [`SearchRetrieveResponse`], [`ScanResponse`] or
//!    [`ExplainResponse`].
//! 3. `to_xml` makes the document: version, namespaces, envelope, echo and warnings follow from
//!    the request.
//!
//! [`oai`] goes the same way. [`holdings`] makes ISO 20775 records.
//!
//! # What comes out is XML
//!
//! Whatever bytes came in. Characters that XML cannot hold are replaced, a stylesheet cannot end
//! its instruction, and records are checked before they are put into an answer.
//!
//! # Example
//!
//! ```
//! use relire_sru::{Fragment, Operation, Record, Schema, SearchRetrieveResponse, Settings, request};
//!
//! let settings = Settings::default();
//! let asked = b"version=1.2&operation=searchRetrieve&query=dc.title%3Dchat&recordSchema=DC";
//! let request = request::read_form(asked, &settings).expect("a good request");
//! let Operation::SearchRetrieve(search) = &request.operation else { panic!("a search") };
//! assert_eq!(search.query.to_string(), "dc.title = chat");
//! assert_eq!(search.schema, Schema::DC);
//!
//! let record = Fragment::new("<dc xmlns=\"info:srw/schema/1/dc-v1.1\"/>")?;
//! let answer = SearchRetrieveResponse {
//!     number_of_records: 2,
//!     records: vec![Record::new(1, search.schema, record)],
//!     ..SearchRetrieveResponse::default()
//! };
//! let xml = answer.to_xml(&request);
//! assert!(xml.contains("<sru:searchRetrieveResponse xmlns:sru=\"http://www.loc.gov/zing/srw/\">"));
//! assert!(xml.contains("<sru:nextRecordPosition>2</sru:nextRecordPosition>"));
//!
//! let refused = request::read_form(b"version=1.2&query=(chat", &settings).unwrap_err();
//! assert!(refused.to_xml().contains("<diag:uri>info:srw/diagnostic/1/13</diag:uri>"));
//! # Ok::<(), relire_sru::FragmentFault>(())
//! ```

#![forbid(unsafe_code)]

pub mod diagnostic;
pub mod form;
mod fragment;
pub mod holdings;
pub mod oai;
pub mod request;
pub mod response;
mod settings;
pub mod soap;
mod version;
mod xml;
pub mod zeerex;

pub use diagnostic::Diagnostic;
pub use fragment::{Fragment, FragmentFault};
pub use request::{Escaping, Explain, Operation, Refused, Request, Scan, SearchRetrieve};
pub use response::{
    ExplainResponse, Facet, FacetTerm, Precision, Record, RecordData, ScanResponse, ScanTerm,
    SearchRetrieveResponse, WhereInList,
};
pub use settings::{Schema, Settings};
pub use version::Version;
