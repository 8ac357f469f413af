//! 3M SIP2, version 2.00, as bytes and as typed messages.
//!
//! SIP2 is what self-service kiosks, security gates and sorters speak to a library system. This
//! crate knows how its messages are framed, checked, read, written and shown, on both sides: a
//! server reads [`messages::Request`]s and writes [`messages::Response`]s, a kiosk the other way
//! round.
//!
//! It is **not** a server and not a client: no socket, no clock, no thread, no log. Bytes come in,
//! values come out, and time is something that you put into a message.
//!
//! # The way of a message
//!
//! 1. [`frame::Framer`] cuts the stream into frames, whatever the terminators.
//! 2. [`Message::decode`] splits a frame losslessly and checks its checksum. Nothing is judged:
//!    unknown codes and unknown fields survive and are sent on as they came.
//! 3. [`messages::Request::parse`] gives the typed message, reading text in the terminal's
//!    [`Charset`].
//! 4. A response's `to_message` and [`Message::encode`] go the way back.
//!
//! [`transcript`] shows a message in a log without secrets, and [`spec`] is the standard itself:
//! every message and every field id beside the name that it has here.
//!
//! # Lenient in, strict out
//!
//! Real terminals leave out required fields, forget the last `|`, double it, add line feeds, send
//! blank dates. All of this is read. What is written is always by the letter: required fields in
//! the order of the standard, dates of 18 characters, three-digit languages, checksums over the
//! bytes that are sent.
//!
//! # Example
//!
//! ```
//! use bytes::BytesMut;
//! use relire_sip2::frame::{Framed, Framer, Limits, Terminator};
//! use relire_sip2::messages::{CheckoutResponse, Request};
//! use relire_sip2::value::SipDate;
//! use relire_sip2::{Charset, Message};
//!
//! let mut received = BytesMut::from(
//!     "11YN20261122    153030                  AOCAGL|AA0123456789|AB3001234|AC|AD1234|BON|BIN|AY4AZEB0D\r",
//! );
//! let mut framer = Framer::new(Limits::default());
//! let Some(Framed::Message(frame)) = framer.next(&mut received) else { panic!("one whole message") };
//!
//! let message = Message::decode(frame)?;
//! let Request::Checkout(checkout) = Request::parse(&message, Charset::Utf8)? else { panic!("an 11") };
//! assert_eq!(checkout.barcode, "3001234");
//! assert_eq!(format!("{:?}", checkout.pin), "Some(Secret)");
//!
//! let answer = CheckoutResponse {
//!     institution: "CAGL".into(),
//!     card: checkout.card,
//!     barcode: checkout.barcode,
//!     title: "Le Horla".into(),
//!     transaction_date: SipDate::parse(b"20261122    153030"),
//!     screen_messages: vec!["Ce document est réservé.".into()],
//!     ..CheckoutResponse::default()
//! };
//! let mut sent = BytesMut::new();
//! answer.to_message(Charset::Cp850).encode(&mut sent, message.error_detection);
//! Terminator::Cr.put(&mut sent);
//! assert!(sent.starts_with(b"120NUN20261122    153030AOCAGL|AA0123456789|AB3001234|AJLe Horla|AH|AF"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod charset;
pub mod frame;
pub mod message;
pub mod messages;
pub mod spec;
pub mod transcript;
pub mod value;

pub use charset::Charset;
pub use message::{DecodeError, ErrorDetection, Field, Message};
pub use spec::{Code, FieldId};
