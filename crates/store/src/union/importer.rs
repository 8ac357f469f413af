//! One import at a time, and its batches.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::{Store, StoreError};

/// The advisory lock of everything that decides which records are one document. Whoever holds it may rely on what it
/// read of the union.
pub(super) const UNION_LOCK: i64 = 0x0072_656c_6972_6501;

/// Another import is at work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("another import is at work ({who}): wait until it is done, or stop it")]
pub struct ImportBusy {
    /// What the database knows of it.
    pub who: String,
}

/// The one import of this moment: a connection of its own, which holds the lock as long as it lives.
#[derive(Debug)]
pub struct Importer {
    pub(super) connection: PgConnection,
    dry: bool,
}

impl Store {
    /// Begins an import, unless another is at work. A dry one sees what it writes, and leaves nothing.
    pub async fn importer(&self, dry: bool) -> Result<Result<Importer, ImportBusy>, StoreError> {
        // Not the pool's any more: when it is dropped it is closed, and the lock with it.
        let mut connection = self.pool.acquire().await?.detach();
        let taken =
            sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "taken!""#, UNION_LOCK)
                .fetch_one(&mut connection)
                .await?;
        if !taken {
            let who = sqlx::query_scalar!(
                r#"SELECT format('connection %s since %s', a.pid, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI')) AS "who!"
                     FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                    WHERE l.locktype = 'advisory' AND l.granted
                      AND (l.classid::bigint << 32) + l.objid::bigint = $1"#,
                UNION_LOCK
            )
            .fetch_optional(&mut connection)
            .await?;
            let who = who.unwrap_or_else(|| "it has just ended".to_owned());
            return Ok(Err(ImportBusy { who }));
        }
        // Every look-up of a batch is by key, from a list whose length the planner cannot know.
        let settings =
            "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
                        SET application_name = 'relire import'";
        sqlx::raw_sql(settings).execute(&mut connection).await?;
        if dry {
            sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
        }
        Ok(Ok(Importer { connection, dry }))
    }
}

impl Importer {
    /// Begins a batch. After an error the importer is of no more use: dropped, it leaves nothing of the batch.
    pub async fn begin(&mut self) -> Result<(), StoreError> {
        self.say(if self.dry { "SAVEPOINT batch" } else { "BEGIN" })
            .await
    }

    /// Ends a batch: durable, unless it is dry.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        self.say(if self.dry {
            "RELEASE SAVEPOINT batch"
        } else {
            "COMMIT"
        })
        .await
    }

    /// Tells the planner how much there is now.
    pub async fn look_around(&mut self) -> Result<(), StoreError> {
        self.say("ANALYZE bib, source_record, match_key, item, custody")
            .await
    }

    /// Ends the import and gives up the lock; what was not committed is gone.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }

    /// That many new numbers of bibs, source records and items.
    pub async fn numbers(
        &mut self,
        bibs: usize,
        records: usize,
        items: usize,
    ) -> Result<[Vec<i64>; 3], StoreError> {
        let count = |wanted: usize| i64::try_from(wanted).unwrap_or(i64::MAX);
        let rows = sqlx::query!(
            r#"SELECT 0 AS "what!", nextval(pg_get_serial_sequence('bib', 'id')) AS "id!" FROM generate_series(1, $1::bigint)
               UNION ALL
               SELECT 1, nextval(pg_get_serial_sequence('source_record', 'id')) FROM generate_series(1, $2::bigint)
               UNION ALL
               SELECT 2, nextval(pg_get_serial_sequence('item', 'id')) FROM generate_series(1, $3::bigint)"#,
            count(bibs),
            count(records),
            count(items)
        )
        .fetch_all(&mut self.connection)
        .await?;
        let mut numbers = [Vec::new(), Vec::new(), Vec::new()];
        for row in rows {
            if let Some(kind) = usize::try_from(row.what)
                .ok()
                .and_then(|what| numbers.get_mut(what))
            {
                kind.push(row.id);
            }
        }
        for kind in &mut numbers {
            kind.sort_unstable();
        }
        Ok(numbers)
    }

    async fn say(&mut self, statement: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }
}
