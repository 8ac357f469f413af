//! Terminals: the machines that may speak, each an object of its own (not a patron, not a member of staff).

use circulation::{BranchCode, DocumentCode};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::types::Json;

use crate::{Session, StoreError, error::corrupt, facts::code};

/// Settings in a door's own words: kept here, understood there.
pub type TerminalSettings = Map<String, Value>;

/// A terminal as its door needs it. Everything but the password's hash may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// Its number.
    pub id: i64,
    /// SIP2 field CN.
    pub login: String,
    /// The argon2id hash (PHC string) of SIP2 field CO.
    pub password_hash: String,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub branch: BranchCode,
    /// The SIP2 request codes that it may send, two digits each.
    pub messages: Vec<String>,
    /// The profile that it follows.
    pub profile: String,
    /// Its own settings, which go before those of its profile.
    pub settings: TerminalSettings,
    /// Which bin a sorter drops a return in: the first rule that fits. Empty: the sorter decides by itself.
    pub sort_bins: Vec<BinRule>,
    /// Raised by every change.
    pub version: i64,
}

/// A return of this kind goes into this bin. What is left out fits anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinRule {
    /// What becomes of the return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
    /// The branch that it travels to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<BranchCode>,
    /// Its document type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentCode>,
    /// The bin, as the sorter calls it (SIP2 field CL).
    pub bin: String,
}

/// What becomes of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It belongs on the shelf here.
    Stays,
    /// It is set aside here for whoever waits.
    HoldHere,
    /// It travels to whoever waits elsewhere.
    HoldElsewhere,
    /// It travels home.
    Travels,
    /// A person has to look at it.
    Staff,
    /// It is not taken back, or nobody knows it.
    Rejected,
}

/// A terminal to add.
#[derive(Debug, Clone)]
pub struct NewTerminal {
    /// SIP2 field CN; unique in the network.
    pub login: String,
    /// The argon2id hash of its password.
    pub password_hash: String,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub branch: BranchCode,
    /// The SIP2 request codes that it may send.
    pub messages: Vec<String>,
    /// The profile that it follows.
    pub profile: String,
    /// Its own settings, which go before those of its profile.
    pub settings: TerminalSettings,
    /// When it was added.
    pub at: Timestamp,
}

/// A terminal's row.
pub(crate) struct TerminalRow {
    pub(crate) id: i64,
    pub(crate) login: String,
    pub(crate) password_hash: String,
    pub(crate) name: String,
    pub(crate) branch: String,
    pub(crate) messages: Vec<String>,
    pub(crate) profile: String,
    pub(crate) settings: Value,
    pub(crate) sort_bins: Value,
    pub(crate) version: i64,
}

impl TryFrom<TerminalRow> for Terminal {
    type Error = StoreError;

    fn try_from(row: TerminalRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            login: row.login,
            password_hash: row.password_hash,
            name: row.name,
            branch: code(Some(row.branch))?,
            messages: row.messages,
            profile: row.profile,
            settings: settings(row.settings)?,
            sort_bins: serde_json::from_value(row.sort_bins).map_err(corrupt)?,
            version: row.version,
        })
    }
}

/// A check of the table keeps out what is no object.
pub(crate) fn settings(value: Value) -> Result<TerminalSettings, StoreError> {
    serde_json::from_value(value).map_err(corrupt)
}

impl Session {
    /// The terminals in use of a branch: number and login, by login.
    pub async fn terminals_at(
        &mut self,
        branch: BranchCode,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let rows = sqlx::query!(
            "SELECT id, login FROM terminal WHERE branch = $1 AND revoked_at IS NULL ORDER BY login",
            branch.as_str()
        )
        .fetch_all(self.pg())
        .await?;
        Ok(rows.into_iter().map(|row| (row.id, row.login)).collect())
    }

    /// Reads the terminal that logs in under this name, unless it was revoked.
    pub async fn terminal(&mut self, login: &str) -> Result<Option<Terminal>, StoreError> {
        sqlx::query_as!(
            TerminalRow,
            "SELECT id, login, password_hash, name, branch, messages, profile, settings, sort_bins, version
               FROM terminal WHERE login = $1 AND revoked_at IS NULL",
            login
        )
        .fetch_optional(self.pg())
        .await?
        .map(Terminal::try_from)
        .transpose()
    }

    /// The terminals in use that follow a profile.
    pub async fn terminals_of(&mut self, profile: &str) -> Result<Vec<Terminal>, StoreError> {
        sqlx::query_as!(
            TerminalRow,
            "SELECT id, login, password_hash, name, branch, messages, profile, settings, sort_bins, version
               FROM terminal WHERE profile = $1 AND revoked_at IS NULL ORDER BY login",
            profile
        )
        .fetch_all(self.pg())
        .await?
        .into_iter()
        .map(Terminal::try_from)
        .collect()
    }

    /// Gives a terminal the profile, the settings and the rights that are written in `changed`; `false` where
    /// it was changed meanwhile, or is not in use.
    pub async fn set_terminal(&mut self, changed: &Terminal) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE terminal SET profile = $3, settings = $4, messages = $5, version = version + 1
              WHERE id = $1 AND version = $2 AND revoked_at IS NULL",
            changed.id,
            changed.version,
            changed.profile,
            Json(&changed.settings) as _,
            &changed.messages,
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives a sorter its bins; `false` where no such terminal is in use.
    pub async fn set_sort_bins(
        &mut self,
        login: &str,
        rules: &[BinRule],
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE terminal SET sort_bins = $2, version = version + 1 WHERE login = $1 AND revoked_at IS NULL",
            login,
            Json(rules) as _
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Adds a terminal; returns its number.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] `terminal_login_key` where the login is taken, `terminal_branch_fkey` where
    /// the branch is not known, `terminal_profile_fkey` where the profile is not.
    pub async fn add_terminal(&mut self, new: &NewTerminal) -> Result<i64, StoreError> {
        let id = sqlx::query_scalar!(
            "INSERT INTO terminal (login, password_hash, name, branch, messages, profile, settings, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            new.login,
            new.password_hash,
            new.name,
            new.branch.as_str(),
            &new.messages,
            new.profile,
            Json(&new.settings) as _,
            new.at.to_sqlx() as _,
        )
        .fetch_one(self.pg())
        .await?;
        Ok(id)
    }

    /// Gives a terminal another password; `false` where no such terminal is in use.
    pub async fn set_terminal_password(
        &mut self,
        login: &str,
        password_hash: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE terminal SET password_hash = $2, version = version + 1 WHERE login = $1 AND revoked_at IS NULL",
            login,
            password_hash
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes a terminal out of use; `false` where no such terminal is in use.
    pub async fn revoke_terminal(
        &mut self,
        login: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE terminal SET revoked_at = $2, version = version + 1 WHERE login = $1 AND revoked_at IS NULL",
            login,
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
