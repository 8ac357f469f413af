//! A loan or a return, taken back as if it had not been.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, StoreError, Written, facts::code};

/// The last movement of an item, when it was a loan or the return of one.
#[derive(Debug, Clone)]
pub struct LastMove {
    /// The open stay that it made.
    pub custody_id: i64,
    /// The stay that it ended.
    pub before_id: i64,
    /// Whether it was a loan; otherwise it was a return.
    pub lent: bool,
    /// Who has, or had, the item.
    pub patron_id: i64,
    /// The household of that patron.
    pub household_id: i64,
    /// Its guard as it was read.
    pub household_version: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Through which terminal, if through one.
    pub terminal_id: Option<i64>,
    /// Nothing has been made of it since, such as a renewal.
    pub fresh: bool,
    /// Where the item was lent, or came back.
    pub branch: BranchCode,
}

impl Session {
    /// Reads the last movement of an item, if it was a loan or the return of one and is not unlinked from its
    /// patron.
    pub async fn last_move(&mut self, item_id: i64) -> Result<Option<LastMove>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT u.id, v.id AS before_id, u.kind = 'loan' AS "lent!", p.id AS patron_id, p.household_id, h.version AS household_version,
                      CASE u.kind WHEN 'loan' THEN u.lent_at ELSE v.returned_at END AS "at!: jiff_sqlx::Timestamp",
                      CASE u.kind WHEN 'loan' THEN u.terminal_id ELSE v.returned_by END AS terminal_id,
                      u.kind <> 'loan' OR (u.renewals = 0 AND u.continues IS NULL) AS "fresh!", u.branch
                 FROM custody u
                 JOIN custody v ON v.item_id = u.item_id AND v.until = u.since
                 JOIN patron p ON p.id = CASE u.kind WHEN 'loan' THEN u.patron_id ELSE v.patron_id END
                 JOIN household h ON h.id = p.household_id
                WHERE u.item_id = $1 AND u.until IS NULL
                  AND (u.kind = 'loan' OR (v.kind = 'loan' AND NOT v.undone))"#,
            item_id
        )
        .fetch_optional(self.pg())
        .await?;
        row.map(|row| {
            Ok(LastMove {
                custody_id: row.id,
                before_id: row.before_id,
                lent: row.lent,
                patron_id: row.patron_id,
                household_id: row.household_id,
                household_version: row.household_version,
                at: row.at.to_jiff(),
                terminal_id: row.terminal_id,
                fresh: row.fresh,
                branch: code(Some(row.branch))?,
            })
        })
        .transpose()
    }

    /// Takes a loan back, in one statement: the item is where it was before, and the hold that the loan ended waits
    /// again; if its patron has asked anew meanwhile, that hold counts and this one is over. Returns the event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title, item or household are not as they were read.
    pub async fn undo_checkout<B: Serialize + Sync>(
        &mut self,
        bib: (i64, i64),
        item: (i64, i64),
        last: &LastMove,
        written: &Written<'_, B, ()>,
    ) -> Result<i64, StoreError> {
        sqlx::query_file_scalar!(
            "queries/undo_checkout.sql",
            bib.0,
            bib.1,
            item.0,
            item.1,
            last.household_id,
            last.household_version,
            last.custody_id,
            last.before_id,
            last.patron_id,
            written.stamp.at.to_sqlx() as _,
            written.stamp.branch.as_str(),
            written.stamp.terminal_id,
            written.stamp.staff_id,
            Json(written.body) as _,
            &written.keep.key[..],
            written.keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Takes a return back, in one statement: the loan goes on as it was, what the return cost is lifted, and what it
    /// set aside for a hold is not. Returns the event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title, item or household are not as they were read.
    pub async fn undo_checkin<B: Serialize + Sync>(
        &mut self,
        bib: (i64, i64),
        item: (i64, i64),
        last: &LastMove,
        written: &Written<'_, B, ()>,
    ) -> Result<i64, StoreError> {
        sqlx::query_file_scalar!(
            "queries/undo_checkin.sql",
            bib.0,
            bib.1,
            item.0,
            item.1,
            last.household_id,
            last.household_version,
            last.custody_id,
            last.before_id,
            last.patron_id,
            written.stamp.at.to_sqlx() as _,
            written.stamp.branch.as_str(),
            written.stamp.terminal_id,
            written.stamp.staff_id,
            Json(written.body) as _,
            &written.keep.key[..],
            written.keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }
}
