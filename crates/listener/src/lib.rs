//! The front step that every door stands on: it accepts connections, keeps to limits, and drains.
//!
//! It knows bytes and addresses, and **no protocol**: what is done with a connection is the
//! caller's. It does not bind, either: the caller brings a bound listener, so that a test can take
//! port 0 and a daemon can say its addresses before it serves.
//!
//! What it promises:
//! - so many connections in all and so many a peer, the rest is closed at once;
//! - plain text reaches loopback and networks that the operator named, nobody else;
//! - dead peers are noticed (TCP keepalive), small answers leave at once (no Nagle);
//! - trouble with accepting slows down and never spins; a panic in one connection ends that one;
//! - at the end, connections finish what they are answering, until a deadline.
//!
//! ```
//! use relire_listener::{Limits, run};
//! use tokio::{io::AsyncWriteExt, net::TcpListener};
//! use tokio_util::sync::CancellationToken;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let listener = TcpListener::bind("127.0.0.1:0").await?;
//! let shutdown = CancellationToken::new();
//! # shutdown.cancel();
//! run(listener, Limits::plain("echo", Vec::new()), shutdown, |mut connection| async move {
//!     // The peer has gone: there is nobody to tell.
//!     let _ = connection.stream.write_all(b"hello\n").await;
//! })
//! .await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod census;
mod limits;
mod network;
mod pause;
mod run;
mod tune;

pub use census::neighbourhood;
pub use limits::{Limits, PlainPolicy};
pub use network::{Network, NetworkError, may_serve_plain};
pub use run::{Connection, run};
