//! Terminals that log in.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, MutexGuard, PoisonError},
};

use store::Terminal;

use crate::{Desk, DeskError, Pin, hash_password, password::verify_terminal};

/// What a log-in came to. Every failure looks the same from outside and takes as long.
#[derive(Debug, Clone)]
pub enum SignIn {
    /// This terminal, as it is now: the snapshot holds for the session.
    In(Arc<Terminal>),
    /// Unknown, revoked, or the wrong password.
    Refused,
}

/// Checked against where the login is unknown, so that the answer takes as long as for a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password("nobody").unwrap_or_default());

impl Desk {
    /// Logs a terminal in (SIP2 93).
    ///
    /// While the database is away, a terminal that has logged in before may do so again: it can then be told
    /// that the library is off line, and needs no one to switch it on once it is back.
    pub async fn sign_in(
        self: &Arc<Self>,
        login: &str,
        password: Option<&Pin>,
    ) -> Result<SignIn, DeskError> {
        let terminal = match self.read_terminal(login).await {
            Ok(terminal) => terminal,
            Err(DeskError::Unavailable(why)) => match self.seen_terminals().get(login) {
                Some(terminal) => Some(terminal.clone()),
                None => return Err(DeskError::Unavailable(why)),
            },
            Err(error) => return Err(error),
        };
        let hash = terminal
            .as_ref()
            .map_or_else(|| NOBODY.clone(), |terminal| terminal.password_hash.clone());
        let typed = password
            .map(|password| password.reveal().to_owned())
            .unwrap_or_default();
        let right = verify_terminal(typed, hash).await;
        Ok(match terminal {
            Some(terminal) if right => {
                self.seen_terminals()
                    .insert(login.to_owned(), terminal.clone());
                SignIn::In(terminal)
            }
            _ => SignIn::Refused,
        })
    }

    async fn read_terminal(&self, login: &str) -> Result<Option<Arc<Terminal>>, DeskError> {
        let mut session = self.store.session().await?;
        let terminal = session.terminal(login).await?.map(Arc::new);
        if terminal.is_none() {
            // Revoked since: not even while the database is away.
            self.seen_terminals().remove(login);
        }
        Ok(terminal)
    }

    fn seen_terminals(&self) -> MutexGuard<'_, HashMap<String, Arc<Terminal>>> {
        // A panic while the lock was held leaves at worst one terminal unseen.
        self.terminals
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
