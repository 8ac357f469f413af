//! What a branch has to fetch, send, expect and clear away.

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{Session, StoreError, facts::code};

/// A copy on this branch's shelf, of a title that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The item.
    pub item_id: i64,
    /// Its bib.
    pub bib_id: i64,
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// Where it stands on the shelf.
    pub call_number: String,
}

/// An item between two branches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Travelling {
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// The branch that sent it.
    pub from: BranchCode,
    /// The branch that expects it.
    pub to: BranchCode,
    /// Since when it is on its way (recording time).
    pub since: Timestamp,
    /// Whether somebody waits for it there.
    pub for_hold: bool,
}

/// An item on a hold shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// The last day on which it waits.
    pub until: Date,
    /// The card of whoever it waits for; none: the hold is over, it is to be cleared away.
    pub card: Option<String>,
}

impl Session {
    /// Copies on a branch's shelf of titles that somebody waits for, in the order of the shelf.
    pub async fn wanted(&mut self, branch: BranchCode) -> Result<Vec<Wanted>, StoreError> {
        Ok(sqlx::query_as!(
            Wanted,
            "SELECT DISTINCT i.id AS item_id, i.bib_id, i.barcode, b.title, i.call_number
               FROM hold w
               JOIN item i ON i.bib_id = w.bib_id AND (w.item_id IS NULL OR w.item_id = i.id) AND i.condition = 'good'
               JOIN custody u ON u.item_id = i.id AND u.until IS NULL AND u.kind = 'shelf' AND u.branch = $1
               JOIN bib b ON b.id = i.bib_id
              WHERE w.closed_at IS NULL AND NOT EXISTS (SELECT FROM custody c WHERE c.hold_id = w.id AND c.until IS NULL AND c.kind <> 'loan')
              ORDER BY i.call_number, i.barcode",
            branch.as_str()
        )
        .fetch_all(self.pg())
        .await?)
    }

    /// Items that left a branch or are expected there, the longest on their way first.
    pub async fn travelling(&mut self, branch: BranchCode) -> Result<Vec<Travelling>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT i.barcode, b.title, u.branch, u.to_branch AS "to_branch!", u.since AS "since: jiff_sqlx::Timestamp",
                      EXISTS (SELECT FROM hold w WHERE w.id = u.hold_id AND w.closed_at IS NULL) AS "for_hold!"
                 FROM custody u JOIN item i ON i.id = u.item_id JOIN bib b ON b.id = i.bib_id
                WHERE u.until IS NULL AND u.kind = 'transit' AND (u.branch = $1 OR u.to_branch = $1)
                ORDER BY u.since, i.barcode"#,
            branch.as_str()
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(Travelling {
                    barcode: row.barcode,
                    title: row.title,
                    from: code(Some(row.branch))?,
                    to: code(Some(row.to_branch))?,
                    since: row.since.to_jiff(),
                    for_hold: row.for_hold,
                })
            })
            .collect()
    }

    /// What stands on a branch's hold shelf, what is to be cleared away first.
    pub async fn set_aside(&mut self, branch: BranchCode) -> Result<Vec<SetAside>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT i.barcode, b.title, u.ready_until AS "until!: jiff_sqlx::Date",
                      (SELECT c.number FROM hold w JOIN card c ON c.patron_id = w.patron_id AND c.status = 'active'
                        WHERE w.id = u.hold_id AND w.closed_at IS NULL) AS card
                 FROM custody u JOIN item i ON i.id = u.item_id JOIN bib b ON b.id = i.bib_id
                WHERE u.until IS NULL AND u.kind = 'hold_shelf' AND u.branch = $1
                ORDER BY EXISTS (SELECT FROM hold w WHERE w.id = u.hold_id AND w.closed_at IS NULL), u.ready_until, i.barcode"#,
            branch.as_str()
        )
        .fetch_all(self.pg())
        .await?;
        Ok(read
            .into_iter()
            .map(|row| SetAside {
                barcode: row.barcode,
                title: row.title,
                until: row.until.to_jiff(),
                card: row.card,
            })
            .collect())
    }
}
