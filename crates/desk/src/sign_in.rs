//! Terminals that log in.

use std::sync::{Arc, LazyLock};

use crate::{Desk, Pin, Registered, hash_password, password::verify_terminal};

/// What a log-in came to. Every failure looks the same from outside and takes as long.
#[derive(Debug, Clone)]
pub enum SignIn {
    /// This terminal, as it is now. Whether it may be where it is, its door knows.
    In(Arc<Registered>),
    /// Unknown, revoked, or the wrong password.
    Refused,
}

/// Checked against where the login is unknown, so that the answer takes as long as for a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password("nobody").unwrap_or_default());

impl Desk {
    /// Checks a terminal's login and password (SIP2 93), by the snapshot of this moment. So a terminal may log in
    /// while the database is away: it can then be told that the library is off line, and needs no one to switch
    /// it on once it is back.
    pub async fn sign_in(&self, login: &str, password: Option<&Pin>) -> SignIn {
        let known = self.terminals().get(login).cloned();
        let hash = match &known {
            Some(known) => known.terminal.password_hash.clone(),
            None => NOBODY.clone(),
        };
        let typed = password
            .map(|password| password.reveal().to_owned())
            .unwrap_or_default();
        match (verify_terminal(typed, hash).await, known) {
            (true, Some(known)) => SignIn::In(known),
            _ => SignIn::Refused,
        }
    }
}
