//! Pages of what staff read and changed.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use crate::{Session, StoreError, facts::code};

/// Which lines of the audit: those that fit everything that is said here.
#[derive(Debug, Clone, Default)]
pub struct AuditAsk {
    /// Of what was done at this branch.
    pub branch: Option<BranchCode>,
    /// By the member of staff with this login.
    pub login: Option<String>,
    /// About the reader who has, or had, this card.
    pub card: Option<String>,
    /// Of this action, by its name in roles.
    pub action: Option<String>,
    /// At this moment or later.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// From the line after this one; none: from the last.
    pub after: Option<i64>,
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who: their name.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// Through a program's token, by its name.
    pub token: Option<String>,
    /// Where.
    pub branch: BranchCode,
    /// What it took, by its name in roles.
    pub action: String,
    /// About which reader.
    pub patron: Option<i64>,
    /// On which occasion, without a person.
    pub detail: Value,
}

impl Session {
    /// Who has, or had, a card of this number; none where it is nobody's, or several branches gave it to several readers.
    pub async fn card_holder(&mut self, number: &str) -> Result<Option<i64>, StoreError> {
        let holders = sqlx::query_scalar!(
            "SELECT DISTINCT patron_id FROM card WHERE number = $1 LIMIT 2",
            number
        )
        .fetch_all(self.pg())
        .await?;
        Ok(match holders.as_slice() {
            [holder] => Some(*holder),
            _ => None,
        })
    }

    /// Reads lines of the audit, the last first: at most `most`, of the next `look` at most; and the number of the last that
    /// was looked at, where there may be more behind it. One round trip.
    pub async fn audit_lines(
        &mut self,
        ask: &AuditAsk,
        look: i64,
        most: i64,
    ) -> Result<(Vec<AuditLine>, Option<i64>), StoreError> {
        let read = sqlx::query_file!(
            "queries/audit_lines.sql",
            ask.after.unwrap_or(i64::MAX),
            look,
            most,
            ask.branch.as_ref().map(BranchCode::as_str),
            ask.login,
            ask.card,
            ask.action,
            ask.from.map(ToSqlx::to_sqlx) as _,
            ask.until.map(ToSqlx::to_sqlx) as _,
        )
        .fetch_all(self.pg())
        .await?;
        let mut lines = Vec::new();
        let mut end = None;
        for row in read {
            end = row.last_looked.filter(|_| row.looked >= look);
            // Where nothing fits, one row says how far was looked.
            let Some(id) = row.id else { continue };
            let (Some(at), Some(branch), Some(name), Some(login), Some(action)) =
                (row.at, row.branch, row.name, row.login, row.action)
            else {
                continue;
            };
            lines.push(AuditLine {
                id,
                at: at.to_jiff(),
                name,
                login,
                token: row.token,
                branch: code(Some(branch))?,
                action,
                patron: row.patron_id,
                detail: row.detail.unwrap_or_default(),
            });
        }
        Ok((lines, end))
    }
}
