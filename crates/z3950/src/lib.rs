//! Z39.50 (ISO 23950) as BER and typed PDUs, for both sides.
//!
//! Not a server and not a client: no socket, no clock, no log. [`frame::Scanner`] finds where a
//! PDU ends, [`Pdu::decode`] reads it, [`Pdu::encode`] writes it. Reading is lenient: elements in
//! any order, unknown ones kept, indefinite lengths. Writing uses definite lengths.
//!
//! ```
//! use relire_z3950::{Pdu, ber::Limits};
//! let close = bytes::Bytes::from_static(&[0xbf, 0x30, 0x05, 0x9f, 0x81, 0x53, 0x01, 0x00]);
//! let Pdu::Close(read) = Pdu::decode(&close, Limits::default())? else { panic!("a Close") };
//! assert_eq!(read.reason, 0);
//! # Ok::<(), relire_z3950::error::Error>(())
//! ```
#![forbid(unsafe_code)]

pub mod ber;
pub mod error;
pub mod frame;
pub mod oid;
pub mod pdu;
pub mod value;

pub use pdu::Pdu;
