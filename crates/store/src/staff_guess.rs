//! Wrong passwords of staff: remembered for all daemons, in a bounded number of buckets.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Store, StoreError};

impl Store {
    /// For each of these buckets how many passwords were wrong in a row, and when the last one was.
    pub async fn staff_guesses(
        &self,
        buckets: &[i32],
    ) -> Result<Vec<(u32, Timestamp)>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT wrong, last_at AS "last_at: jiff_sqlx::Timestamp" FROM staff_guess WHERE bucket = ANY($1)"#,
            buckets
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                (
                    u32::try_from(row.wrong).unwrap_or(u32::MAX),
                    row.last_at.to_jiff(),
                )
            })
            .collect())
    }

    /// One more was wrong, in each of these buckets.
    pub async fn staff_guessed_wrong(
        &self,
        buckets: &[i32],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO staff_guess (bucket, wrong, last_at) SELECT DISTINCT bucket, 1, $2::timestamptz FROM unnest($1::int[]) AS bucket
             ORDER BY bucket
             ON CONFLICT (bucket)
             DO UPDATE SET wrong = staff_guess.wrong + 1, last_at = greatest(staff_guess.last_at, excluded.last_at)",
            buckets,
            at.to_sqlx() as _
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// One was right: the wrong ones before it in the one bucket were slips, and half of those in the other, where
    /// others are counted, too.
    pub async fn staff_guessed_right(&self, own: i32, shared: i32) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH own AS (DELETE FROM staff_guess WHERE bucket = $1 OR bucket = $2 AND wrong < 2)
             UPDATE staff_guess SET wrong = wrong / 2 WHERE bucket = $2 AND wrong >= 2",
            own,
            shared
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets wrong passwords of before that moment.
    pub async fn forget_staff_guesses(&self, before: Timestamp) -> Result<u64, StoreError> {
        let forgotten = sqlx::query!(
            "DELETE FROM staff_guess WHERE last_at < $1",
            before.to_sqlx() as _
        )
        .execute(&self.pool)
        .await?;
        Ok(forgotten.rows_affected())
    }
}
