//! Questions that were answered by a change: known again when they come again.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, Store, StoreError};

/// What a question of this key was answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// The event of the change.
    pub event: i64,
    /// The typed answer, as the command wrote it.
    pub result: serde_json::Value,
}

/// What a question is known by when it comes again, and until when. What writes an effect writes this with it.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// The hash of the request.
    pub key: [u8; 16],
    /// By the network's clock.
    pub until: Timestamp,
}

impl Session {
    /// What a question of this key was answered with; `None`: it was never asked, or nothing came of it.
    pub async fn remembered(&mut self, key: [u8; 16]) -> Result<Option<Remembered>, StoreError> {
        let row = sqlx::query!(
            "SELECT event_id, result FROM request WHERE key = $1",
            &key[..]
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(row.map(|row| Remembered {
            event: row.event_id,
            result: row.result,
        }))
    }

    /// Remembers a question and its answer, in the transaction of its effect.
    ///
    /// # Errors
    /// The constraint `request_pkey`: the same question was answered meanwhile. It is a conflict: reading again finds
    /// that answer.
    pub async fn remember<R: Serialize + Sync>(
        &mut self,
        key: [u8; 16],
        event: i64,
        result: &R,
        keep_until: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO request (key, event_id, result, keep_until) VALUES ($1, $2, $3, $4)",
            &key[..],
            event,
            Json(result) as _,
            keep_until.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}

impl Session {
    /// Forgets one question: what it brought is over, and it is to be decided anew.
    pub async fn forget_request(&mut self, key: [u8; 16]) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM request WHERE key = $1", &key[..])
            .execute(self.pg())
            .await?;
        Ok(())
    }
}

impl Store {
    /// Forgets the questions whose time is over, at most so many; how many these were.
    pub async fn forget_requests(&self, at: Timestamp, most: i64) -> Result<u64, StoreError> {
        let forgotten = sqlx::query!(
            "DELETE FROM request WHERE key IN (SELECT key FROM request WHERE keep_until < $1 LIMIT $2)",
            at.to_sqlx() as _,
            most,
        )
        .execute(&self.pool)
        .await?;
        Ok(forgotten.rows_affected())
    }
}
