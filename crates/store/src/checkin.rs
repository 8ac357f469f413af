//! A return, written.

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, StoreError};

/// Everything that a return writes. `B` is the body of its event.
#[derive(Debug)]
pub struct CheckinEffect<'a, B> {
    /// The terminal that asks, if one does.
    pub terminal_id: Option<i64>,
    /// The member of staff who asks, if one does.
    pub staff_id: Option<i64>,
    /// Item and guard.
    pub item: (i64, i64),
    /// The stay that ends.
    pub custody_id: i64,
    /// The branch of return.
    pub branch: BranchCode,
    /// When the return happened.
    pub at: Timestamp,
    /// The branch that the item now travels to; none: it goes to the shelf here.
    pub to: Option<BranchCode>,
    /// Who had it, when it was on loan.
    pub patron_id: Option<i64>,
    /// What a late return costs.
    pub suspension: Option<SuspensionRow<'a>>,
    /// What the event tells: outcome and trace.
    pub body: &'a B,
}

/// A suspension that a return brings.
#[derive(Debug)]
pub struct SuspensionRow<'a> {
    /// The first suspended day.
    pub first_day: Date,
    /// The first day free again.
    pub free_on: Date,
    /// Why, for the librarian.
    pub reason: &'a str,
}

impl Session {
    /// Writes a return, whole or not at all, in one statement; returns its event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`] and conflicts on `custody_one_place`: nothing was written, read again.
    pub async fn apply_checkin<B: Serialize + Sync>(
        &mut self,
        effect: &CheckinEffect<'_, B>,
    ) -> Result<i64, StoreError> {
        let suspension = effect.suspension.as_ref();
        let event_id = sqlx::query_file_scalar!(
            "queries/checkin_apply.sql",
            effect.terminal_id,
            effect.staff_id,
            effect.item.0,
            effect.item.1,
            effect.custody_id,
            effect.branch.as_str(),
            effect.at.to_sqlx() as _,
            effect.to.as_ref().map(BranchCode::as_str),
            effect.patron_id,
            suspension.map(|row| row.first_day.to_sqlx()) as _,
            suspension.map(|row| row.free_on.to_sqlx()) as _,
            suspension.map(|row| row.reason),
            Json(effect.body) as _,
        )
        .fetch_one(self.pg_to_write())
        .await?;
        Ok(event_id)
    }
}
