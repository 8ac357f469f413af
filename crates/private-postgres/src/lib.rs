//! A private Postgres: finds the binaries, makes a cluster under a data folder, starts it when the
//! first command needs it and stops it when the last one is gone.
//!
//! It listens on a Unix socket in a folder that only its owner may enter, and nowhere else, so
//! there is no port to collide with and no password to manage. A small **keeper** process owns the
//! server (see [`open`]); commands come and go, crash or are killed, and the server follows them.
//!
//! It is not a pool, not a client and not a migration tool: it hands out a [`Lease`] whose
//! [`url`](Lease::url) any client understands. It never downloads anything, never runs Postgres as
//! root or `nobody`, and never touches a `postmaster.pid`. Linux only.
//!
//! ```standalone_crate
//! use relire_private_postgres as private_postgres;
//! # use std::{error::Error, fs, os::unix::fs::PermissionsExt};
//!
//! fn main() -> Result<(), Box<dyn Error>> {
//!     private_postgres::become_keeper_if_asked(); // the first line of main, always
//!
//!     let folder = tempfile::tempdir()?;
//! #   fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
//!     let lease = private_postgres::open(folder.path(), &private_postgres::Options::throw_away())?;
//!     assert!(lease.url("postgres").starts_with("postgres:///postgres?host=%2F"));
//!
//!     drop(lease); // the last user leaves: the keeper stops the server
//! #   assert!(private_postgres::wait_until_stopped(folder.path(), std::time::Duration::from_secs(60))?);
//!     Ok(())
//! }
//! ```
//!
//! # What lies in the folder
//!
//! Everything is under `<folder>/postgres`, mode 0700, owned by the user that the server runs as:
//!
//! | name | what |
//! | --- | --- |
//! | `data/` | the cluster; appears complete or not at all |
//! | `socket/` | the Unix socket, unless the path is too long ([`Lease::socket_dir`]) |
//! | `relire.conf`, `pg_hba.conf` | our settings, written anew at each start |
//! | `local.conf` | yours, if you make one: read after ours at the next start |
//! | `server.log`, `server.log.1` | what keeper and server say |
//! | `*.lock` | locks; their presence means nothing, only who holds them |
//!
//! # Under a service manager
//!
//! The keeper is apart from its callers' terminal but not from their service. A stop signal to all
//! of a service's processes reaches it too and takes the database from a daemon that still drains:
//! with systemd, set `KillMode=mixed`.
//!
//! # Who runs it
//!
//! Not root: yourself. Root: the owner of the data folder if that is a real account other than
//! root (so that an administrator may run a command on a service's folder), else user `postgres`.

mod account;
mod answer;
mod binaries;
mod error;
mod initialise;
mod keeper;
mod launch;
mod lease;
mod lock;
mod log;
mod open;
mod predecessor;
mod process;
mod reach;
mod report;
mod room;
mod server;
mod settings;
mod settle;
mod socket;
mod task;
mod users;
mod wait;

pub use binaries::{Binaries, MINIMUM_MAJOR, find_binaries};
pub use error::Error;
pub use launch::become_keeper_if_asked;
pub use lease::Lease;
pub use open::{Options, default_folder, open, wait_until_stopped};
