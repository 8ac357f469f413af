//! The Z39.50 door: other catalogues search the network's.
//!
//! One connection is one association, [`Door::serve`]: it cuts the stream into PDUs, remembers what Init agreed on and the
//! result sets, lets `desk` search and writes the answer. What the bytes mean is `z3950`'s, what a question means is
//! `questions`', what a record is in MARC21, Dublin Core or MODS is `marc`'s.
//!
//! What it promises:
//! - what cannot be served is refused by the diagnostic that Bib-1 has for it, with the value that was wrong; what cannot
//!   be read ends the association with a Close that says why;
//! - a record that cannot be had is a diagnostic in its place, and the others come;
//! - everything is bounded: a request's bytes and depth, an answer's bytes, the result sets of an association, the time of
//!   a client that does not read;
//! - where copies are is asked of the database at that moment, never of the index; no reader is in any answer.
//!
//! It is **not** a listener (that is `listener`) and holds no SQL and no index of its own.
//!
//! ```no_run
//! # async fn example(finder: desk::Finder, shutdown: tokio_util::sync::CancellationToken) -> std::io::Result<()> {
//! use std::sync::Arc;
//! use relire_z3950_server::{Door, Settings};
//!
//! let door = Arc::new(Door::new(finder, Settings::default()));
//! let socket = tokio::net::TcpListener::bind("127.0.0.1:2100").await?;
//! listener::run(socket, listener::Limits::open("z3950"), shutdown, move |connection| {
//!     let door = door.clone();
//!     let standing = connection.standing.clone();
//!     async move { door.serve(connection.stream, move || standing.recognised(), connection.shutdown).await }
//! })
//! .await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod connection;
mod counts;
mod door;
mod op;
mod opac;
mod record;
mod refused;
mod session;
mod sets;
mod settings;
mod sutrs;

pub use door::Door;
pub use settings::{Database, RecordCharset, Settings};
