//! The files that describe a network, read as typed data.
//!
//! A network folder holds the branches, their opening hours and closures, the patron categories,
//! the document types and the loan rules, as CSV and TOML that librarians can edit. This crate
//! reads them whole, checks them against each other, and tells everything that is wrong in one
//! go: file, line, column, value and what to write instead.
//!
//! It decides nothing (that is `circulation`) and stores nothing (that is `store`). Reading the
//! folder is its only contact with the outside.
//!
//! ```
//! use relire_network::Network;
//!
//! // Folder or embedded text: the same reading. Here most files are missing.
//! let network = Network::from_files(|name| match name {
//!     "branches.csv" => Some("code,commune\nLENS,Lens\n".to_owned()),
//!     _ => None,
//! });
//! let problems = network.unwrap_err().to_string();
//! assert!(problems.contains("branches.csv: the column name is missing"));
//! assert!(problems.contains("rules.toml"));
//! ```
#![forbid(unsafe_code)]

mod branches;
mod calendar;
mod categories;
mod documents;
mod error;
mod folder;
mod rules;
mod sizes;
mod table;

pub use branches::BranchRecord;
pub use error::{NetworkError, Problem};
pub use folder::Network;
pub use rules::read_policy;
pub use sizes::{BranchSize, Size};
