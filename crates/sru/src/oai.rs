//! OAI-PMH 2.0: how others copy the catalogue, and what changed in it since.
//!
//! *The Open Archives Initiative Protocol for Metadata Harvesting, 2.0, 2002-06-14*. It shares
//! with SRU how parameters come and how XML is written, and nothing else.
//!
//! ```
//! use jiff::Timestamp;
//! use relire_sru::oai::{self, Answer, Header, ListedRecord, Tokens, Verb};
//! use relire_sru::Fragment;
//!
//! let tokens = Tokens::new("index 7");
//! let request = oai::read(b"verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01", &tokens);
//! let Ok(Verb::ListRecords(selection)) = &request.verb else { panic!("a list") };
//! assert_eq!(selection.from.unwrap().to_string(), "2026-01-01T00:00:00Z");
//!
//! let changed: Timestamp = "2026-03-04T05:06:07Z".parse()?;
//! let record = ListedRecord {
//!     header: Header { identifier: "oai:relire:42".into(), datestamp: changed, sets: vec![], deleted: false },
//!     metadata: Some(Fragment::new("<dc xmlns=\"u:dc\"/>")?),
//! };
//! let next = tokens.next(&request, "42", 1, Some(2));
//! let answer = Answer::Records(vec![record], next);
//! let xml = answer.to_xml(&request, "https://example.org/oai", changed);
//! assert!(xml.contains("<datestamp>2026-03-04T05:06:07Z</datestamp>"));
//! assert!(xml.contains("<resumptionToken completeListSize=\"2\" cursor=\"0\">"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod dates;
mod request;
mod token;

#[cfg(test)]
mod tests;

pub use answer::{Answer, DeletedRecords, Format, Header, Identify, ListedRecord, SetInfo};
pub use dates::datestamp;
pub use request::{Cursor, OaiError, Problem, Request, Selection, Verb, read};
pub use token::{Next, Tokens};
