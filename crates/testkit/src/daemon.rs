//! The real daemon, as its own process.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::Wire;

/// Where the daemon's executable is: named by `RELIRE_BIN`, else beside the tests that cargo built.
pub fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("RELIRE_BIN") {
        return Ok(path.into());
    }
    // target/<profile>/deps/<test> → target/<profile>/relire
    let test = std::env::current_exe()?;
    let profile = test
        .parent()
        .and_then(|deps| deps.parent())
        .context("the test runs outside of a target folder")?;
    Ok(profile.join("relire"))
}

/// Some Tuesday on which the network's rules are in force, every branch of some size is open and no holiday is near.
pub const CLOCK: &str = "2026-06-09T11:00:00+02:00";

/// A running daemon; it is told to stop when this is dropped.
#[derive(Debug)]
pub struct Daemon {
    process: Child,
    _data: tempfile::TempDir,
    /// Its ready line.
    pub ready: Value,
}

impl Daemon {
    /// Starts `relire` with these arguments, on any free ports, and waits for its ready line.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        Self::start_logging(arguments, environment, Stdio::inherit())
    }

    /// The same, with the log going elsewhere.
    pub fn start_logging(
        arguments: &[&str],
        environment: &[(&str, &str)],
        log: Stdio,
    ) -> anyhow::Result<Self> {
        let path = binary()?;
        let data = tempfile::Builder::new()
            .prefix("relire-daemon-")
            .tempdir()?;
        let mut command = Command::new(&path);
        if !arguments.contains(&"--data") && !arguments.contains(&"--config") {
            // Certificates are made there.
            command.arg("--data").arg(data.path());
        }
        let mut process = command
            .args(arguments)
            .args(["--sip2", "127.0.0.1:0", "--sip2-tls", "127.0.0.1:0"])
            .args(["--z3950", "127.0.0.1:0", "--http", "127.0.0.1:0"])
            .args(["--ncip", "127.0.0.1:0"])
            .args(["--ops", "127.0.0.1:0"])
            .env("RELIRE_LOG", "warn")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stderr(log)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", path.display()))?;
        let output = process.stdout.take().context("the daemon has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        if line.is_empty() {
            bail!("the daemon ended before it was ready: {}", process.wait()?);
        }
        Ok(Self {
            process,
            _data: data,
            ready: serde_json::from_str(&line)?,
        })
    }

    /// Serves the demonstration on this database, on that Tuesday.
    pub fn demo(url: &str) -> anyhow::Result<Self> {
        Self::start(&["demo", "--clock", CLOCK], &[("RELIRE_DATABASE_URL", url)])
    }

    /// A kiosk of the ready line's first terminal.
    pub fn kiosk(&self) -> anyhow::Result<Wire> {
        let [login, password] =
            ["/demo/terminals/0/login", "/demo/terminals/0/password"].map(|path| self.text(path));
        Wire::log_in(self.text("/sip2")?, login?, password?)
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// A text of the ready line, by its path.
    pub fn text(&self, pointer: &str) -> anyhow::Result<&str> {
        self.ready
            .pointer(pointer)
            .and_then(Value::as_str)
            .with_context(|| format!("the ready line has no {pointer}"))
    }

    /// Whether it has ended, of whatever.
    pub fn has_ended(&mut self) -> anyhow::Result<bool> {
        Ok(self.process.try_wait()?.is_some())
    }

    /// Kills it without a word.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Asks it to stop, as an operator does, and waits; says whether it ended well.
    pub fn stop(&mut self) -> anyhow::Result<bool> {
        kill_process(Pid::from_child(&self.process), Signal::TERM)?;
        Ok(self.process.wait()?.success())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if matches!(self.process.try_wait(), Ok(None)) {
            let _ = self.stop();
        }
    }
}
