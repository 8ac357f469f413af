//! What the clock brings: found here, closed under the title's lock.

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{HoldEnd, Session, Store, StoreError};

/// A hold whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// The hold.
    pub id: i64,
    /// Its title.
    pub bib_id: i64,
    /// How it ends.
    pub end: HoldEnd,
}

impl Store {
    /// Takes the lease of the network's one clockwork for some seconds; `false`: another daemon has it.
    pub async fn lease(&self, job: &str, seconds: f64) -> Result<bool, StoreError> {
        let taken = sqlx::query_scalar!(
            "INSERT INTO job (name, leased_until) VALUES ($1, clock_timestamp() + make_interval(secs => $2))
             ON CONFLICT (name) DO UPDATE SET leased_until = excluded.leased_until
              WHERE job.leased_until IS NULL OR job.leased_until < clock_timestamp()
             RETURNING name",
            job,
            seconds
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(taken.is_some())
    }

    /// Gives the lease back and says up to when everything is done.
    pub async fn release(&self, job: &str, done_at: Timestamp) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE job SET leased_until = NULL, done_at = $2 WHERE name = $1",
            job,
            done_at.to_sqlx() as _
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Active holds whose time was over before `today`, the oldest first, at most so many: those that nobody could
    /// be served with, and those that were ready and not collected.
    pub async fn overdue_holds(&self, today: Date, most: i64) -> Result<Vec<Overdue>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT w.id, w.bib_id, u.id IS NOT NULL AS "ready!"
                 FROM hold w LEFT JOIN custody u ON u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan'
                WHERE w.closed_at IS NULL
                  AND CASE WHEN u.id IS NULL THEN w.expires_on < $1 ELSE u.ready_until < $1 END
                ORDER BY w.id LIMIT $2"#,
            today.to_sqlx() as _,
            most
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| Overdue {
                id: row.id,
                bib_id: row.bib_id,
                end: if row.ready {
                    HoldEnd::NotCollected
                } else {
                    HoldEnd::Lapsed
                },
            })
            .collect())
    }
}

impl Session {
    /// Ends an overdue hold, if it still is so, and logs it; `None`: it is not so any more. The session must hold
    /// the title's lock. What was set aside stays on the hold shelf until it is next scanned.
    pub async fn end_overdue<B: Serialize + Sync>(
        &mut self,
        overdue: &Overdue,
        today: Date,
        at: Timestamp,
        body: &B,
    ) -> Result<Option<i64>, StoreError> {
        let ready = overdue.end == HoldEnd::NotCollected;
        let event = sqlx::query_scalar!(
            "WITH ended AS (
                UPDATE hold w SET version = version + 1, closed_at = $3, outcome = $4
                 WHERE w.id = $1 AND w.closed_at IS NULL
                   AND CASE WHEN $5 THEN EXISTS (SELECT FROM custody u WHERE u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan' AND u.ready_until < $2)
                            ELSE w.expires_on < $2 AND NOT EXISTS (SELECT FROM custody u WHERE u.hold_id = w.id AND u.until IS NULL AND u.kind <> 'loan') END
                RETURNING w.item_id, w.patron_id, w.pickup
            )
            INSERT INTO event (at, kind, outcome, branch, item_id, patron_id, body)
            SELECT $3, 'hold_' || $4, 'done', pickup, item_id, patron_id, $6 FROM ended
            RETURNING id",
            overdue.id,
            today.to_sqlx() as _,
            at.to_sqlx() as _,
            overdue.end.name(),
            ready,
            Json(body) as _,
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(event)
    }
}
