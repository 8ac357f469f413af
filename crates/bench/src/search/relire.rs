//! The daemon as an operator sets it up: network, catalogue and index by its own commands, then served.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::{Built, corpus::Corpus, zebra::size};
use crate::sip2::say;

const NETWORK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../network");

pub(crate) struct Relire {
    process: Child,
    pub(crate) z3950: SocketAddr,
    pub(crate) http: SocketAddr,
    pub(crate) built: Built,
}

impl Relire {
    pub(crate) const NAME: &str = "Relire";
    pub(crate) const DATABASE: &str = "relire";
    pub(crate) const PATH: &str = "/sru";

    /// Imports the records if there is no data folder of them yet, and serves it.
    pub(crate) fn start(corpus: &Corpus) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("relire");
        ensure!(
            program.exists(),
            "{} is not there: `cargo build --release -p relire` makes it",
            program.display()
        );
        let folder = corpus.folder.join("relire");
        let built = build(&program, &folder, corpus)?;
        let mut process = relire(&program, &folder)
            .arg("serve")
            .args(["--sip2", "127.0.0.1:0", "--sip2-tls", "off"])
            .args(["--z3950", "127.0.0.1:0", "--http", "127.0.0.1:0"])
            .args(["--ncip", "127.0.0.1:0"])
            .args(["--ops", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("the daemon has no output")?)
            .read_line(&mut line)?;
        let ready: Value = serde_json::from_str(&line).context("the daemon's ready line")?;
        let address = |name: &str| {
            let text = ready[name].as_str();
            let text = text.with_context(|| format!("the ready line has no {name}"))?;
            let text = text.trim_start_matches("http://");
            let address = text.split('/').next().unwrap_or_default();
            anyhow::Ok(address.parse::<SocketAddr>()?)
        };
        Ok(Self {
            z3950: address("z3950")?,
            http: address("http")?,
            process,
            built,
        })
    }

    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Relire {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to tell it.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}

fn relire(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .arg("--data")
        .arg(folder)
        .env_remove("RELIRE_DATABASE_URL")
        .env("RELIRE_LOG", "warn");
    command
}

/// Kept for the next run. Each record is a bib of its own, as it is in the other server.
fn build(program: &Path, folder: &Path, corpus: &Corpus) -> anyhow::Result<Built> {
    let note = folder.join("built.json");
    let index = folder.join("index");
    let kept = fs::read(&note)
        .ok()
        .and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    if let Some(seconds) = kept.and_then(|kept| kept["seconds"].as_f64()) {
        // Another version of the program may have another index: looked at before anything is measured.
        done(relire(program, folder).args(["search", "--limit", "1", "bib:1"]))?;
        return Ok(Built {
            seconds,
            bytes: size(&index)?,
            kept: true,
        });
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    say(&format!(
        "the daemon takes in {} records; kept for the next run in {}",
        corpus.records,
        folder.display()
    ));
    done(relire(program, folder).args(["import", "network", NETWORK]))?;
    let file: PathBuf = corpus.file();
    let began = Instant::now();
    done(
        relire(program, folder)
            .args(["import", "catalogue", "--branch", "LENS", "--no-merge"])
            .arg(file),
    )?;
    say(&format!(
        "  into the database in {:.0} s",
        began.elapsed().as_secs_f64()
    ));
    let began = Instant::now();
    done(relire(program, folder).arg("reindex"))?;
    let seconds = began.elapsed().as_secs_f64();
    fs::write(note, json!({ "seconds": seconds }).to_string())?;
    Ok(Built {
        seconds,
        bytes: size(&index)?,
        kept: false,
    })
}

fn done(command: &mut Command) -> anyhow::Result<()> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?
        .wait_with_output()?;
    ensure!(
        output.status.success(),
        "{command:?}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
