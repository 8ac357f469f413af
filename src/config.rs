//! The settings: one file, everything parsed before anything is opened. Secrets may come from the environment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use listener::Network;
use serde::Deserialize;

use crate::cli::{Addresses, Common};

/// What the daemon was told, whole and checked.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The data folder.
    pub(crate) data: PathBuf,
    pub(crate) database: Database,
    pub(crate) sip2: Sip2,
    /// Where health, readiness and metrics are served.
    pub(crate) ops: String,
    pub(crate) log: Log,
}

/// The file as written. Unknown words are errors: a misspelt setting must not be silently the default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    database: Database,
    sip2: Sip2File,
    ops: OpsFile,
    log: Log,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Database {
    /// An external Postgres; without one, a private cluster in the data folder.
    pub(crate) url: Option<String>,
    /// Connections for circulation; about four a core.
    pub(crate) connections: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sip2File {
    listen: Option<String>,
    plain_from: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OpsFile {
    listen: Option<String>,
}

/// The SIP2 door.
#[derive(Debug, Clone)]
pub(crate) struct Sip2 {
    pub(crate) listen: String,
    /// Networks beside loopback that may speak plain text: the operator says that they are safe.
    pub(crate) plain_from: Vec<Network>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Log {
    /// `info`, or a filter such as `info,relire::sip2::transcript=debug`.
    pub(crate) filter: Option<String>,
    /// One JSON object a line instead of text.
    pub(crate) json: bool,
}

impl Config {
    /// Reads the file that the command line names, or the defaults, and lets the command line have the last word.
    pub(crate) fn load(common: &Common, addresses: &Addresses) -> anyhow::Result<Self> {
        let file = match &common.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
        let data = match common.data.clone().or(file.data) {
            Some(data) => data,
            None => private_postgres::default_folder()
                .context("no data folder: name one with --data DIR")?,
        };
        let mut database = file.database;
        if let Ok(url) = std::env::var("RELIRE_DATABASE_URL") {
            database.url = Some(url);
        }
        let or_default = |given: &Option<String>, file: Option<String>, default: &str| {
            given.clone().or(file).unwrap_or_else(|| default.to_owned())
        };
        let plain_from = file
            .sip2
            .plain_from
            .iter()
            .map(|text| {
                text.parse()
                    .with_context(|| format!("sip2.plain_from: {text:?}"))
            })
            .collect::<anyhow::Result<_>>()?;
        let config = Self {
            data: std::path::absolute(&data)
                .with_context(|| format!("the data folder {}", data.display()))?,
            database,
            sip2: Sip2 {
                listen: or_default(&addresses.sip2, file.sip2.listen, "127.0.0.1:6001"),
                plain_from,
            },
            ops: or_default(&addresses.ops, file.ops.listen, "127.0.0.1:9090"),
            log: file.log,
        };
        for (name, address) in [("sip2", &config.sip2.listen), ("ops", &config.ops)] {
            if !address.contains(':') {
                bail!(
                    "{name}: {address:?} is not an address: write host:port, such as 127.0.0.1:6001"
                );
            }
        }
        Ok(config)
    }
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("the settings file {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("the settings file {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(config: Option<PathBuf>) -> Common {
        Common {
            config,
            data: Some("/tmp/relire-test".into()),
            clock: None,
        }
    }

    #[test]
    fn the_command_line_has_the_last_word() {
        let addresses = Addresses {
            sip2: Some("127.0.0.1:0".into()),
            ops: None,
        };
        let config = Config::load(&common(None), &addresses).unwrap();
        assert_eq!(config.sip2.listen, "127.0.0.1:0");
        assert_eq!(config.ops, "127.0.0.1:9090");
    }

    #[test]
    fn a_misspelt_setting_is_an_error() {
        assert!(toml::from_str::<File>("[sip2]\nlisten = '127.0.0.1:1'").is_ok());
        let error = toml::from_str::<File>("[sip2]\nlsten = '127.0.0.1:1'").unwrap_err();
        assert!(error.to_string().contains("lsten"), "{error}");
    }
}
