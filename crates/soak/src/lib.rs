//! A day of a network's kiosks with bad luck: lines that break, a daemon and a database that are killed at any moment,
//! and terminals that ask again until they are answered. A plain model is told only what was sent and what was
//! answered; at every stop and at the end the database must be what the model says.
//!
//! It drives the real daemon from outside, over SIP2, on a Postgres of its own. It is not a load generator (`bench`
//! measures), and it knows no rule that the plan does not meet: the rules have properties of their own.
//!
//! A seed is a plan: who asks what, what breaks, and when somebody is killed. How far each terminal has come at such a
//! moment is the machine's affair and another one each time; what must hold is not.
//!
//! ```no_run
//! use relire_soak::{Options, run};
//! let summary = run(&Options { kills: 30, ..Options::default() }, &mut |line| eprintln!("{line}"))?;
//! assert_eq!(summary.daemon_kills, 30);
//! # Ok::<_, anyhow::Error>(())
//! ```
#![forbid(unsafe_code)]

mod accidents;
mod ask;
mod check;
mod crowd;
mod day;
mod fixture;
mod judge;
mod library;
mod life;
mod line;
mod lot;
mod options;
mod order;
mod plan;
mod seat;
mod step;
mod summary;
mod told;
mod words;
mod world;

pub use day::run;
pub use options::{Options, Size};
pub use summary::Summary;
