//! Terminals: the machines that may speak, each an object of its own (not a patron, not a member of staff).

use circulation::{BranchCode, Language};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{
    Session, StoreError,
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
    /// Raised by every change.
    pub version: i64,
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
                    renew_by_checkout, version
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
                version: row.version,
            })
        })
        .transpose()
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
