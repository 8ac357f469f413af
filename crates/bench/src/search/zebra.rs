//! Zebra as Debian packages it: records through its XML filter, as Koha has it; a process for each connection, as it
//! comes.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::{Built, corpus::Corpus};
use crate::sip2::say;

/// Files of its configuration.
const FILES: &[(&str, &str)] = &[
    ("zebra.cfg", include_str!("../../zebra/zebra.cfg")),
    ("words.idx", include_str!("../../zebra/words.idx")),
    ("words.xml", include_str!("../../zebra/words.xml")),
    ("fields.xml", include_str!("../../zebra/fields.xml")),
    ("records.xml", include_str!("../../zebra/records.xml")),
    ("index.xsl", include_str!("../../zebra/index.xsl")),
    ("cql.properties", include_str!("../../zebra/cql.properties")),
];
const SERVER: &str = include_str!("../../zebra/server.xml");
const QUIET: [&str; 2] = ["-v", "none,fatal,warn"];

pub(crate) struct Zebra {
    process: Child,
    pub(crate) address: SocketAddr,
    pub(crate) built: Built,
}

impl Zebra {
    pub(crate) const DATABASE: &str = "Default";
    pub(crate) const PATH: &str = "/Default";

    /// Builds its register if there is none of these records yet, and serves it.
    pub(crate) async fn start(corpus: &Corpus) -> anyhow::Result<Self> {
        let folder = corpus.folder.join("zebra");
        let built = build(&folder, corpus)?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        drop(listener);
        let server = SERVER
            .replace("@PORT@", &address.port().to_string())
            .replace("@FOLDER@", &folder.display().to_string());
        fs::write(folder.join("server.xml"), server)?;
        let process = Command::new("zebrasrv")
            .args(QUIET)
            .args(["-f", "server.xml", "-l", "server.log"])
            .current_dir(&folder)
            .spawn()
            .context("cannot run zebrasrv: `cargo xtask bench search` installs it")?;
        let mut zebra = Self {
            process,
            address,
            built,
        };
        zebra.wait(&folder).await?;
        Ok(zebra)
    }

    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }

    async fn wait(&mut self, folder: &Path) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(self.address).await.is_err() {
            let ended = self.process.try_wait()?.is_some();
            if ended || Instant::now() > until {
                let log = fs::read_to_string(folder.join("server.log")).unwrap_or_default();
                bail!("zebrasrv does not serve:\n{log}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

impl Drop for Zebra {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to tell it.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}

/// A register is kept with what it was made by: another configuration makes it anew.
fn build(folder: &Path, corpus: &Corpus) -> anyhow::Result<Built> {
    let note = folder.join("built.json");
    let files: Value = FILES
        .iter()
        .map(|(name, text)| json!([name, text]))
        .collect();
    let kept = fs::read(&note)
        .ok()
        .and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    if let Some(kept) = kept.filter(|kept| kept["files"] == files) {
        let seconds = kept["seconds"]
            .as_f64()
            .context("built.json has no seconds")?;
        return Ok(Built {
            seconds,
            bytes: size(&folder.join("register"))?,
            kept: true,
        });
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for part in ["register", "lock", "tmp"] {
        fs::create_dir_all(folder.join(part))?;
    }
    for (name, text) in FILES {
        fs::write(folder.join(name), text)?;
    }
    say(&format!(
        "Zebra indexes {} records, about a thousand a second; kept for the next run in {}",
        corpus.records,
        folder.display()
    ));
    let began = Instant::now();
    let done = Command::new("zebraidx")
        .args(QUIET)
        .args(["-n", "-c", "zebra.cfg", "-l", "index.log", "update"])
        .arg(corpus.file())
        .current_dir(folder)
        .status()
        .context("cannot run zebraidx: `cargo xtask bench search` installs it")?;
    ensure!(
        done.success(),
        "zebraidx: {done}\n{}",
        fs::read_to_string(folder.join("index.log")).unwrap_or_default()
    );
    let seconds = began.elapsed().as_secs_f64();
    fs::write(
        note,
        json!({ "files": files, "seconds": seconds }).to_string(),
    )?;
    Ok(Built {
        seconds,
        bytes: size(&folder.join("register"))?,
        kept: false,
    })
}

/// Bytes on disk: the register has holes.
pub(crate) fn size(folder: &Path) -> anyhow::Result<u64> {
    use std::os::unix::fs::MetadataExt;
    let mut bytes = 0;
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let (entry, path) = entry.map(|entry| (entry.metadata(), entry.path()))?;
            let about = entry?;
            if about.is_dir() {
                folders.push(path);
            } else {
                bytes += about.blocks() * 512;
            }
        }
    }
    Ok(bytes)
}
