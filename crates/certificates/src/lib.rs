//! A small certificate authority for a network's terminals and for the daemon itself, and the TLS
//! settings that a door is opened with.
//!
//! - [`Authority`] lies in a folder as `ca.pem` and `ca.key`, is made there once, and issues
//!   certificates for clients (a name) and servers (DNS names and addresses).
//! - [`describe`] says what a certificate holds.
//! - [`server_config`] makes a `rustls::ServerConfig` of PEM files, its own or an operator's, and
//!   tells in words what is wrong with them.
//!
//! Keys are ECDSA P-256: small, quick, and read by every TLS 1.2 client of the last ten years.
//!
//! It is **not** a public authority: there are no requests, no revocation lists and no chains in
//! between. It knows no terminal and no database, has no clock (time is a parameter) and opens no
//! socket; the files that it is told to read and write are its only contact with the outside.
//!
//! ```
//! use relire_certificates::{Authority, PemFile, describe, server_config};
//! use secrecy::ExposeSecret;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let now: jiff::Timestamp = "2026-07-01T08:00:00Z".parse()?;
//!
//! let authority = Authority::open_or_create(folder.path(), "Réseau de lecture publique", now)?;
//! let kiosks = authority.issue_client("LENS-automates", now, 730)?;
//! assert_eq!(describe(&kiosks.certificate_pem)?.subject, "CN=LENS-automates");
//!
//! let own = authority.issue_server(&["sip2.example.org", "10.1.0.5"], now, 90)?;
//! let config = server_config(
//!     &PemFile::new("server.pem", own.certificate_pem),
//!     &PemFile::new("server.key", own.key_pem.expose_secret()),
//!     &[authority.root()],
//!     now,
//! )?;
//! assert!(config.alpn_protocols.is_empty());
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod authority;
mod describe;
mod folder;
mod issue;
mod moment;
mod names;
mod pem_file;
mod server_config;

pub use authority::{Authority, AuthorityError};
pub use describe::{DescribeError, Described, describe};
pub use issue::{IssueError, Issued};
pub use names::NameError;
pub use pem_file::PemFile;
pub use server_config::{ConfigError, server_config};
