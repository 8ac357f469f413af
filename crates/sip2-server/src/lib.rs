//! The SIP2 door: kiosks, gates and sorters ask, the desk answers.
//!
//! One connection is one [`Door::serve`]: it cuts the stream into messages, keeps the session's
//! state (who logged in, what was answered last), lets `desk` do the work and puts the answer into
//! the terminal's charset. Every rule of lending is the desk's, every byte of the wire is `sip2`'s;
//! here is what lies between: what a terminal may ask, and how an answer is told in SIP2's words.
//!
//! What it promises:
//! - before log-in there is no data: 93, 99 and 97 are answered, all else is refused;
//! - every failure is a legal answer of the code that the terminal waits for, and 98 and BX say
//!   `Y` only for what works and is allowed to this terminal;
//! - where it is not known whether something happened, the connection ends without an answer: a
//!   refusal is never said of what may have been done;
//! - a message that comes again after a lost answer gets that answer and is not done twice;
//! - everything is bounded: message, buffer, waiting, attempts;
//! - what a terminal may do and how it is spoken to are data ([`Manners`]) that may change at any moment; a message
//!   is answered under one set of them, and who may not be a terminal any more is hung up on, idle or not.
//!
//! It is **not** a listener (that is `listener`) and holds no SQL. Metrics are described in one
//! place, `counts`; install the recorder before [`Door::new`].
//!
//! ```no_run
//! # async fn example(desk: std::sync::Arc<desk::Desk>, shutdown: tokio_util::sync::CancellationToken) -> std::io::Result<()> {
//! use std::sync::Arc;
//! use relire_sip2_server::{Door, Origin, Settings};
//!
//! let door = Arc::new(Door::new(desk, Settings::default()));
//! let socket = tokio::net::TcpListener::bind("127.0.0.1:6001").await?;
//! listener::run(socket, listener::Limits::plain("sip2", Vec::new()), shutdown, move |connection| {
//!     let door = door.clone();
//!     let origin = Origin::plain(connection.peer.ip());
//!     async move { door.serve(connection.stream, origin, connection.shutdown).await }
//! })
//! .await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod admission;
mod bins;
mod connection;
mod counts;
mod door;
mod ending;
mod finish;
#[cfg(test)]
mod fixtures;
mod manners;
mod moment;
mod op;
mod origin;
mod profile;
mod pulse;
mod screen;
mod session;
mod settings;
mod throttle;
mod transcript;

pub use bins::sort_bin;
pub use door::Door;
pub use manners::{
    CertificateRule, CharsetName, DueDate, Extra, FineTemplate, Hidden, ItemTemplate, LineEnd,
    Manners, OffLine, Persons, Resend, SettingError, Spoken, parsed_setting, ready_made,
};
pub use origin::Origin;
pub use profile::MESSAGES;
pub use settings::Settings;
