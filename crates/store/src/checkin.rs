//! Returns, written.

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::{
    Session, StoreError,
    together::{column, outcomes},
};

/// Everything that a return writes.
#[derive(Debug)]
pub struct CheckinEffect {
    /// The terminal that asks, if one does.
    pub terminal_id: Option<i64>,
    /// The member of staff who asks, if one does.
    pub staff_id: Option<i64>,
    /// Item and guard.
    pub item: (i64, i64),
    /// The title and its guard, where its queue was read.
    pub title: Option<(i64, i64)>,
    /// The stay that ends.
    pub custody_id: i64,
    /// The branch of return.
    pub branch: BranchCode,
    /// When the return happened.
    pub at: Timestamp,
    /// Where the item goes from here.
    pub goes: Goes,
    /// The hold that it is set aside for, and its guard.
    pub hold: Option<(i64, i64)>,
    /// Who had it, when it was on loan.
    pub patron_id: Option<i64>,
    /// What a late return costs.
    pub suspension: Option<SuspensionRow>,
    /// What a late return costs in money, in cents; mostly nothing.
    pub fine_cents: i64,
    /// What the event tells, as JSON: outcome and trace.
    pub body: String,
}

/// Where a returned item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// Onto the shelf, here.
    Shelf,
    /// To another branch.
    To(BranchCode),
    /// Onto the hold shelf, here, until the end of that day.
    HoldShelf(Date),
}

impl Goes {
    fn to(self) -> Option<String> {
        match self {
            Self::To(branch) => Some(branch.to_string()),
            _ => None,
        }
    }

    fn ready_until(self) -> Option<jiff_sqlx::Date> {
        match self {
            Self::HoldShelf(until) => Some(until.to_sqlx()),
            _ => None,
        }
    }
}

/// A suspension that a return brings.
#[derive(Debug, Clone, Copy)]
pub struct SuspensionRow {
    /// The first suspended day.
    pub first_day: Date,
    /// The first day free again.
    pub free_on: Date,
    /// Why, for the librarian.
    pub reason: &'static str,
}

impl Session {
    /// Writes returns, each whole or not at all, in one statement and one commit; returns the event of each, in
    /// their order. [`StoreError::GuardMissed`] in a place: that one was overtaken, read again.
    ///
    /// # Errors
    /// Those of the statement; nothing was then written. A conflict (`StoreError::is_conflict`) asks for reading
    /// again.
    pub async fn apply_checkins(
        &mut self,
        effects: &[CheckinEffect],
    ) -> Result<Vec<Result<i64, StoreError>>, StoreError> {
        let suspension = |e: &CheckinEffect| e.suspension;
        let rows = sqlx::query_file!(
            "queries/checkin_apply.sql",
            column(effects, |e| e.terminal_id) as _,
            column(effects, |e| e.staff_id) as _,
            &column(effects, |e| e.item.0),
            &column(effects, |e| e.item.1),
            &column(effects, |e| e.custody_id),
            column(effects, |e| e.branch.as_str()) as _,
            column(effects, |e| e.at.to_sqlx()) as _,
            column(effects, |e| e.goes.to()) as _,
            column(effects, |e| e.patron_id) as _,
            column(effects, |e| suspension(e)
                .map(|row| row.first_day.to_sqlx())) as _,
            column(effects, |e| suspension(e).map(|row| row.free_on.to_sqlx())) as _,
            column(effects, |e| suspension(e).map(|row| row.reason)) as _,
            column(effects, |e| e.body.as_str()) as _,
            column(effects, |e| e.hold.map(|hold| hold.0)) as _,
            column(effects, |e| e.hold.map(|hold| hold.1)) as _,
            column(effects, |e| e.goes.ready_until()) as _,
            &column(effects, |e| e.fine_cents),
            column(effects, |e| e.title.map(|title| title.0)) as _,
            column(effects, |e| e.title.map(|title| title.1)) as _,
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(effects.len(), written))
    }
}
