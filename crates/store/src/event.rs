//! The log of what happened and why. It only grows.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, Stamp, StoreError, facts::code};

/// A refusal, to be logged. `B` is the body: reasons and trace.
#[derive(Debug)]
pub struct Refused<'a, B> {
    /// What was asked: `checkout`, `renew`, …
    pub kind: &'a str,
    /// The terminal that asked, if one did.
    pub terminal_id: Option<i64>,
    /// The member of staff who asked, if one did.
    pub staff_id: Option<i64>,
    /// Where.
    pub branch: BranchCode,
    /// The item, if one was found.
    pub item_id: Option<i64>,
    /// The patron, if one was found.
    pub patron_id: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// Reasons and trace.
    pub body: &'a B,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its number, as `relire why` takes it.
    pub id: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What was asked.
    pub kind: String,
    /// Whether it was done; otherwise it was refused.
    pub done: bool,
    /// Where.
    pub branch: Option<BranchCode>,
    /// Through which terminal.
    pub terminal: Option<String>,
    /// By which member of staff.
    pub staff: Option<String>,
    /// The item's barcode and title.
    pub item: Option<(String, String)>,
    /// Outcome and trace.
    pub body: serde_json::Value,
}

impl Session {
    /// Logs a refusal; returns its event.
    pub async fn log_refusal<B: Serialize + Sync>(
        &mut self,
        refused: &Refused<'_, B>,
    ) -> Result<i64, StoreError> {
        let id = sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
             VALUES ($1, $2, 'refused', $3, $4, $5, $6, $7, $8) RETURNING id",
            refused.at.to_sqlx() as _,
            refused.kind,
            refused.branch.as_str(),
            refused.terminal_id,
            refused.staff_id,
            refused.item_id,
            refused.patron_id,
            Json(refused.body) as _,
        )
        .fetch_one(self.pg())
        .await?;
        Ok(id)
    }

    /// Logs something that was done and moved nothing; returns its event.
    pub async fn log_done<B: Serialize + Sync>(
        &mut self,
        kind: &str,
        stamp: &Stamp,
        item_id: Option<i64>,
        patron_id: Option<i64>,
        body: &B,
    ) -> Result<i64, StoreError> {
        let id = sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
             VALUES ($1, $2, 'done', $3, $4, $5, $6, $7, $8) RETURNING id",
            stamp.at.to_sqlx() as _,
            kind,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            item_id,
            patron_id,
            Json(body) as _,
        )
        .fetch_one(self.pg())
        .await?;
        Ok(id)
    }

    /// Reads one event; none has this number: `None`.
    pub async fn event(&mut self, id: i64) -> Result<Option<Event>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT e.id, e.at AS "at: jiff_sqlx::Timestamp", e.kind, e.outcome, e.branch, e.body,
                      t.name AS "terminal?", s.name AS "staff?", i.barcode AS "barcode?", b.title AS "title?"
                 FROM event e
                 LEFT JOIN terminal t ON t.id = e.terminal_id
                 LEFT JOIN staff_user s ON s.id = e.staff_id
                 LEFT JOIN item i ON i.id = e.item_id
                 LEFT JOIN bib b ON b.id = i.bib_id
                WHERE e.id = $1"#,
            id
        )
        .fetch_optional(self.pg())
        .await?;
        row.map(|row| {
            Ok(Event {
                id: row.id,
                at: row.at.to_jiff(),
                kind: row.kind,
                done: row.outcome == "done",
                branch: row.branch.map(|branch| code(Some(branch))).transpose()?,
                terminal: row.terminal,
                staff: row.staff,
                item: row.barcode.zip(row.title),
                body: row.body,
            })
        })
        .transpose()
    }
}
