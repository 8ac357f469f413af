//! Measures Relire against a peer or a limit in the same run: a ratio says more than a number of one machine.
//!
//! It is not a test: nothing here passes or fails. `cargo xtask bench sip2` runs it.
//!
//! ```sh
//! cargo run --release -p relire-bench -- sip2 --seconds 10
//! ```
#![forbid(unsafe_code)]

mod sip2;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The SIP2 door: the database's own best rate, the daemon's, and the codec beside a peer's.
    Sip2 {
        /// How long each rate is measured.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
        /// Only the codec.
        #[arg(long)]
        codec: bool,
    },
}

fn main() -> anyhow::Result<()> {
    private_postgres::become_keeper_if_asked();
    let What::Sip2 { seconds, codec } = CommandLine::parse().what;
    sip2::codec::run();
    if codec {
        return Ok(());
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(sip2::run(seconds))
}
