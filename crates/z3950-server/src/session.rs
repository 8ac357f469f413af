//! What an association remembers between two requests.

use std::sync::Arc;

use bytes::Bytes;
use desk::Finder;
use z3950::{
    pdu::answer::{DiagRec, Diagnostic},
    value::{Charset, Text},
};

use crate::{
    refused::Refused,
    sets::{Missing, Sets},
    settings::{Database, Settings},
};

/// One association, from Init to Close.
pub(crate) struct Session {
    pub(crate) finder: Finder,
    pub(crate) settings: Arc<Settings>,
    /// What Init agreed on; none before it.
    pub(crate) agreed: Option<Agreed>,
    pub(crate) sets: Sets,
    /// Told once that an Init was accepted.
    pub(crate) recognised: Option<Recognised>,
}

/// What the listener wants to hear: this peer speaks the protocol.
pub(crate) type Recognised = Box<dyn FnOnce() + Send + Sync>;

/// What Init agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreed {
    pub(crate) version_2: bool,
    pub(crate) charset: Option<Charset>,
    /// Bytes of an answer, and of one record that comes alone.
    pub(crate) preferred: usize,
    pub(crate) exceptional: usize,
}

/// A database as it was named, and the branch if it is one's.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) database: Database,
    pub(crate) branch: Option<String>,
}

impl Session {
    pub(crate) fn new(
        finder: Finder,
        settings: Arc<Settings>,
        sets: Sets,
        recognised: Recognised,
    ) -> Self {
        Self {
            finder,
            settings,
            agreed: None,
            sets,
            recognised: Some(recognised),
        }
    }

    pub(crate) fn version_2(&self) -> bool {
        self.agreed.is_some_and(|agreed| agreed.version_2)
    }

    pub(crate) fn diagnostic(&self, refused: &Refused) -> Diagnostic {
        refused.diagnostic(self.version_2())
    }

    pub(crate) fn diag_rec(&self, refused: &Refused) -> DiagRec {
        refused.record(self.version_2())
    }

    /// The characters of a term or name: as agreed; else UTF-8 if it is that, and Latin-1 if not.
    pub(crate) fn text(&self, bytes: &[u8]) -> String {
        let text = Text(Bytes::copy_from_slice(bytes));
        match self.agreed.and_then(|agreed| agreed.charset) {
            Some(charset) => text.decode(charset),
            None if std::str::from_utf8(bytes).is_ok() => text.decode(Charset::Utf8),
            None => text.decode(Charset::Latin1),
        }
    }

    /// The database of a request. Several are one if each of them is served: they are the same catalogue, and branches
    /// of it.
    pub(crate) async fn database(
        &self,
        names: impl Iterator<Item = String>,
    ) -> Result<Vec<Named>, Refused> {
        let mut found = Vec::new();
        let mut branches = None;
        for name in names {
            // As many as the network has branches, and some.
            if found.len() >= 64 {
                return Err(Refused::new(111, "64"));
            }
            if let Some(database) = self.settings.databases.get(&name.to_lowercase()) {
                found.push(Named {
                    name,
                    database: database.clone(),
                    branch: None,
                });
                continue;
            }
            let names = match &branches {
                Some(branches) => branches,
                None => branches.insert(self.finder.branch_names().await?),
            };
            let code = name.to_uppercase();
            if !names.contains_key(&code) {
                return Err(Refused::new(235, name));
            }
            found.push(Named {
                name,
                database: Database::default(),
                branch: Some(code),
            });
        }
        match found.is_empty() {
            true => Err(Refused::new(235, "")),
            false => Ok(found),
        }
    }

    pub(crate) fn missing(name: &str, missing: Missing) -> Refused {
        let code = match missing {
            Missing::Never => 30,
            Missing::Dropped => 27,
        };
        Refused::new(code, name)
    }
}
