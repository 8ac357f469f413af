//! What machines report having done off-line: when an item was last seen, and what staff have to look at.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, Stamp, Store, StoreError};

/// Something that was reported and has to be looked at. `N` says what.
#[derive(Debug)]
pub struct NewException<'a, N> {
    /// `checkout`, `checkin` or `renew`.
    pub kind: &'a str,
    /// When it happened, as it was counted.
    pub happened_at: Timestamp,
    /// Which machine reported it, where and when.
    pub stamp: Stamp,
    /// The event of what was done, or of the refusal.
    pub event: i64,
    /// The item, if the barcode led to one.
    pub item_id: Option<i64>,
    /// The patron, if the card led to one.
    pub patron_id: Option<i64>,
    /// The number that led nowhere.
    pub scanned: Option<&'a str>,
    /// What was done, and what is to be looked at.
    pub notes: &'a N,
}

/// An exception that nobody has settled yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// Its number.
    pub id: i64,
    /// `checkout`, `checkin` or `renew`.
    pub kind: String,
    /// When it happened, as it was counted.
    pub happened_at: Timestamp,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// What people call the machine.
    pub terminal: String,
    /// The event of what was done, or of the refusal.
    pub event: i64,
    /// Barcode and title of the item, if the barcode led to one.
    pub item: Option<(String, String)>,
    /// The active card of the patron, if there is one.
    pub card: Option<String>,
    /// The number that led nowhere.
    pub scanned: Option<String>,
    /// What was done, and what is to be looked at.
    pub notes: serde_json::Value,
}

impl Session {
    /// When an item was last lent or taken back, by the network's clock; `None`: never since it is on record.
    pub async fn seen_at(&mut self, item_id: i64) -> Result<Option<Timestamp>, StoreError> {
        let seen = sqlx::query_scalar!(
            r#"SELECT seen_at AS "seen_at: jiff_sqlx::Timestamp" FROM item WHERE id = $1"#,
            item_id
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(seen.flatten().map(jiff_sqlx::Timestamp::to_jiff))
    }

    /// An item was seen although nothing came of it: a return of what was not on loan.
    pub async fn see(&mut self, item_id: i64, at: Timestamp) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE item SET seen_at = $2 WHERE id = $1 AND (seen_at IS NULL OR seen_at < $2)",
            item_id,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Puts something on the list of what has to be looked at; returns its number.
    pub async fn note_exception<N: Serialize + Sync>(
        &mut self,
        new: &NewException<'_, N>,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO offline_exception (kind, happened_at, reported_at, branch, terminal_id, event_id, item_id,
                                            patron_id, scanned, notes)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            new.kind,
            new.happened_at.to_sqlx() as _,
            new.stamp.at.to_sqlx() as _,
            new.stamp.branch.as_str(),
            new.stamp.terminal_id,
            new.event,
            new.item_id,
            new.patron_id,
            new.scanned,
            Json(new.notes) as _,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// What has to be looked at in a branch, in the order of its coming.
    pub async fn exceptions(&mut self, branch: BranchCode) -> Result<Vec<Exception>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT x.id, x.kind, x.happened_at AS "happened_at: jiff_sqlx::Timestamp",
                      x.reported_at AS "reported_at: jiff_sqlx::Timestamp", t.name AS terminal, x.event_id,
                      i.barcode AS "barcode?", b.title AS "title?", c.number AS "card?", x.scanned, x.notes
                 FROM offline_exception x
                 JOIN terminal t ON t.id = x.terminal_id
                 LEFT JOIN item i ON i.id = x.item_id
                 LEFT JOIN bib b ON b.id = i.bib_id
                 LEFT JOIN card c ON c.patron_id = x.patron_id AND c.status = 'active'
                WHERE x.branch = $1 AND x.settled_at IS NULL ORDER BY x.id"#,
            branch.as_str()
        )
        .fetch_all(self.pg())
        .await?;
        Ok(read
            .into_iter()
            .map(|row| Exception {
                id: row.id,
                kind: row.kind,
                happened_at: row.happened_at.to_jiff(),
                reported_at: row.reported_at.to_jiff(),
                terminal: row.terminal,
                event: row.event_id,
                item: row.barcode.zip(row.title),
                card: row.card,
                scanned: row.scanned,
                notes: row.notes,
            })
            .collect())
    }

    /// Somebody has looked at it: it leaves the list, and whom it names. `false`: it was not on it.
    pub async fn settle_exception(
        &mut self,
        id: i64,
        staff_id: Option<i64>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let settled = sqlx::query!(
            "UPDATE offline_exception SET settled_at = $2, settled_by = $3, scanned = NULL, patron_id = NULL
              WHERE id = $1 AND settled_at IS NULL",
            id,
            at.to_sqlx() as _,
            staff_id,
        )
        .execute(self.pg())
        .await?;
        Ok(settled.rows_affected() > 0)
    }
}

impl Store {
    /// Takes the patron from entries that were reported before `before`; how many these were. What is to be looked at
    /// stays on the list.
    pub async fn unlink_exceptions(&self, before: Timestamp) -> Result<u64, StoreError> {
        let unlinked = sqlx::query!(
            "UPDATE offline_exception SET patron_id = NULL
              WHERE settled_at IS NULL AND patron_id IS NOT NULL AND reported_at < $1",
            before.to_sqlx() as _,
        )
        .execute(&self.pool)
        .await?;
        Ok(unlinked.rows_affected())
    }
}
