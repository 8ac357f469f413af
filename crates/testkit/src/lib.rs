//! What tests stand on: a throw-away Postgres, a database of one's own in a tenth of a second, the real daemon
//! on free ports, and small builders.
//!
//! Nothing here is for production. The cluster lives as long as the test process and is gone with it, however
//! that ends.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use relire_testkit::{Database, Town};
//! let database = Database::network().await?;
//! let town = Town::new(&database).await?;
//! let reader = town.reader("ADU", "LENS").await?;
//! let book = town.item("LIV", "LENS").await?;
//! assert!(town.lend(&reader, &book).await?.outcome.is_ok());
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

mod cluster;
mod core;
mod daemon;
mod database;
mod mark;
mod mortal;
mod relay;
mod town;
mod until;
mod wire;

pub use self::core::{CoreCommand, Scene};
pub use cluster::Cluster;
pub use daemon::{CLOCK, Daemon, binary};
pub use database::Database;
pub use mark::Mark;
pub use mortal::{MortalCluster, Strike};
pub use relay::{Relay, Seen};
pub use town::{Reader, Town};
pub use until::{SOON, until};
pub use wire::{Wire, field, protected};
