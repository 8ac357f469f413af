//! Terminals: the machines that may speak, each an object of its own (not a patron, not a member of staff).

use circulation::{BranchCode, DocumentCode, Language};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::{
    Session, StoreError,
    error::corrupt,
    facts::{code, language},
};

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
    /// `utf-8`, `cp850`, `latin-1` or `ascii`.
    pub charset: String,
    /// `cr` or `crlf`.
    pub line_end: String,
    /// What it speaks to people whose own language is not known.
    pub language: Language,
    /// Whether lending an item again to the one who has it renews the loan.
    pub renew_by_checkout: bool,
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
    /// `utf-8`, `cp850`, `latin-1` or `ascii`.
    pub charset: String,
    /// `cr` or `crlf`.
    pub line_end: String,
    /// `fr` or `en`.
    pub language: Language,
    /// When it was added.
    pub at: Timestamp,
}

impl Session {
    /// Reads the terminal that logs in under this name, unless it was revoked.
    pub async fn terminal(&mut self, login: &str) -> Result<Option<Terminal>, StoreError> {
        let row = sqlx::query!(
            "SELECT id, login, password_hash, name, branch, messages, charset, line_end, language,
                    renew_by_checkout, sort_bins, version
               FROM terminal WHERE login = $1 AND revoked_at IS NULL",
            login
        )
        .fetch_optional(self.pg())
        .await?;
        row.map(|row| {
            Ok(Terminal {
                id: row.id,
                login: row.login,
                password_hash: row.password_hash,
                name: row.name,
                branch: code(Some(row.branch))?,
                messages: row.messages,
                charset: row.charset,
                line_end: row.line_end,
                language: language(Some(&row.language)),
                renew_by_checkout: row.renew_by_checkout,
                sort_bins: serde_json::from_value(row.sort_bins).map_err(corrupt)?,
                version: row.version,
            })
        })
        .transpose()
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
    /// the branch is not known.
    pub async fn add_terminal(&mut self, new: &NewTerminal) -> Result<i64, StoreError> {
        let id = sqlx::query_scalar!(
            "INSERT INTO terminal (login, password_hash, name, branch, messages, charset, line_end, language, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
            new.login,
            new.password_hash,
            new.name,
            new.branch.as_str(),
            &new.messages,
            new.charset,
            new.line_end,
            if new.language == Language::English { "en" } else { "fr" },
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
