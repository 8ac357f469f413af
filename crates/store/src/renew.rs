//! A renewal, written.

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, StoreError};

/// Everything that a renewal writes. `B` is the body of its event.
#[derive(Debug)]
pub struct RenewEffect<'a, B> {
    /// The terminal that asks, if one does.
    pub terminal_id: Option<i64>,
    /// The member of staff who asks, if one does.
    pub staff_id: Option<i64>,
    /// The hash of the request, kept so that a repetition finds this renewal.
    pub key: Option<[u8; 16]>,
    /// Item and guard.
    pub item: (i64, i64),
    /// The loan.
    pub custody_id: i64,
    /// Renewals used before this one.
    pub renewals: u16,
    /// The new last day of the loan.
    pub due: Date,
    /// Where it was asked for.
    pub branch: BranchCode,
    /// The borrower.
    pub patron_id: i64,
    /// When.
    pub at: Timestamp,
    /// The policy that decided.
    pub policy_version: i32,
    /// The calendar that decided.
    pub calendar_version: i64,
    /// What the event tells: outcome and trace.
    pub body: &'a B,
}

impl Session {
    /// Writes a renewal, whole or not at all, in one statement; returns its event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: nothing was written, read again.
    pub async fn apply_renewal<B: Serialize + Sync>(
        &mut self,
        effect: &RenewEffect<'_, B>,
    ) -> Result<i64, StoreError> {
        let event_id = sqlx::query_file_scalar!(
            "queries/renew_apply.sql",
            effect.terminal_id,
            effect.key.as_ref().map(<[u8; 16]>::as_slice),
            effect.item.0,
            effect.item.1,
            effect.custody_id,
            i16::try_from(effect.renewals).unwrap_or(i16::MAX),
            effect.due.to_sqlx() as _,
            effect.branch.as_str(),
            effect.patron_id,
            effect.at.to_sqlx() as _,
            effect.staff_id,
            effect.policy_version,
            effect.calendar_version,
            Json(effect.body) as _,
        )
        .fetch_one(self.pg_to_write())
        .await?;
        Ok(event_id)
    }
}
