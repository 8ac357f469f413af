//! Relire: one daemon that speaks the library world's standards on one circulation core.
//!
//! `relire help` lists the commands; `README.md` shows the first two to type. This binary only composes:
//! the doors, the desk and the store are crates of their own (see `crates/README.md`).
#![forbid(unsafe_code)]

mod catalogue;
mod cli;
mod clock;
mod clockwork;
mod commands;
mod config;
mod database;
mod demo;
mod http;
mod machines;
mod ops;
mod ready;
mod serve;
mod telemetry;
mod tls;

use std::process::ExitCode;

fn main() -> ExitCode {
    // First of all: this process may have been started as the keeper of a private Postgres.
    private_postgres::become_keeper_if_asked();
    let command_line = cli::parse();
    match commands::run(command_line) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("relire: {error:#}");
            ExitCode::FAILURE
        }
    }
}
