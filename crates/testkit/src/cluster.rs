//! One throw-away cluster for a test process.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use anyhow::{Context, bail};

use crate::daemon::binary;

/// A running throw-away cluster. Not durable: what is committed need not survive a crash.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    // Its standard input is the hold on the cluster: it closes with this process.
    _holder: Child,
}

static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();

/// Beside a cluster that is to be started again: its folder stays when the holder goes.
pub(crate) const KEPT: &str = "kept";
/// Holds the cluster, and takes its folder away when the holder is gone and the server has stopped.
const HOLD_AND_CLEAN: &str = r#"
"$0" "$@"
[ -e "$1/kept" ] && exit
tries=0
until rm -rf "$1" 2>/dev/null || [ $tries -ge 100 ]; do tries=$((tries + 1)); sleep 0.1; done
"#;

impl Cluster {
    /// The cluster of this process, started by the first who asks.
    pub fn shared() -> anyhow::Result<&'static Self> {
        match SHARED.get_or_init(|| Self::start().map_err(|error| format!("{error:#}"))) {
            Ok(cluster) => Ok(cluster),
            Err(why) => bail!("the throw-away Postgres: {why}"),
        }
    }

    fn start() -> anyhow::Result<Self> {
        let (holder, url) = hold(&folder()?, &["--throw-away"])?;
        Ok(Self {
            url,
            _holder: holder,
        })
    }

    /// The URL of one of its databases.
    pub fn url(&self, database: &str) -> String {
        database_of(&self.url, database)
    }
}

pub(crate) fn database_of(url: &str, database: &str) -> String {
    url.replacen("/postgres?", &format!("/{database}?"), 1)
}

/// A folder for a cluster, which goes when its holder does.
pub(crate) fn folder() -> anyhow::Result<PathBuf> {
    let folder = tempfile::Builder::new()
        .prefix("relire-test-")
        .tempdir()?
        .keep();
    // As root the server runs as another user, who must be able to walk there.
    fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
    Ok(folder)
}

/// Starts a holder of the cluster in this folder; the URL of its database `postgres`.
pub(crate) fn hold(folder: &Path, options: &[&str]) -> anyhow::Result<(Child, String)> {
    let mut holder = Command::new("sh")
        .args(["-c", HOLD_AND_CLEAN])
        .arg(holder_binary()?)
        .arg(folder)
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting the holder")?;
    let output = holder.stdout.take().context("the holder has no output")?;
    let mut url = String::new();
    BufReader::new(output).read_line(&mut url)?;
    let url = url.trim().to_owned();
    if url.is_empty() {
        bail!(
            "no cluster came up in {}: see what stands above",
            folder.display()
        );
    }
    Ok((holder, url))
}

/// The program that holds a private Postgres, built beside the daemon.
fn holder_binary() -> anyhow::Result<PathBuf> {
    let path = binary()?.with_file_name("hold-private-postgres");
    if !Path::new(&path).exists() {
        let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "build",
                "--quiet",
                "-p",
                "relire-private-postgres",
                "--bin",
                "hold-private-postgres",
            ])
            .status()?;
        if !built.success() || !path.exists() {
            bail!(
                "{} is not there: `cargo build --workspace` makes it",
                path.display()
            );
        }
    }
    Ok(path)
}
