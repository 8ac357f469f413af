//! The daemon under load: its own process, built in release beside this program.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::database::Server;

pub(crate) struct Daemon {
    process: Child,
    _data: TempDir,
    pub(crate) sip2: SocketAddr,
    pub(crate) sip2_tls: SocketAddr,
    pub(crate) ncip: SocketAddr,
    pub(crate) http: SocketAddr,
    /// The certificate that the TLS door's clients have to trust.
    pub(crate) ca: PathBuf,
}

impl Daemon {
    pub(crate) fn start(server: &Server) -> anyhow::Result<Self> {
        let path = std::env::current_exe()?.with_file_name("relire");
        ensure!(
            path.exists(),
            "{} is not there: `cargo build --release -p relire` makes it",
            path.display()
        );
        let data = tempfile::Builder::new()
            .prefix("relire-bench-daemon-")
            .tempdir()?;
        let mut process = Command::new(path)
            .arg("--data")
            .arg(data.path())
            // Some Tuesday, so that what is lent here is lent under the policy that is in force.
            .args([
                "serve",
                "--clock",
                "2026-06-09T11:00:00+02:00",
                "--sip2",
                "127.0.0.1:0",
                "--sip2-tls",
                "127.0.0.1:0",
                "--ncip",
                "127.0.0.1:0",
                "--http",
                "127.0.0.1:0",
                "--z3950",
                "off",
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
        let text = |name: &str| {
            let text = ready[name].as_str();
            text.with_context(|| format!("the daemon's ready line has no {name}"))
        };
        Ok(Self {
            process,
            _data: data,
            sip2: text("sip2")?.parse()?,
            sip2_tls: text("sip2_tls")?.parse()?,
            ncip: text("ncip_tcp")?.parse()?,
            http: text("http")?.trim_start_matches("http://").parse()?,
            ca: text("tls_ca")?.into(),
        })
    }

    /// What of its memory is resident, in kB.
    pub(crate) fn resident_kb(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let figure = line.and_then(|line| line.split_whitespace().next());
        Ok(figure.context("the system does not say VmRSS")?.parse()?)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to tell it.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}
