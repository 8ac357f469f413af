//! Measures Relire against a peer or a limit in the same run: a ratio says more than a number of one machine.
//!
//! It is not a test: nothing here passes or fails. `cargo xtask bench` with `core`, `sip2`, `ncip`, `idle`, `search` or `staff` runs it.
//!
//! ```sh
//! cargo run --release -p relire-bench -- sip2 --seconds 10
//! ```
#![forbid(unsafe_code)]

mod core;
mod http;
mod idle;
mod ncip;
mod search;
mod sip2;
mod staff;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every command of the core, alone: round trips, statements, commits, flushes, time.
    Core,
    /// The SIP2 door: the database's own best rate, the daemon's, and the codec beside a peer's.
    Sip2 {
        /// How long each rate is measured.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
        /// Only the codec.
        #[arg(long)]
        codec: bool,
    },
    /// The same loans and returns by SIP2 and by NCIP, over HTTP and raw TCP.
    Ncip {
        /// How long each door has its turn.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
    },
    /// Terminals that are connected in TLS and silent: their memory, and what those at work feel of them.
    Idle {
        /// How many.
        #[arg(long, default_value_t = 5000)]
        terminals: usize,
        /// How long the others work, alone and beside them.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
    },
    /// Searching over Z39.50 and SRU, beside Zebra with the same records.
    Search(search::Options),
    /// Every staff page and every read of the API, on 500,000 items.
    Staff(staff::Options),
}

fn main() -> anyhow::Result<()> {
    private_postgres::become_keeper_if_asked();
    let what = CommandLine::parse().what;
    if let What::Sip2 { .. } = what {
        sip2::codec::run();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    match what {
        What::Idle { terminals, seconds } => runtime.block_on(idle::run(terminals, seconds)),
        What::Staff(options) => runtime.block_on(staff::run(options)),
        What::Search(options) => runtime.block_on(search::run(options)),
        What::Ncip { seconds } => runtime.block_on(ncip::run(seconds)),
        What::Core => runtime.block_on(core::run()),
        What::Sip2 { codec: true, .. } => Ok(()),
        What::Sip2 { seconds, .. } => runtime.block_on(sip2::run(seconds)),
    }
}
