//! A network of 27 branches with 500,000 items, 60,000 readers and a life of its own, brought in by the daemon's own
//! commands and kept for the next run; and the daemon that serves it.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use private_postgres::{Lease, Options};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::sip2::{database::reachable, say};

const NETWORK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../network");
const LIFE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sql/life.sql");
const STAFF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sql/staff.sql");
const GENERATOR: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/catalogue/build/make_corpus.py"
);
/// A Tuesday, a week after the last loan of the corpus.
const CLOCK: &str = "2026-01-06T10:30:00+01:00";
/// Who asks.
pub(crate) const LOGIN: &str = "mesure";
pub(crate) const PASSWORD: &str = "une phrase assez longue";

pub(crate) struct Town {
    folder: PathBuf,
    program: PathBuf,
    lease: Lease,
}

impl Town {
    /// Brings everything in, once.
    pub(crate) fn prepare(given: Option<&Path>) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("relire");
        ensure!(
            program.exists(),
            "{} is not there: `cargo build --release -p relire` makes it",
            program.display()
        );
        let own = program
            .parent()
            .and_then(Path::parent)
            .context("this program is in no target folder")?
            .join("bench-staff");
        fs::create_dir_all(&own)?;
        reachable(&own)?;
        let cluster = own.join("cluster");
        let made = own.join("made");
        if !made.exists() && cluster.exists() {
            // Half of it must not pass for all of it.
            fs::remove_dir_all(&cluster)?;
        }
        fs::create_dir_all(&cluster)?;
        reachable(&cluster)?;
        let town = Self {
            lease: private_postgres::open(&cluster, &Options::default())?,
            folder: own,
            program,
        };
        if made.exists() {
            town.relire(&["migrate"])?;
            return Ok(town);
        }
        let corpus = match given {
            Some(corpus) => corpus.to_owned(),
            None => town.generate()?,
        };
        town.fill(&corpus)?;
        fs::write(made, "")?;
        Ok(town)
    }

    fn generate(&self) -> anyhow::Result<PathBuf> {
        ensure!(
            Path::new(GENERATOR).exists(),
            "the generator of the corpus is not beside the project: give a folder of its making with --corpus"
        );
        let corpus = self.folder.join("corpus");
        if !corpus.join("loans.csv").exists() {
            say("the corpus is generated");
            let mut command = Command::new("python3");
            command
                .arg(GENERATOR)
                .args(["--records", "300000", "--items", "500000"])
                .args(["--seed", "20251215", "--out"])
                .arg(&corpus);
            done(&mut command)?;
        }
        Ok(corpus)
    }

    fn fill(&self, corpus: &Path) -> anyhow::Result<()> {
        let file = |name: &str| corpus.join(name).display().to_string();
        done(self.tool("createdb").arg("relire"))?;
        say("the daemon takes the corpus in, once; kept for the next run");
        self.relire(&["migrate"])?;
        self.relire(&["import", "network", NETWORK])?;
        self.relire(&["import", "catalogue", &file("bib")])?;
        self.relire(&["import", "patrons", &file("patrons.csv")])?;
        self.relire(&["import", "loans", &file("loans.csv")])?;
        let mut life = self.tool("psql");
        life.args(["-q", "-v", "ON_ERROR_STOP=1", "-f", LIFE, "relire"]);
        done(&mut life)?;
        self.relire(&["reindex"])?;
        self.relire(&[
            "user", "add", LOGIN, "--branch", "LENS", "--name", "Mesure", "--role", "network",
        ])?;
        let mut traces = self.tool("psql");
        traces.args(["-q", "-v", "ON_ERROR_STOP=1", "-f", STAFF, "relire"]);
        done(&mut traces)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--data")
            .arg(self.folder.join("data"))
            .env("RELIRE_DATABASE_URL", self.lease.url("relire"))
            .env("RELIRE_LOG", "warn");
        command
    }

    fn relire(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut command = self.command();
        command
            .args(arguments)
            .args(["--clock", CLOCK])
            .env("RELIRE_USER_PASSWORD", PASSWORD);
        done(&mut command)?;
        let told: Vec<_> = arguments.iter().take(2).copied().collect();
        say(&format!(
            "  {}: {:.0} s",
            told.join(" "),
            began.elapsed().as_secs_f64()
        ));
        Ok(())
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.lease.bin_dir().join(name));
        command
            .arg("-h")
            .arg(self.lease.socket_dir())
            .args(["-U", self.lease.user()]);
        command
    }

    /// The first column of what a query gives.
    pub(crate) fn column(&self, query: &str) -> anyhow::Result<Vec<String>> {
        let output = self
            .tool("psql")
            .args(["-At", "-v", "ON_ERROR_STOP=1", "-c", query, "relire"])
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(output.status.success(), "psql: {query}");
        let text = String::from_utf8(output.stdout)?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    pub(crate) fn serve(&self) -> anyhow::Result<Served> {
        let mut process = self
            .command()
            .args(["serve", "--clock", CLOCK, "--sip2-tls", "off"])
            .args(["--sip2", "127.0.0.1:0", "--ncip", "127.0.0.1:0"])
            .args(["--z3950", "off", "--http", "127.0.0.1:0"])
            .args(["--ops", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("the daemon has no output")?)
            .read_line(&mut line)?;
        let ready: Value = serde_json::from_str(&line).context("the daemon's ready line")?;
        let http = ready["http"]
            .as_str()
            .context("the daemon serves no HTTP")?;
        Ok(Served {
            http: http.trim_start_matches("http://").parse()?,
            process,
        })
    }
}

/// The daemon, until it is dropped.
pub(crate) struct Served {
    process: Child,
    pub(crate) http: SocketAddr,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to tell it.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}

fn done(command: &mut Command) -> anyhow::Result<()> {
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()?;
    ensure!(
        output.status.success(),
        "{command:?}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
