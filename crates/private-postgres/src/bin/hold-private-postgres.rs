//! Holds a private Postgres for as long as standard input stays open; its URL is the one line on
//! standard output. For scripts and tests in any language:
//!
//! ```sh
//! hold-private-postgres FOLDER [--throw-away] [--within SECONDS]
//! ```

use std::{
    env,
    error::Error,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use relire_private_postgres::{Options, become_keeper_if_asked, open};

fn main() -> ExitCode {
    become_keeper_if_asked();
    match hold() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn hold() -> Result<(), Box<dyn Error>> {
    let (folder, options) = arguments()?;
    let lease = open(&folder, &options)?;
    let mut output = io::stdout().lock();
    writeln!(output, "{}", lease.url("postgres"))?;
    output.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    Ok(())
}

fn arguments() -> Result<(PathBuf, Options), Box<dyn Error>> {
    let usage = "usage: hold-private-postgres FOLDER [--throw-away] [--within SECONDS]";
    let mut words = env::args_os().skip(1);
    let folder = words.next().ok_or(usage)?.into();
    let mut options = Options::default();
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--throw-away") => options.durable = false,
            Some("--within") => {
                let seconds = words.next().ok_or(usage)?;
                options.patience = Duration::from_secs(seconds.to_str().ok_or(usage)?.parse()?);
            }
            _ => return Err(usage.into()),
        }
    }
    Ok((folder, options))
}
