//! Calendars: closures announced and taken back, weekly hours.

use circulation::{BranchCode, Closure, Opening};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use crate::{Session, Stamp, StoreError, facts::code, policy::rulebook_changed};

/// A closure of the calendar, and what became of the loans that it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosureLine {
    /// Its number.
    pub id: i64,
    /// Where, from when to when, and why.
    pub closure: Closure,
    /// Who announced it and when; none: it came with the network's files.
    pub announced: Option<(String, Timestamp)>,
    /// How many due dates it has moved.
    pub loans: i64,
    /// How many items wait longer on hold shelves.
    pub shelves: i64,
    /// There may be more to move.
    pub moving: bool,
}

/// A change of the calendar whose loans are to be gone through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarChange {
    /// Its number; 0 for one to be written.
    pub id: i64,
    /// The closure, if it is one.
    pub closure: Option<i64>,
    /// Of which branch; none: of every branch.
    pub branch: Option<BranchCode>,
    /// Due dates from this day
    pub first: Date,
    /// to this one may move.
    pub last: Date,
    /// When it was made.
    pub made_at: Timestamp,
}

impl Session {
    /// Keeps others from changing the calendar until the transaction ends; its version. Nobody who reads waits.
    pub async fn lock_calendar(&mut self) -> Result<i64, StoreError> {
        Ok(
            sqlx::query_scalar!("SELECT calendar_version FROM network FOR NO KEY UPDATE")
                .fetch_one(self.pg())
                .await?,
        )
    }

    /// Closures of these branches and of the network that end on a day or later, the first to begin first; `None`: of all.
    /// At most 500.
    pub async fn closures(
        &mut self,
        branch: Option<BranchCode>,
        from: Date,
    ) -> Result<Vec<ClosureLine>, StoreError> {
        self.closure_lines(branch, Some(from), None).await
    }

    /// A closure, by its number.
    pub async fn closure(&mut self, id: i64) -> Result<Option<ClosureLine>, StoreError> {
        Ok(self.closure_lines(None, None, Some(id)).await?.pop())
    }

    async fn closure_lines(
        &mut self,
        branch: Option<BranchCode>,
        from: Option<Date>,
        id: Option<i64>,
    ) -> Result<Vec<ClosureLine>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT c.id, c.branch, c.first_day AS "first_day: jiff_sqlx::Date", c.last_day AS "last_day: jiff_sqlx::Date",
                      c.reason, s.name AS "announced_by?", c.announced_at AS "announced_at: jiff_sqlx::Timestamp",
                      coalesce(m.loans, 0)::bigint AS "loans!", coalesce(m.shelves, 0)::bigint AS "shelves!",
                      coalesce(m.moving, false) AS "moving!"
                 FROM closure c LEFT JOIN staff_user s ON s.id = c.announced_by
                 LEFT JOIN LATERAL (SELECT sum(loans) AS loans, sum(shelves) AS shelves, bool_or(settled_at IS NULL) AS moving
                                      FROM calendar_change WHERE closure_id = c.id) m ON true
                WHERE ($1::bigint IS NULL OR c.id = $1) AND ($2::date IS NULL OR c.last_day >= $2)
                  AND ($3::text IS NULL OR c.branch = $3 OR c.branch IS NULL)
                ORDER BY c.first_day, c.branch NULLS FIRST, c.id LIMIT 500"#,
            id,
            from.map(ToSqlx::to_sqlx) as _,
            branch.as_ref().map(BranchCode::as_str),
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(ClosureLine {
                    id: row.id,
                    closure: Closure {
                        branch: row.branch.map(|branch| code(Some(branch))).transpose()?,
                        first: row.first_day.to_jiff(),
                        last: row.last_day.to_jiff(),
                        reason: row.reason,
                    },
                    announced: row
                        .announced_by
                        .zip(row.announced_at.map(jiff_sqlx::Timestamp::to_jiff)),
                    loans: row.loans,
                    shelves: row.shelves,
                    moving: row.moving,
                })
            })
            .collect()
    }

    /// Writes a closure that does not overlap another one of the same branch; its number.
    pub async fn add_closure(
        &mut self,
        closure: &Closure,
        by: i64,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO closure (branch, first_day, last_day, reason, announced_by, announced_at)
             VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            closure.branch.as_ref().map(BranchCode::as_str),
            closure.first.to_sqlx() as _,
            closure.last.to_sqlx() as _,
            closure.reason,
            by,
            at.to_sqlx() as _,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Ends a closure on an earlier day; `None`: as if it had not been.
    pub async fn end_closure(&mut self, id: i64, last: Option<Date>) -> Result<(), StoreError> {
        match last {
            Some(last) => {
                sqlx::query!(
                    "UPDATE closure SET last_day = $2 WHERE id = $1",
                    id,
                    last.to_sqlx() as _
                )
                .execute(self.pg())
                .await?
            }
            None => {
                sqlx::query!("DELETE FROM closure WHERE id = $1", id)
                    .execute(self.pg())
                    .await?
            }
        };
        Ok(())
    }

    /// Puts a branch's weekly hours in the place of those before.
    pub async fn write_week(
        &mut self,
        branch: BranchCode,
        week: &[Opening],
    ) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM opening WHERE branch = $1", branch.as_str())
            .execute(self.pg())
            .await?;
        for opening in week {
            sqlx::query!(
                "INSERT INTO opening (branch, weekday, opens, closes) VALUES ($1, $2, $3, $4)",
                branch.as_str(),
                i16::from(opening.weekday),
                opening.opens.to_sqlx() as _,
                opening.closes.to_sqlx() as _,
            )
            .execute(self.pg())
            .await?;
        }
        Ok(())
    }

    /// Makes every daemon read the calendar of a branch (`None`: closures of every branch) anew, keeps files from writing
    /// over it, and logs why; the event's number. What moves with it is written down as `change`, if anything may.
    pub async fn calendar_changed(
        &mut self,
        branch: Option<BranchCode>,
        change: Option<&CalendarChange>,
        body: &Value,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        sqlx::query!("UPDATE network SET calendar_version = calendar_version + 1")
            .execute(self.pg())
            .await?;
        rulebook_changed(self.pg()).await?;
        match &branch {
            Some(branch) => {
                sqlx::query!(
                    "UPDATE branch SET calendar_by = $2 WHERE code = $1",
                    branch.as_str(),
                    stamp.staff_id
                )
                .execute(self.pg())
                .await?
            }
            None => {
                sqlx::query!("UPDATE network SET calendar_by = $1", stamp.staff_id)
                    .execute(self.pg())
                    .await?
            }
        };
        if let Some(change) = change {
            sqlx::query!(
                "INSERT INTO calendar_change (closure_id, branch, first_day, last_day, made_at) VALUES ($1, $2, $3, $4, $5)",
                change.closure,
                change.branch.as_ref().map(BranchCode::as_str),
                change.first.to_sqlx() as _,
                change.last.to_sqlx() as _,
                change.made_at.to_sqlx() as _,
            )
            .execute(self.pg())
            .await?;
        }
        Ok(sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, staff_id, body) VALUES ($1, 'calendar', 'done', $2, $3, $4)
             RETURNING id",
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.staff_id,
            body,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Changes of the calendar that are not settled, the oldest first.
    pub async fn open_calendar_changes(&mut self) -> Result<Vec<CalendarChange>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT id, closure_id, branch, first_day AS "first_day: jiff_sqlx::Date", last_day AS "last_day: jiff_sqlx::Date",
                      made_at AS "made_at: jiff_sqlx::Timestamp"
                 FROM calendar_change WHERE settled_at IS NULL ORDER BY id LIMIT 50"#
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(CalendarChange {
                    id: row.id,
                    closure: row.closure_id,
                    branch: row.branch.map(|branch| code(Some(branch))).transpose()?,
                    first: row.first_day.to_jiff(),
                    last: row.last_day.to_jiff(),
                    made_at: row.made_at.to_jiff(),
                })
            })
            .collect()
    }

    /// Nothing was left to move for a change.
    pub async fn settle_calendar_change(
        &mut self,
        id: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE calendar_change SET settled_at = $2 WHERE id = $1 AND settled_at IS NULL",
            id,
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}
