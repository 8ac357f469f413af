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

/// A return of a title that somebody waits for, decided on its queue.
#[derive(Debug)]
pub struct QueuedCheckin {
    /// What it writes.
    pub effect: CheckinEffect,
    /// The title and its guard, which whoever changes the queue raises.
    pub title: (i64, i64),
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
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(effects.len(), written))
    }

    /// The same for returns of titles that somebody waits for: the title's guard is one more.
    ///
    /// # Errors
    /// As [`Session::apply_checkins`].
    pub async fn apply_queued_checkins(
        &mut self,
        effects: &[QueuedCheckin],
    ) -> Result<Vec<Result<i64, StoreError>>, StoreError> {
        let rows = sqlx::query_file!(
            "queries/checkin_queued_apply.sql",
            column(effects, |e| e.effect.terminal_id) as _,
            column(effects, |e| e.effect.staff_id) as _,
            &column(effects, |e| e.effect.item.0),
            &column(effects, |e| e.effect.item.1),
            &column(effects, |e| e.effect.custody_id),
            column(effects, |e| e.effect.branch.as_str()) as _,
            column(effects, |e| e.effect.at.to_sqlx()) as _,
            column(effects, |e| e.effect.goes.to()) as _,
            column(effects, |e| e.effect.patron_id) as _,
            column(effects, |e| e
                .effect
                .suspension
                .map(|row| row.first_day.to_sqlx())) as _,
            column(effects, |e| e
                .effect
                .suspension
                .map(|row| row.free_on.to_sqlx())) as _,
            column(effects, |e| e.effect.suspension.map(|row| row.reason)) as _,
            column(effects, |e| e.effect.body.as_str()) as _,
            column(effects, |e| e.effect.hold.map(|hold| hold.0)) as _,
            column(effects, |e| e.effect.hold.map(|hold| hold.1)) as _,
            column(effects, |e| e.effect.goes.ready_until()) as _,
            &column(effects, |e| e.effect.fine_cents),
            &column(effects, |e| e.title.0),
            &column(effects, |e| e.title.1),
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(effects.len(), written))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_two_statements_differ_by_the_title_s_guard_only() {
        let statement = |text: &str| {
            let lines = text.lines().filter(|line| !line.starts_with("--"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let (plain, queued) = (
            statement(include_str!("../queries/checkin_apply.sql")),
            statement(include_str!("../queries/checkin_queued_apply.sql")),
        );
        let (before, guard) = queued.split_once("), title_guard AS (").unwrap();
        let (guard, after) = guard.split_once("), item_guard AS (").unwrap();
        assert!(guard.contains("UPDATE bib") && guard.contains("titled AS"));
        let without = format!("{before}), item_guard AS ({after}")
            .replace("titled", "asked")
            .replace(", $18::bigint[], $19::bigint[]", "")
            .replace(", bib_id, bib_version", "")
            .replace("ORDER BY bib_id, item_id", "ORDER BY item_id");
        assert_eq!(without, plain);
    }
}
