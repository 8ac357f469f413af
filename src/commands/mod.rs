//! The commands, one file each.

mod catalogue;
mod check_config;
mod demo;
mod dialogue;
mod doctor;
mod import;
mod kiosk;
mod list;
mod partner;
mod patrons;
mod policy;
mod search;
mod serve;
mod terminal;
mod terminals;
mod union;
mod user;
mod why;

pub(crate) use terminal::record_certificate;

use std::process::ExitCode;

use anyhow::Context;
use jiff::tz::TimeZone;

use crate::{
    cli::{Addresses, Command, CommandLine, Common, Export},
    clock::clock,
    config::Config,
    database::{self, Database},
    telemetry,
};

/// Runs what was typed.
pub(crate) fn run(line: CommandLine) -> anyhow::Result<ExitCode> {
    let common = &line.common;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the async runtime")?;
    match line.command {
        Command::Demo { addresses } => {
            let config = configured(common, &addresses)?;
            runtime.block_on(demo::run(common, &config))?;
        }
        Command::Serve { addresses } => {
            let config = configured(common, &addresses)?;
            runtime.block_on(serve::run(common, &config))?;
        }
        Command::Union(what) => runtime.block_on(union::run(common, what))?,
        Command::Export(Export::Union { file }) => {
            runtime.block_on(union::export(common, &file))?;
        }
        Command::Search(options) => runtime.block_on(search::run(common, options))?,
        Command::Reindex => runtime.block_on(search::reindex(common))?,
        Command::Kiosk(options) => kiosk::run(common, &options, &runtime)?,
        Command::Dialogue(options) => return dialogue::run(common, &options),
        Command::CheckConfig => check_config::run(common)?,
        Command::Doctor => return runtime.block_on(doctor::run(common)),
        Command::Migrate => {
            let database = runtime.block_on(quiet(common))?;
            eprintln!("{} is up to date", database.described);
        }
        Command::Import(what) => return runtime.block_on(import::run(common, what)),
        Command::Source(what) => runtime.block_on(catalogue::source(common, what))?,
        Command::Why { event, english } => runtime.block_on(why::run(common, event, english))?,
        Command::List { what, branch } => runtime.block_on(list::run(common, what, &branch))?,
        Command::Settle { number } => runtime.block_on(list::settle(common, number))?,
        Command::Patrons(what) => runtime.block_on(patrons::run(common, what))?,
        Command::Partner(what) => runtime.block_on(partner::run(common, what))?,
        Command::Terminal(what) => runtime.block_on(terminal::run(common, what))?,
        Command::Terminals { watch } => runtime.block_on(terminals::run(common, watch))?,
        Command::User(what) => runtime.block_on(user::run(common, what))?,
        Command::Policy(what) => return runtime.block_on(policy::run(common, what)),
    }
    Ok(ExitCode::SUCCESS)
}

fn configured(common: &Common, addresses: &Addresses) -> anyhow::Result<Config> {
    let config = Config::load(common, addresses)?;
    telemetry::start_logging(&config.log)?;
    Ok(config)
}

/// The database, for a command that serves nothing.
async fn quiet(common: &Common) -> anyhow::Result<Database> {
    let config = configured(common, &Addresses::default())?;
    database::open(&config).await
}

/// The clock in the network's zone.
async fn network_clock(common: &Common, database: &Database) -> anyhow::Result<desk::Clock> {
    let name = database.store.time_zone().await?;
    let zone = TimeZone::get(&name).with_context(|| format!("the network's time zone {name:?}"))?;
    Ok(clock(common.clock, zone))
}

/// A password that nobody has to invent: 20 letters and digits, read from the system's randomness.
fn fresh_password() -> anyhow::Result<String> {
    // Without characters that are taken for one another on paper.
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("no randomness for a password: {error}"))?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect())
}
