//! The settings: one file, everything parsed before anything is opened. Secrets may come from the environment.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use listener::Network;
use serde::Deserialize;
use z3950_server::Database as Z3950Database;

use crate::cli::{Addresses, Common};

/// What the daemon was told, whole and checked.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The data folder.
    pub(crate) data: PathBuf,
    pub(crate) database: Database,
    pub(crate) sip2: Sip2,
    /// Certificates.
    pub(crate) tls: Tls,
    /// Where other catalogues search; none where it is switched off.
    pub(crate) z3950: Option<String>,
    /// Databases of the operator's own, beside those that are always there.
    pub(crate) databases: BTreeMap<String, Z3950Database>,
    /// Where SRU, OAI-PMH and NCIP are served; none where it is switched off.
    pub(crate) http: Option<String>,
    /// The same in TLS; none unless it is set.
    pub(crate) https: Option<String>,
    /// Networks beside loopback from which staff may come in plain text: the operator says that they are safe.
    pub(crate) http_plain_from: Vec<Network>,
    pub(crate) ncip: Ncip,
    /// Who answers harvesters' questions: an address of electronic mail.
    pub(crate) contact: Option<String>,
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
    ncip: NcipFile,
    z3950: Z3950File,
    http: HttpFile,
    tls: Tls,
    ops: DoorFile,
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
    tls_listen: Option<String>,
    plain_from: Vec<String>,
    proxy_from: Vec<String>,
    connections: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DoorFile {
    listen: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Z3950File {
    listen: Option<String>,
    databases: BTreeMap<String, Z3950Database>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct HttpFile {
    listen: Option<String>,
    tls_listen: Option<String>,
    plain_from: Vec<String>,
    contact: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NcipFile {
    listen: Option<String>,
    plain_from: Vec<String>,
}

/// The NCIP door.
#[derive(Debug, Clone)]
pub(crate) struct Ncip {
    /// Raw TCP; none where it is switched off.
    pub(crate) listen: Option<String>,
    /// Networks beside loopback that may speak plain text, over HTTP and raw TCP: the operator says that they are safe.
    pub(crate) plain_from: Vec<Network>,
}

/// The SIP2 door.
#[derive(Debug, Clone)]
pub(crate) struct Sip2 {
    pub(crate) listen: String,
    /// The same in TLS; none where it is switched off.
    pub(crate) tls_listen: Option<String>,
    /// Networks beside loopback that may speak plain text: the operator says that they are safe.
    pub(crate) plain_from: Vec<Network>,
    /// Proxies that say for whom they connect (PROXY protocol v2).
    pub(crate) proxy_from: Vec<Network>,
    /// Connections of each door; else as many as there may be open files, and 16,384 at most.
    pub(crate) connections: Option<usize>,
}

/// The daemon's certificate, and whose it trusts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Tls {
    /// A certificate with what stands between it and its root (PEM); without one, the daemon's own authority makes one.
    pub(crate) certificate: Option<PathBuf>,
    /// Its key (PEM, not encrypted).
    pub(crate) key: Option<PathBuf>,
    /// Authorities whose client certificates are taken, beside the daemon's own.
    pub(crate) client_ca: Vec<PathBuf>,
    /// What a certificate of our own is good for: DNS names and addresses.
    pub(crate) names: Vec<String>,
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
    /// The folder of this daemon's index.
    pub(crate) fn index(&self) -> PathBuf {
        self.data.join("index")
    }

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
        let tls_listen = or_default(&addresses.sip2_tls, file.sip2.tls_listen, "127.0.0.1:6002");
        if file.tls.certificate.is_some() != file.tls.key.is_some() {
            bail!("tls: certificate and key go together: name both files, or neither");
        }
        let config = Self {
            data: std::path::absolute(&data)
                .with_context(|| format!("the data folder {}", data.display()))?,
            database,
            sip2: Sip2 {
                listen: or_default(&addresses.sip2, file.sip2.listen, "127.0.0.1:6001"),
                tls_listen: unless_off(tls_listen),
                plain_from: networks("sip2.plain_from", &file.sip2.plain_from)?,
                proxy_from: networks("sip2.proxy_from", &file.sip2.proxy_from)?,
                connections: file.sip2.connections,
            },
            z3950: unless_off(or_default(
                &addresses.z3950,
                file.z3950.listen,
                "127.0.0.1:2100",
            )),
            http: unless_off(or_default(
                &addresses.http,
                file.http.listen,
                "127.0.0.1:8080",
            )),
            https: addresses
                .https
                .clone()
                .or(file.http.tls_listen)
                .and_then(unless_off),
            http_plain_from: networks("http.plain_from", &file.http.plain_from)?,
            ncip: Ncip {
                listen: unless_off(or_default(
                    &addresses.ncip,
                    file.ncip.listen,
                    "127.0.0.1:3001",
                )),
                plain_from: networks("ncip.plain_from", &file.ncip.plain_from)?,
            },
            databases: file.z3950.databases,
            contact: file.http.contact,
            tls: file.tls,
            ops: or_default(&addresses.ops, file.ops.listen, "127.0.0.1:9090"),
            log: file.log,
        };
        for (name, address) in config.doors() {
            if !address.contains(':') {
                bail!(
                    "{name}: {address:?} is not an address: write host:port, such as 127.0.0.1:6001"
                );
            }
        }
        Ok(config)
    }

    /// Every door that is served, by the name of its setting on the command line.
    pub(crate) fn doors(&self) -> impl Iterator<Item = (&'static str, &String)> {
        [
            ("sip2", Some(&self.sip2.listen)),
            ("sip2-tls", self.sip2.tls_listen.as_ref()),
            ("ncip", self.ncip.listen.as_ref()),
            ("z3950", self.z3950.as_ref()),
            ("http", self.http.as_ref()),
            ("https", self.https.as_ref()),
            ("ops", Some(&self.ops)),
        ]
        .into_iter()
        .filter_map(|(name, address)| Some((name, address?)))
    }
}

fn unless_off(address: String) -> Option<String> {
    (address != "off").then_some(address)
}

fn networks(setting: &str, texts: &[String]) -> anyhow::Result<Vec<Network>> {
    let parsed = texts
        .iter()
        .map(|text| text.parse().with_context(|| format!("{setting}: {text:?}")));
    parsed.collect()
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
            sip2_tls: Some("off".into()),
            ..Addresses::default()
        };
        let config = Config::load(&common(None), &addresses).unwrap();
        assert_eq!(config.sip2.listen, "127.0.0.1:0");
        assert_eq!(config.ops, "127.0.0.1:9090");
        assert_eq!(config.sip2.tls_listen, None);
    }

    #[test]
    fn a_misspelt_setting_is_an_error() {
        assert!(toml::from_str::<File>("[sip2]\nlisten = '127.0.0.1:1'").is_ok());
        let own =
            "[z3950]\ndatabases.ancien = { charset = 'iso5426' }\n[http]\ncontact = 'a@b.example'";
        let own = toml::from_str::<File>(own).unwrap();
        assert!(own.z3950.databases.contains_key("ancien") && own.http.contact.is_some());
        let error = toml::from_str::<File>("[sip2]\nlsten = '127.0.0.1:1'").unwrap_err();
        assert!(error.to_string().contains("lsten"), "{error}");
    }
}
