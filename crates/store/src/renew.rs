//! Renewals, written.

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::{
    Session, StoreError,
    together::{column, outcomes},
};

/// Everything that a renewal writes.
#[derive(Debug)]
pub struct RenewEffect {
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
    /// What the event tells, as JSON: outcome and trace.
    pub body: String,
}

impl Session {
    /// Writes renewals, each whole or not at all, in one statement and one commit; returns the event of each, in
    /// their order. [`StoreError::GuardMissed`] in a place: that one was overtaken, read again.
    ///
    /// # Errors
    /// Those of the statement; nothing was then written.
    pub async fn apply_renewals(
        &mut self,
        effects: &[RenewEffect],
    ) -> Result<Vec<Result<i64, StoreError>>, StoreError> {
        let rows = sqlx::query_file!(
            "queries/renew_apply.sql",
            column(effects, |e| e.terminal_id) as _,
            column(effects, |e| e.key.map(Vec::from)) as _,
            &column(effects, |e| e.item.0),
            &column(effects, |e| e.item.1),
            &column(effects, |e| e.custody_id),
            &column(effects, |e| i16::try_from(e.renewals).unwrap_or(i16::MAX)),
            column(effects, |e| e.due.to_sqlx()) as _,
            column(effects, |e| e.branch.as_str()) as _,
            &column(effects, |e| e.patron_id),
            column(effects, |e| e.at.to_sqlx()) as _,
            column(effects, |e| e.staff_id) as _,
            &column(effects, |e| e.policy_version),
            &column(effects, |e| e.calendar_version),
            column(effects, |e| e.body.as_str()) as _,
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(effects.len(), written))
    }
}
