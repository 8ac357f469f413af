//! All terminals in use, as one snapshot that is replaced whole when something of them changes.
//!
//! Log-in goes by the snapshot, and so does everything that a connection asks about its terminal. It is read when
//! the desk opens; [`Desk::watch_terminals`] replaces it when the database says that something has changed, and
//! looks by itself every few seconds in case it was not heard. While the database is away the last one serves.
//!
//! What settings mean is the doors' own matter: here they are laid one over the other and handed on.

use std::{collections::HashMap, sync::Arc, time::Duration};

use store::{
    Certificate, Fingerprint, Register, Store, StoreError, Terminal, TerminalNews, TerminalSettings,
};
use tokio::{
    sync::{Notify, watch},
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::{Desk, DeskError, presence};

/// How often the number is looked at, heard or not.
const LOOK: Duration = Duration::from_secs(5);

/// A terminal in use and what its settings come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The terminal.
    pub terminal: Terminal,
    /// The settings of its profile.
    pub profile: TerminalSettings,
}

/// All terminals in use, and the certificates that some of them show, as they were at one moment.
#[derive(Debug, Default)]
pub struct Terminals {
    version: i64,
    by_login: HashMap<String, Arc<Registered>>,
    certificates: HashMap<Fingerprint, Certificate>,
}

impl Terminals {
    /// A snapshot of a register. What has not changed since `before` is the same in memory too, so that whoever
    /// holds it sees that at a glance.
    pub fn new(register: Register, before: &Self) -> Self {
        let profiles: HashMap<String, TerminalSettings> = register
            .profiles
            .into_iter()
            .map(|profile| (profile.name, profile.settings))
            .collect();
        let by_login = register
            .terminals
            .into_iter()
            .map(|terminal| {
                // A foreign key keeps a profile while a terminal follows it.
                let profile = profiles.get(&terminal.profile).cloned().unwrap_or_default();
                let login = terminal.login.clone();
                let now = Registered { terminal, profile };
                let same = before.by_login.get(&login).filter(|known| ***known == now);
                (login, same.cloned().unwrap_or_else(|| Arc::new(now)))
            })
            .collect();
        let certificates = register
            .certificates
            .into_iter()
            .map(|certificate| (certificate.fingerprint, certificate))
            .collect();
        Self {
            version: register.version,
            by_login,
            certificates,
        }
    }

    /// The number that every change raises.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The terminal that logs in under this name.
    pub fn get(&self, login: &str) -> Option<&Arc<Registered>> {
        self.by_login.get(login)
    }

    /// The certificate with this fingerprint, revoked or not.
    pub fn certificate(&self, fingerprint: &Fingerprint) -> Option<&Certificate> {
        self.certificates.get(fingerprint)
    }

    /// All of them, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Registered>> {
        self.by_login.values()
    }
}

impl Desk {
    /// The snapshot of this moment.
    pub fn terminals(&self) -> Arc<Terminals> {
        self.terminals.borrow().clone()
    }

    /// The snapshot, and word when another takes its place.
    pub fn terminals_watched(&self) -> watch::Receiver<Arc<Terminals>> {
        self.terminals.subscribe()
    }

    /// Reads the register anew if the network has moved on; `true` if it had.
    pub async fn refresh_terminals(&self) -> Result<bool, DeskError> {
        let held = self.terminals().version();
        if self.store.terminals_version().await? == held {
            return Ok(false);
        }
        let register = self.store.register().await?;
        let version = register.version;
        let fresh = Arc::new(Terminals::new(register, &self.terminals()));
        // Nobody may listen: the snapshot is for those to come too.
        let replaced = self.terminals.send_if_modified(|held| {
            // A restored database may have gone back.
            let other = fresh.version() != held.version();
            if other {
                *held = fresh.clone();
            }
            other
        });
        if replaced {
            tracing::info!(version, "terminals read anew");
        }
        Ok(replaced)
    }

    /// Keeps the snapshot fresh, and tells the database what was seen of terminals, until `shutdown`.
    pub async fn watch_terminals(self: Arc<Self>, shutdown: CancellationToken) {
        let heard = Notify::new();
        let listen = listen(&self.store, &heard);
        let refresh = self.refresh_when(&heard);
        let report = presence::report(&self);
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = listen => {}
            () = refresh => {}
            () = report => {}
        }
        presence::farewell(&self).await;
    }

    async fn refresh_when(&self, heard: &Notify) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = look.tick() => {}
                () = heard.notified() => {}
            }
            if let Err(error) = self.refresh_terminals().await {
                tracing::debug!(%error, "terminals could not be read anew: the last ones serve");
            }
        }
    }
}

/// Listens for ever, on one connection after another. What is missed between two the look every few seconds finds.
async fn listen(store: &Store, heard: &Notify) {
    loop {
        let error = match store.terminal_news().await {
            Ok(news) => hear(news, heard).await,
            Err(error) => error,
        };
        tracing::debug!(%error, "changes of terminals are not heard");
        sleep(LOOK).await;
    }
}

async fn hear(mut news: TerminalNews, heard: &Notify) -> StoreError {
    // Something may have changed before anybody listened.
    heard.notify_one();
    loop {
        match news.next().await {
            Ok(()) => heard.notify_one(),
            Err(error) => return error,
        }
    }
}

/// Lays a terminal's own settings over those of its profile: key by key, the terminal's own go first.
///
/// ```
/// use serde_json::json;
/// let object = |value: serde_json::Value| value.as_object().unwrap().clone();
/// let profile = object(json!({"line_end": "crlf", "extras": ["BD"]}));
/// let own = object(json!({"extras": [], "charset": "cp850"}));
/// assert_eq!(
///     relire_desk::laid_over(&profile, &own),
///     object(json!({"line_end": "crlf", "extras": [], "charset": "cp850"}))
/// );
/// ```
pub fn laid_over(profile: &TerminalSettings, own: &TerminalSettings) -> TerminalSettings {
    let mut merged = profile.clone();
    merged.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
    merged
}
