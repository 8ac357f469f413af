//! The NCIP door: partner systems ask, the desk answers.
//!
//! A document comes over HTTP, HTTPS ([`router`]) or raw TCP ([`Door::serve`]); it is read by `ncip`, its partner is
//! found, `desk` does the work, and the answer goes back in the partner's version and form. Every rule of lending is the
//! desk's, every element of the wire is `ncip`'s; here is what lies between: who a partner is, what it may ask and hear,
//! and how an answer is told in NCIP's words.
//!
//! What it promises:
//! - every document gets an answer, in the element that its sender waits for wherever that can be seen, and every
//!   problem has one of the standard's types, with the rule and the way to it in its detail;
//! - the same message again changes nothing: it gets the answer of the first;
//! - where it is not known whether something happened, the connection ends without an answer;
//! - who a partner is, what it may ask for and how it is spoken to are data ([`Manners`]), changed at run time;
//! - a reader's data go over TLS, loopback, or networks that the operator named; secrets are in no log and no answer;
//! - everything is bounded: bytes, depth, time, questions at once, wrong passwords.
//!
//! It is **not** a listener (that is `listener`), holds no SQL, and never asks anybody anything by itself. Install the
//! metrics recorder before [`Door::new`].
//!
//! ```no_run
//! # async fn example(desk: std::sync::Arc<desk::Desk>, shutdown: tokio_util::sync::CancellationToken) -> std::io::Result<()> {
//! use std::sync::Arc;
//! use relire_ncip_server::{Door, Origin, Settings};
//!
//! let door = Arc::new(Door::new(desk, Settings::default()));
//! let http = relire_ncip_server::router(door.clone());
//! let socket = tokio::net::TcpListener::bind("127.0.0.1:3001").await?;
//! listener::run(socket, listener::Limits::plain("ncip", Vec::new()), shutdown, move |connection| {
//!     let door = door.clone();
//!     let origin = Origin::plain(connection.peer.ip());
//!     async move { door.serve(connection.stream, origin, || {}, connection.shutdown).await }
//! })
//! .await;
//! # drop(http);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod body;
mod counts;
mod door;
mod manners;
mod memory;
mod op;
mod origin;
mod partner;
mod problem;
mod router;
mod settings;
mod socket;
mod throttle;
mod told;
mod transcript;

pub use door::{Door, Outcome};
pub use manners::{
    Authentication, BarcodeFrom, Element, Manners, NotLent, Persons, PrefixRule, Protocol,
    SERVICES, SettingError, Spoken, parsed_setting, ready_made,
};
pub use origin::Origin;
pub use router::router;
pub use settings::Settings;
