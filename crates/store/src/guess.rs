//! Wrong PINs, remembered beyond a connection and for all daemons.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Store, StoreError};

impl Store {
    /// How many PINs were wrong in a row for this patron at this terminal, and when the last one was.
    pub async fn pin_guesses(
        &self,
        terminal_id: i64,
        patron_id: i64,
    ) -> Result<Option<(u32, Timestamp)>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT wrong, last_at AS "last_at: jiff_sqlx::Timestamp" FROM pin_guess
                WHERE terminal_id = $1 AND patron_id = $2"#,
            terminal_id,
            patron_id
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| {
            let wrong = u32::try_from(row.wrong).unwrap_or(u32::MAX);
            (wrong, row.last_at.to_jiff())
        }))
    }

    /// One more was wrong.
    pub async fn guessed_wrong(
        &self,
        terminal_id: i64,
        patron_id: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO pin_guess (terminal_id, patron_id, wrong, last_at) VALUES ($1, $2, 1, $3)
             ON CONFLICT (terminal_id, patron_id)
             DO UPDATE SET wrong = pin_guess.wrong + 1, last_at = greatest(pin_guess.last_at, excluded.last_at)",
            terminal_id,
            patron_id,
            at.to_sqlx() as _
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// One was right: the wrong ones before it were slips.
    pub async fn guessed_right(&self, terminal_id: i64, patron_id: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "DELETE FROM pin_guess WHERE terminal_id = $1 AND patron_id = $2",
            terminal_id,
            patron_id
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets wrong PINs of before that moment.
    pub async fn forget_guesses(&self, before: Timestamp) -> Result<u64, StoreError> {
        let forgotten = sqlx::query!(
            "DELETE FROM pin_guess WHERE last_at < $1",
            before.to_sqlx() as _
        )
        .execute(&self.pool)
        .await?;
        Ok(forgotten.rows_affected())
    }
}
