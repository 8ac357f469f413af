//! Terminals that log in.

use std::sync::{Arc, LazyLock};

use store::Terminal;

use crate::{Desk, DeskError, Pin, hash_password, password::verify};

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
    pub async fn sign_in(self: &Arc<Self>, login: &str, password: Option<&Pin>) -> Result<SignIn, DeskError> {
        let mut session = self.store.session().await?;
        let terminal = session.terminal(login).await?;
        drop(session);
        let hash = terminal.as_ref().map_or_else(|| NOBODY.clone(), |terminal| terminal.password_hash.clone());
        let typed = password.map(|password| password.reveal().to_owned()).unwrap_or_default();
        let right = verify(typed, hash).await;
        Ok(match terminal {
            Some(terminal) if right => SignIn::In(Arc::new(terminal)),
            _ => SignIn::Refused,
        })
    }
}
