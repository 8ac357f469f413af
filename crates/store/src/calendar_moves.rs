//! What a change of the calendar moves: due dates of open loans, last days on hold shelves.

use circulation::{BranchCode, CategoryCode, DocumentCode};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::{
    Session, StoreError,
    facts::code,
    together::{column, outcomes},
};

/// Something whose day may move: an open loan, or an item on a hold shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movable {
    /// Its custody row.
    pub custody: i64,
    /// Item and guard.
    pub item: (i64, i64),
    /// Whose loan or hold.
    pub patron: i64,
    /// Where it was lent, or waits.
    pub branch: BranchCode,
    /// Whose the item is.
    pub owner: BranchCode,
    /// The reader's category: as lent, or as it is now.
    pub category: CategoryCode,
    /// The document type: as lent, or as it is now.
    pub document: DocumentCode,
    /// Its last day so far.
    pub day: Date,
    /// When the lender of a borrowed item wants it back, for a loan.
    pub return_by: Option<Date>,
    /// When it was set aside, for a hold shelf.
    pub since: Option<Timestamp>,
}

/// A day that moves.
#[derive(Debug)]
pub struct MovedDay {
    /// What of.
    pub of: Movable,
    /// Its new last day.
    pub to: Date,
    /// What the event tells, as JSON.
    pub body: String,
}

/// For whom days are moved.
#[derive(Debug, Clone, Copy)]
pub struct MovedBy {
    /// The change of the calendar.
    pub change: i64,
    /// The calendar that decided.
    pub calendar_version: i64,
    /// When.
    pub at: Timestamp,
}

/// Which part of what may move is read.
#[derive(Debug, Clone, Copy)]
pub struct MovableAsk {
    /// At this branch; none: at any.
    pub branch: Option<BranchCode>,
    /// Whose day is this one
    pub first: Date,
    /// to this one.
    pub last: Date,
    /// Those after this day and custody row.
    pub after: Option<(Date, i64)>,
    /// How many at most.
    pub most: i64,
}

impl Session {
    /// Open loans by due date.
    pub async fn loans_due(&mut self, ask: &MovableAsk) -> Result<Vec<Movable>, StoreError> {
        let (day, custody) = ask.after.unwrap_or((ask.first, 0));
        let read = sqlx::query_file!(
            "queries/loans_due.sql",
            ask.branch.as_ref().map(BranchCode::as_str),
            ask.first.to_sqlx() as _,
            ask.last.to_sqlx() as _,
            day.to_sqlx() as _,
            custody,
            ask.most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(Movable {
                    custody: row.id,
                    item: (row.item_id, row.item_version),
                    patron: row.patron_id,
                    branch: code(Some(row.branch))?,
                    owner: code(Some(row.owner_branch))?,
                    category: code(Some(row.category))?,
                    document: code(Some(row.document))?,
                    day: row.due.to_jiff(),
                    return_by: row.return_by.map(jiff_sqlx::Date::to_jiff),
                    since: None,
                })
            })
            .collect()
    }

    /// What waits on hold shelves until a day or later (`last` is not looked at).
    pub async fn shelved(&mut self, ask: &MovableAsk) -> Result<Vec<Movable>, StoreError> {
        let (day, custody) = ask.after.unwrap_or((ask.first, 0));
        let read = sqlx::query_file!(
            "queries/shelved.sql",
            ask.branch.as_ref().map(BranchCode::as_str),
            ask.first.to_sqlx() as _,
            day.to_sqlx() as _,
            custody,
            ask.most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(Movable {
                    custody: row.id,
                    item: (row.item_id, row.item_version),
                    patron: row.patron_id.unwrap_or_default(),
                    branch: code(Some(row.branch))?,
                    owner: code(Some(row.owner_branch))?,
                    category: code(Some(row.category))?,
                    document: code(Some(row.document))?,
                    day: row.until.to_jiff(),
                    return_by: None,
                    since: Some(row.since.to_jiff()),
                })
            })
            .collect()
    }

    /// Writes later due dates, each whole or not at all, in one statement and one commit; the event of each.
    pub async fn move_due(
        &mut self,
        moved: &[MovedDay],
        by: MovedBy,
    ) -> Result<Vec<Result<i64, StoreError>>, StoreError> {
        let rows = sqlx::query_file!(
            "queries/loans_due_apply.sql",
            &column(moved, |m| m.of.item.0),
            &column(moved, |m| m.of.item.1),
            &column(moved, |m| m.of.custody),
            column(moved, |m| m.of.day.to_sqlx()) as _,
            column(moved, |m| m.to.to_sqlx()) as _,
            column(moved, |m| m.of.branch.as_str()) as _,
            &column(moved, |m| m.of.patron),
            column(moved, |m| m.body.as_str()) as _,
            by.at.to_sqlx() as _,
            by.calendar_version,
            by.change,
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(moved.len(), written))
    }

    /// Writes later last days on hold shelves, each whole or not at all, in one statement and one commit.
    pub async fn move_ready(
        &mut self,
        moved: &[MovedDay],
        by: MovedBy,
    ) -> Result<Vec<Result<i64, StoreError>>, StoreError> {
        let rows = sqlx::query_file!(
            "queries/shelved_apply.sql",
            &column(moved, |m| m.of.item.0),
            &column(moved, |m| m.of.item.1),
            &column(moved, |m| m.of.custody),
            column(moved, |m| m.of.day.to_sqlx()) as _,
            column(moved, |m| m.to.to_sqlx()) as _,
            column(moved, |m| m.of.branch.as_str()) as _,
            &column(moved, |m| m.of.patron),
            column(moved, |m| m.body.as_str()) as _,
            by.at.to_sqlx() as _,
            by.change,
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(moved.len(), written))
    }
}
