//! `relire doctor`: everything that the daemon needs, looked at one after the other.

use std::{fmt::Display, net::TcpListener, process::ExitCode};

use super::{network_clock, policy::is_warning};
use crate::{
    cli::{Addresses, Common},
    config::Config,
    database,
};

pub(super) async fn run(common: &Common) -> anyhow::Result<ExitCode> {
    let config = Config::load(common, &Addresses::default())?;
    let mut report = Report::default();
    report.fine("settings", format!("data folder {}", config.data.display()));
    if config.database.url.is_none() {
        match private_postgres::find_binaries() {
            Ok(found) => report.fine(
                "postgres",
                format!("{} in {}", found.version, found.dir.display()),
            ),
            Err(error) => report.wrong("postgres", error),
        }
    }
    match database::open(&config).await {
        Ok(database) => {
            report.fine(
                "database",
                format!("{} answers, schema up to date", database.described),
            );
            inspect(common, &database, &mut report).await;
        }
        Err(error) => report.wrong("database", format!("{error:#}")),
    }
    for (door, address) in config.doors() {
        match TcpListener::bind(address) {
            Ok(_) => report.fine(door, format!("{address} is free")),
            Err(error) => report.remark(
                door,
                format!("{address}: {error} (is a daemon running there?)"),
            ),
        }
    }
    Ok(if report.wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn inspect(common: &Common, database: &database::Database, report: &mut Report) {
    match database.store.rulebook().await {
        Ok((book, version)) => {
            report.fine(
                "rulebook",
                format!(
                    "number {version}: {} branches, {} policy versions",
                    book.branches.len(),
                    book.policies.len()
                ),
            );
            match network_clock(common, database).await {
                Ok(clock) => {
                    let today = clock.now().date();
                    match book.policy_on(today) {
                        Some(policy) => {
                            report.fine("policy", format!("version {} is in force today ({today})", policy.version));
                            for finding in policy.check(&book.known_codes()).iter().filter(|finding| is_warning(finding)) {
                                report.remark("policy", finding);
                            }
                        }
                        None => report.wrong("policy", format!("none is in force on {today}: nothing can be lent; `relire import network DIR` or `relire policy publish FILE`")),
                    }
                }
                Err(error) => report.wrong("time zone", format!("{error:#}")),
            }
        }
        Err(error) => report.wrong("rulebook", error),
    }
    match database.store.lost_items().await {
        Ok(0) => report.fine("custody", "every item is in one place"),
        Ok(count) => report.wrong(
            "custody",
            format!("{count} items are nowhere although not withdrawn"),
        ),
        Err(error) => report.wrong("custody", error),
    }
}

/// What was seen so far; written as it is seen.
#[derive(Default)]
struct Report {
    wrong: u32,
}

impl Report {
    fn fine(&self, what: &str, seen: impl Display) {
        eprintln!("ok      {what:<10} {seen}");
    }

    fn remark(&self, what: &str, seen: impl Display) {
        eprintln!("remark  {what:<10} {seen}");
    }

    fn wrong(&mut self, what: &str, seen: impl Display) {
        self.wrong += 1;
        eprintln!("WRONG   {what:<10} {seen}");
    }
}
