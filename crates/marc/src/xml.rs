//! Records in XML: MARCXML («slim», Library of Congress) and MarcXchange (ISO 25577).
//!
//! Both have the same elements in different namespaces. MARCXML is made for MARC21 and forbids
//! what UNIMARC is full of (leaders that end in `450 `, `|` as an indicator); MarcXchange takes
//! any record that ISO 2709 can hold, so it is the form for UNIMARC.
//!
//! [`Reader`] goes by local names, whatever the namespace, and holds one record at a time.
//! Document types, and entities besides the five of XML, are refused.
//!
//! ```
//! use relire_marc::xml::{Dialect, Form, Reader, Writer};
//! use relire_marc::{DataField, Leader, Record};
//!
//! let mut record = Record::new(Leader::UNIMARC);
//! record.push(DataField::new(b"200", b"1 ").with(b'a', "Noël & Cie"));
//! let mut writer = Writer::new(Vec::new(), Dialect::MarcXchange, Form::Valid)?;
//! assert!(writer.write(&record)?.is_empty(), "nothing had to be changed");
//! let document = writer.finish()?;
//!
//! let read: Vec<_> = Reader::new(document.as_slice()).collect::<Result<_, _>>()?;
//! assert_eq!(read[0].record, record);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod budget;
mod element;
mod error;
mod reader;
mod valid;
mod writer;

pub use error::{XmlError, XmlFault, XmlWarning};
pub use reader::{Reader, XmlRecord};
pub use valid::Change;
pub(crate) use writer::escape;
pub use writer::{Dialect, Form, Writer, to_string};

#[cfg(test)]
mod tests;
