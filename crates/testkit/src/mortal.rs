//! A cluster that may die: durable, struck down as an accident would, and started again on what its disk holds.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::cluster::{KEPT, database_of, folder, hold};

/// How long a server may take to come back: recovery reads all that was written since its last checkpoint.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a server is struck down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strike {
    /// SIGKILL to the postmaster and every process of it, all at once.
    Kill,
    /// As `pg_ctl stop -m immediate`: everybody goes at once, nothing is written any more.
    Immediate,
}

/// A durable cluster of one's own. It is gone, with its folder, when this is dropped or the process ends.
#[derive(Debug)]
pub struct MortalCluster {
    folder: PathBuf,
    url: String,
    holder: Child,
    psql: PathBuf,
}

impl MortalCluster {
    /// Makes and starts one.
    pub fn start() -> anyhow::Result<Self> {
        let psql = private_postgres::find_binaries()?.dir.join("psql");
        let folder = folder()?;
        let (holder, url) = hold(&folder, &[])?;
        Ok(Self {
            folder,
            url,
            holder,
            psql,
        })
    }

    /// The URL of one of its databases; the same in every life of the server.
    pub fn url(&self, database: &str) -> String {
        database_of(&self.url, database)
    }

    /// What `psql` prints of a query: a line for each row.
    pub fn query(&self, database: &str, sql: &str) -> anyhow::Result<Vec<String>> {
        let mut psql = Command::new(&self.psql)
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"])
            .arg(self.url(database))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", self.psql.display()))?;
        // It may have gone already, for want of a server: then its own words tell more.
        let asked = psql
            .stdin
            .take()
            .map(|mut input| input.write_all(sql.as_bytes()));
        let output = psql.wait_with_output()?;
        if !output.status.success() || !matches!(asked, Some(Ok(()))) {
            bail!(
                "psql: {}: {}",
                output.status,
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        let lines = String::from_utf8(output.stdout)?;
        Ok(lines.lines().map(str::to_owned).collect())
    }

    /// Strikes the server down.
    pub fn strike(&self, how: Strike) -> anyhow::Result<()> {
        let file = self.folder.join("postgres/data/postmaster.pid");
        let text =
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let postmaster = text
            .lines()
            .next()
            .and_then(|line| line.trim().parse().ok())
            .with_context(|| format!("{} names no process", file.display()))?;
        match how {
            Strike::Immediate => signal(postmaster, Signal::QUIT),
            Strike::Kill => {
                // Stopped first, so that it makes no child that is not counted.
                signal(postmaster, Signal::STOP);
                let children = children(postmaster)?;
                signal(postmaster, Signal::KILL);
                for child in children {
                    signal(child, Signal::KILL);
                }
            }
        }
        Ok(())
    }

    /// Starts the server again, with a new keeper.
    pub fn start_again(&mut self) -> anyhow::Result<()> {
        let kept = self.folder.join(KEPT);
        fs::write(&kept, "")?;
        self.let_go()?;
        fs::remove_file(&kept)?;
        (self.holder, self.url) = hold(&self.folder, &[])?;
        Ok(())
    }

    /// Waits until the server answers, which its keeper sees to.
    pub fn wait_until_back(&self) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        // Each look is a process, which takes its time.
        while let Err(error) = self.query("postgres", "SELECT 1") {
            if Instant::now() > deadline {
                return Err(error.context("the killed server did not come back"));
            }
        }
        Ok(())
    }

    fn let_go(&mut self) -> anyhow::Result<()> {
        drop(self.holder.stdin.take());
        self.holder.wait()?;
        Ok(())
    }
}

impl Drop for MortalCluster {
    fn drop(&mut self) {
        // The holder's shell takes the folder away.
        let _ = self.let_go();
    }
}

/// It may have ended by itself: then there is nothing to tell it.
fn signal(process: i32, signal: Signal) {
    if let Some(pid) = Pid::from_raw(process) {
        let _ = kill_process(pid, signal);
    }
}

/// The processes whose parent is this one.
fn children(parent: i32) -> anyhow::Result<Vec<i32>> {
    let mut children = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(stat) = fs::read_to_string(entry?.path().join("stat")) else {
            continue;
        };
        if let Some((process, of)) = family(&stat)
            && of == parent
        {
            children.push(process);
        }
    }
    Ok(children)
}

/// proc_pid_stat(5): number, name in brackets (with anything in it), state, parent.
fn family(stat: &str) -> Option<(i32, i32)> {
    let (head, rest) = stat.rsplit_once(") ")?;
    let process = head.split_once(" (")?.0.parse().ok()?;
    let parent = rest.split(' ').nth(1)?.parse().ok()?;
    Some((process, parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_follows_the_state() {
        assert_eq!(family("35 (postgres) S 7 35 35 0 -1"), Some((35, 7)));
        assert_eq!(family("35 (a) Z b) R 9 35 35"), Some((35, 9)));
        assert_eq!(family(""), None);
    }
}
