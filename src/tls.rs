//! TLS of the doors: which certificate the daemon shows, whose it trusts, and how both are renewed while it serves.

use std::{
    fs,
    net::IpAddr,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use certificates::{Authority, Described, PemFile, describe, server_config};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::{clock::machine_time, config};

/// The authority's folder in the data folder.
const FOLDER: &str = "tls";
/// A certificate of our own is good for so many days, as browsers want it …
const DAYS: u32 = 397;
/// … and is made anew so long before its end. Others are warned of from then on.
const EARLY: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often files are looked at: an operator who put new ones there need not restart.
const LOOK: Duration = Duration::from_secs(20);

/// The certificates of this daemon.
#[derive(Debug)]
pub(crate) struct Tls {
    settings: config::Tls,
    folder: PathBuf,
    authority: Authority,
    listener: listener::Tls,
    shown: Shown,
}

/// What the doors show and trust now: as found in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    texts: Vec<String>,
    described: Described,
}

/// The authority of a data folder; the first call makes it.
pub(crate) fn authority(data: &Path) -> anyhow::Result<Authority> {
    let folder = data.join(FOLDER);
    Authority::open_or_create(&folder, "Relire", machine_time())
        .with_context(|| format!("the certificates in {}", folder.display()))
}

/// A file that only its owner may read, from its first byte on.
pub(crate) fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    let write = || -> std::io::Result<()> {
        let _ = fs::remove_file(path);
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()
    };
    write().with_context(|| format!("writing {}", path.display()))
}

impl Tls {
    /// Reads the files that the settings name, or makes a certificate of our own.
    pub(crate) fn open(settings: &config::Tls, data: &Path) -> anyhow::Result<Self> {
        let authority = authority(data)?;
        let folder = data.join(FOLDER);
        let (shown, config) = load(settings, &folder, &authority)?;
        Ok(Self {
            settings: settings.clone(),
            folder,
            authority,
            listener: listener::Tls::new(config),
            shown,
        })
    }

    /// What doors accept connections with.
    pub(crate) fn listener(&self) -> listener::Tls {
        self.listener.clone()
    }

    /// The certificate that clients have to trust; none where an operator brought one, which clients trust anyway.
    pub(crate) fn ca_file(&self) -> Option<PathBuf> {
        let own = self.settings.certificate.is_none();
        own.then(|| self.folder.join("ca.pem"))
    }

    /// Takes new files into use as they appear, renews what is our own, and warns of what ends soon.
    pub(crate) async fn keep(mut self, shutdown: CancellationToken) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut warned = None;
        // Asked for by hand, files are looked at in the same moment.
        let mut asked = signal(SignalKind::hangup()).ok();
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = look.tick() => {}
                Some(_) = heard(&mut asked) => tracing::info!("TLS: looking at the files, as asked"),
            }
            match load(&self.settings, &self.folder, &self.authority) {
                Ok((shown, config)) => {
                    if shown.texts != self.shown.texts {
                        self.listener.replace(config);
                        tracing::info!(
                            ends = %shown.described.not_after, subject = shown.described.subject,
                            "TLS: new files are in use for new connections"
                        );
                        self.shown = shown;
                        warned = None;
                    }
                }
                // What is in use stays in use.
                Err(error) => tracing::error!("TLS: the files cannot be taken into use: {error:#}"),
            }
            let left = self
                .shown
                .described
                .not_after
                .duration_since(machine_time());
            metrics::gauge!("relire_tls_certificate_seconds_left", "of" => "daemon")
                .set(left.as_secs_f64());
            let days = left.as_hours() / 24;
            if left < EARLY && warned != Some(days) {
                warned = Some(days);
                tracing::warn!(
                    days,
                    subject = self.shown.described.subject,
                    "TLS: the daemon's certificate ends soon"
                );
            }
        }
    }
}

/// The next signal, if any can be heard.
async fn heard(signals: &mut Option<Signal>) -> Option<()> {
    match signals {
        Some(signals) => signals.recv().await,
        None => std::future::pending().await,
    }
}

fn load(
    settings: &config::Tls,
    folder: &Path,
    authority: &Authority,
) -> anyhow::Result<(Shown, rustls::ServerConfig)> {
    let (certificate, key) = match (&settings.certificate, &settings.key) {
        (Some(certificate), Some(key)) => (certificate.clone(), key.clone()),
        _ => own(settings, folder, authority)?,
    };
    let chain = PemFile::read(&certificate)?;
    let private = PemFile::read(&key)?;
    let mut roots = vec![authority.root()];
    for file in &settings.client_ca {
        roots.push(PemFile::read(file)?);
    }
    let config = server_config(&chain, &private, &roots, machine_time())?;
    let text = fs::read_to_string(&certificate)?;
    let described = describe(&text)?;
    let mut texts = vec![text];
    for file in &settings.client_ca {
        texts.push(fs::read_to_string(file)?);
    }
    Ok((Shown { texts, described }, config))
}

/// Our own certificate: made once, and anew when it ends soon or has to be good for other names.
fn own(
    settings: &config::Tls,
    folder: &Path,
    authority: &Authority,
) -> anyhow::Result<(PathBuf, PathBuf)> {
    let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
    let names = names(settings);
    let good = fs::read_to_string(&certificate)
        .ok()
        .and_then(|text| describe(&text).ok())
        .is_some_and(|said| {
            said.not_after.duration_since(machine_time()) > EARLY
                && said.issuer == authority.described().subject
                && said.names == names
        });
    if !good || !key.exists() {
        let issued = authority.issue_server(&names, machine_time(), DAYS)?;
        // The key last: whoever finds it finds its certificate, and a start that is cut short begins anew.
        let _ = fs::remove_file(&key);
        fs::write(&certificate, &issued.certificate_pem)
            .with_context(|| format!("writing {}", certificate.display()))?;
        fs::set_permissions(&certificate, fs::Permissions::from_mode(0o644))?;
        write_private(&key, issued.key_pem.expose_secret())?;
    }
    Ok((certificate, key))
}

/// What our own certificate is good for: what the settings say, else this machine by its usual names.
fn names(settings: &config::Tls) -> Vec<String> {
    if !settings.names.is_empty() {
        return settings.names.iter().map(|name| usual_form(name)).collect();
    }
    let mut names = vec![
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        "::1".to_owned(),
    ];
    let machine = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    let usual = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if !machine.is_empty() && machine != "localhost" && machine.chars().all(usual) {
        names.push(usual_form(&machine));
    }
    names
}

/// As a certificate's names read back, so that the same names are known as such.
fn usual_form(name: &str) -> String {
    name.parse::<IpAddr>()
        .map_or_else(|_| name.to_ascii_lowercase(), |address| address.to_string())
}

/// How long a certificate is good from now on, for people: negative when it is over.
pub(crate) fn days_left(not_after: Timestamp) -> i64 {
    not_after.duration_since(machine_time()).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(settings: &config::Tls, data: &Path) -> Described {
        Tls::open(settings, data).unwrap().shown.described
    }

    #[test]
    fn our_own_certificate_is_kept_until_it_has_to_be_good_for_something_else() {
        let data = tempfile::tempdir().unwrap();
        let usual = config::Tls::default();
        let first = opened(&usual, data.path());
        assert!(first.names.contains(&"127.0.0.1".to_owned()), "{first:?}");
        assert_eq!(opened(&usual, data.path()), first);
        let named = config::Tls {
            names: vec!["SIP2.example.org".into(), "FD00::0:1".into()],
            ..usual
        };
        let second = opened(&named, data.path());
        assert_eq!(second.names, ["sip2.example.org", "fd00::1"]);
        assert_eq!(opened(&named, data.path()), second);
        for (file, mode) in [
            ("ca.key", 0o600),
            ("server.key", 0o600),
            ("server.pem", 0o644),
        ] {
            let rights = fs::metadata(data.path().join(FOLDER).join(file))
                .unwrap()
                .permissions();
            assert_eq!(rights.mode() & 0o777, mode, "{file}");
        }
    }

    #[test]
    fn files_of_an_operator_are_named_when_they_are_wrong() {
        let data = tempfile::tempdir().unwrap();
        let missing = config::Tls {
            certificate: Some(data.path().join("none.pem")),
            key: Some(data.path().join("none.key")),
            ..Default::default()
        };
        let error = format!("{:#}", Tls::open(&missing, data.path()).unwrap_err());
        assert!(error.contains("none.pem"), "{error}");
    }
}
