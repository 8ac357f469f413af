//! The front step that every door stands on: it accepts connections, in plain text or TLS, keeps to
//! limits, and drains.
//!
//! It knows bytes, addresses and certificates, and **no protocol**: what is done with a connection
//! is the caller's, and so is the question whose certificate it is and whether it was revoked. It
//! does not bind, either: the caller brings a bound listener, so that a test can take port 0 and a
//! daemon can say its addresses before it serves.
//!
//! What it promises:
//! - plain text reaches loopback and networks that the operator named, nobody else; all others get
//!   TLS or nothing ([`Access`]);
//! - a client's certificate was good **when this connection began**, resumed sessions too
//!   ([`ClientCertificate`]);
//! - so many connections in all, and of those whom no door has recognised yet ([`Standing`]) so
//!   many in all and of one peer; the rest is closed at once;
//! - behind a proxy that the operator named (PROXY protocol v2), all this goes by the real address;
//! - a handshake takes ten seconds at most, and a flood of them leaves the processor to those at
//!   work;
//! - other settings of TLS serve new connections, without a restart ([`Tls::replace`]);
//! - dead peers are noticed (TCP keepalive), small answers leave at once (no Nagle);
//! - trouble with accepting slows down and never spins; a panic in one connection ends that one; a
//!   flood does not fill the log;
//! - at the end, connections finish what they are answering, until a deadline.
//!
//! An idle connection costs about 3 kB in plain text and 12 kB in TLS: `examples/idle_memory.rs` measures it.
//!
//! Metrics, each by `door`: `relire_listener_open`, `_nameless`, `_accepted_total`,
//! `_refused_total` (by `reason`), `_handshakes_total` (by `kind`: `full`, `resumed`),
//! `_handshakes_failed_total` (by `reason`), `_accept_errors_total`, `_panics_total`.
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
//! // With `Limits::encrypted("echo", tls)` the same door speaks TLS.
//! run(listener, Limits::plain("echo", Vec::new()), shutdown, |mut connection| async move {
//!     // The peer has gone: there is nobody to tell.
//!     let _ = connection.stream.write_all(b"hello\n").await;
//! })
//! .await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod arrival;
mod census;
mod certificate;
mod failure;
mod files;
mod hush;
mod limits;
mod network;
mod pause;
pub mod proxy;
mod run;
mod stream;
mod tls;
mod tune;
mod turns;

pub use census::{Standing, neighbourhood};
pub use certificate::{ClientCertificate, Secured};
pub use files::{connections_within, raise_open_files};
pub use limits::{Access, Limits};
pub use network::{Network, NetworkError, may_serve_plain};
pub use run::{Connection, run};
pub use stream::Stream;
pub use tls::Tls;
