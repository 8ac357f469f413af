//! A person who asks as a page does: by a session and its form key.

use desk::Secret;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{NewStaff, NewStaffSession};

use super::{Served, Told, send};

/// A person at LENS in a session, whose rights hold everywhere, as a page of ours asks.
pub(super) struct Person {
    address: String,
    headers: String,
}

impl Person {
    pub(super) async fn new(served: &Served, actions: &[&str]) -> Self {
        let at = served.town.now().timestamp();
        let branch = "LENS".parse().unwrap();
        let new = NewStaff {
            login: "personne".into(),
            password_hash: String::new(),
            name: "Réseau".into(),
            branch,
            rights: actions
                .iter()
                .map(|action| ((*action).into(), None))
                .collect(),
            roles: Vec::new(),
            at,
        };
        let user_id = served.town.store.add_staff(&new).await.unwrap();
        let secret = Secret::shown(&"6b".repeat(32)).unwrap();
        let opened = NewStaffSession {
            digest: Sha256::digest(secret.reveal().as_bytes()).into(),
            user_id,
            branch,
            at,
            ends_at: "2026-06-10T00:00:00Z".parse().unwrap(),
        };
        let mut session = served.town.store.session().await.unwrap();
        session.open_staff_session(&opened).await.unwrap();
        let headers = format!(
            "Cookie: relire={}\r\nX-Relire-Form: {}\r\nContent-Type: application/json\r\n",
            secret.reveal(),
            secret.form_key()
        );
        Self {
            address: served.address(),
            headers,
        }
    }

    #[track_caller]
    pub(super) fn ask(&self, method: &str, path: &str, more: &str, body: &Value) -> Told {
        let headers = format!("{}{more}", self.headers);
        send(
            &self.address,
            method,
            path,
            &headers,
            body.to_string().as_bytes(),
        )
    }

    #[track_caller]
    pub(super) fn post(&self, path: &str, body: &Value) -> Told {
        self.ask("POST", path, "", body)
    }
}
