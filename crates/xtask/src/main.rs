//! What a person types in this repository. Every command does its own set-up, so that a fresh
//! machine needs Rust and nothing else.
//!
//! All words of ours go to standard error: standard output belongs to what is run (the daemon's
//! ready line, the tests' own report).
#![forbid(unsafe_code)]

mod bench;
mod cargo;
mod checked_sql;
mod database;
mod demo;
mod fuzz;
mod left_out;
mod setup;
mod soak;
mod steps;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cargo::Workspace;

/// Runs, tests and measures Relire. Each command installs what it needs and says so.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the daemon and runs `relire demo` with these arguments
    Demo {
        /// Passed on, as `--sip2 127.0.0.1:0`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Runs every check: format, lints, tests, documentation, checked SQL, fuzz smoke
    Test {
        /// Leaves out documentation, checked SQL and fuzz smoke
        #[arg(long)]
        quick: bool,
    },
    /// Measures, as in `bench sip2` or `bench core`
    Bench {
        /// What to measure
        what: bench::What,
        /// Passed on
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Plays a day of all branches, kills daemon and database again and again, and compares with a plain model
    Soak {
        /// Passed on, as `--kills 1000 --seed 7`; `-- --help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Fuzzes one target, or each in turn
    Fuzz {
        /// A file in fuzz/fuzz_targets, without .rs
        target: Option<String>,
        /// For each target
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Renews crates/store/.sqlx, the query data that builds are checked against without a database
    SqlxPrepare,
}

fn main() -> ExitCode {
    private_postgres::become_keeper_if_asked();
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    match command {
        Command::Demo { arguments } => demo::run(&workspace, &arguments)?,
        Command::Bench { what, arguments } => bench::run(&workspace, what, &arguments)?,
        Command::Soak { arguments } => soak::run(&workspace, &arguments)?,
        Command::Test { quick } => return test::run(&workspace, quick),
        Command::Fuzz { target, seconds } => fuzz::run(&workspace, target.as_deref(), seconds)?,
        Command::SqlxPrepare => checked_sql::prepare(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
