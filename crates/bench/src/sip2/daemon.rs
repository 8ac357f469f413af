//! The daemon under load: its own process, built in release beside this program.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::database::Server;

pub(crate) struct Daemon {
    process: Child,
    pub(crate) sip2: SocketAddr,
}

impl Daemon {
    pub(crate) fn start(server: &Server) -> anyhow::Result<Self> {
        let path = std::env::current_exe()?.with_file_name("relire");
        ensure!(
            path.exists(),
            "{} is not there: `cargo build --release -p relire` makes it",
            path.display()
        );
        let mut process = Command::new(path)
            // Some Tuesday, so that what is lent here is lent under the policy that is in force.
            .args([
                "serve",
                "--clock",
                "2026-06-09T11:00:00+02:00",
                "--sip2",
                "127.0.0.1:0",
                "--ops",
                "127.0.0.1:0",
            ])
            .env("RELIRE_DATABASE_URL", server.url("daemon"))
            .env("RELIRE_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("the daemon has no output")?)
            .read_line(&mut line)?;
        let ready: Value = serde_json::from_str(&line).context("the daemon's ready line")?;
        let sip2 = ready["sip2"]
            .as_str()
            .context("the daemon has no SIP2 door")?
            .parse()?;
        Ok(Self { process, sip2 })
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to tell it.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}
