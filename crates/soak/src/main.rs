//! `cargo xtask soak` runs it: a day of the network's kiosks, with kills, against a plain model.
//!
//! ```sh
//! cargo run --release -p relire-soak -- --kills 1000 --seed 7
//! ```
#![forbid(unsafe_code)]

use std::{process::ExitCode, time::Duration};

use clap::Parser;
use relire_soak::{Options, Size, run};

/// A day of 27 branches, with failures, against a plain model.
#[derive(Parser)]
#[command(name = "cargo xtask soak", bin_name = "cargo xtask soak")]
struct CommandLine {
    /// The plan comes from it: the same seed, the same plan
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often the daemon is killed; the database each twenty-fifth time
    #[arg(long, default_value_t = 200)]
    kills: usize,
    /// So many steps, with the kills spread over them
    #[arg(long)]
    steps: Option<usize>,
    /// Goes on for so long, with as many kills as come
    #[arg(long)]
    minutes: Option<u64>,
    /// Terminals
    #[arg(long, default_value_t = 80)]
    terminals: usize,
    /// Nobody goes on alone when the line is down
    #[arg(long)]
    no_offline: bool,
    /// Terminals whose line broke ask again at once, while their first question may still be on its way
    #[arg(long)]
    impatient: bool,
}

#[expect(clippy::print_stdout, reason = "the summary is this program's output")]
fn main() -> ExitCode {
    let asked = CommandLine::parse();
    let usual = Options::default();
    let options = Options {
        seed: asked.seed,
        kills: asked.kills,
        steps: asked.steps,
        time: asked
            .minutes
            .map(|minutes| Duration::from_secs(60 * minutes)),
        size: Size {
            terminals: asked.terminals,
            ..usual.size
        },
        offline: !asked.no_offline,
        impatient: asked.impatient,
    };
    match run(&options, &mut |line| eprintln!("{line}")) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("soak: {error:#}");
            ExitCode::FAILURE
        }
    }
}
