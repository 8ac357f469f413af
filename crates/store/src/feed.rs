//! The change feed: which bibs a copy of the catalogue has to read anew, in an order that loses none.

use serde::{Deserialize, Serialize};

use crate::{Store, StoreError};

/// How far a copy of the catalogue has come. Positions of one feed are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FeedPosition {
    /// Which feed: another one after a restore.
    pub identity: [u8; 16],
    /// The last transaction that was read.
    pub xid: u64,
    /// The last row of it that was read.
    pub seq: i64,
}

/// What changed behind a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These bibs, each once; then the copy stands at `reached`.
    Bibs {
        /// To be read anew, whatever they are now.
        bibs: Vec<i64>,
        /// The position behind them.
        reached: FeedPosition,
        /// More are there already.
        more: bool,
    },
    /// The feed cannot say: it is another one, or its rows from there on are pruned. Build anew, from [`Store::feed_now`].
    Rebuild,
}

/// How far behind a copy is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lag {
    /// Rows that it has not read.
    pub rows: i64,
    /// How long the oldest of them has waited; 0 for none.
    pub seconds: f64,
}

/// Transaction numbers never get so far, but a cast should not wrap.
fn number(xid: i64) -> u64 {
    u64::try_from(xid).unwrap_or(0)
}

impl Store {
    /// Gives the feed a new identity if this database was restored from another one: numbers of transactions begin
    /// anew there. Needs the owner's rights; `true`: it was.
    pub async fn bring_feed(&self) -> Result<bool, StoreError> {
        let renewed = sqlx::query_scalar!(
            r#"WITH origin AS (
                SELECT concat_ws(':', s.system_identifier, c.timeline_id, d.oid) AS is
                  FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
                 WHERE d.datname = current_database()
            ), renewed AS (
                UPDATE feed SET identity = gen_random_uuid(), origin = origin.is, pruned_xid = '0', pruned_seq = 0
                  FROM origin WHERE feed.origin <> origin.is RETURNING feed.identity
            ), emptied AS (
                DELETE FROM change WHERE EXISTS (SELECT FROM renewed)
            )
            SELECT EXISTS (SELECT FROM renewed) AS "renewed!""#
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(renewed)
    }

    /// Gives the feed a new identity, so that every copy is built anew. Needs the owner's rights.
    pub async fn renew_feed(&self) -> Result<(), StoreError> {
        sqlx::query!("UPDATE feed SET identity = gen_random_uuid()")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Where a copy stands that is built from what the database holds from now on: take this first, then read all
    /// bibs. What commits meanwhile comes through the feed once more.
    pub async fn feed_now(&self) -> Result<FeedPosition, StoreError> {
        let now = sqlx::query!(
            r#"SELECT uuid_send(identity) AS "identity!", pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xmin!"
                 FROM feed"#
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(FeedPosition {
            identity: identity(&now.identity)?,
            // Everything before the oldest transaction that still runs is there to be read.
            xid: number(now.xmin).saturating_sub(1),
            seq: i64::MAX,
        })
    }

    /// The changes behind `position`, at most `most` rows of them.
    pub async fn changes(&self, position: FeedPosition, most: i64) -> Result<Changes, StoreError> {
        let read = sqlx::query!(
            r#"SELECT uuid_send(f.identity) AS "identity!", f.pruned_xid::text::bigint AS "pruned_xid!", f.pruned_seq,
                      c.xid::text::bigint AS "xid?", c.seq AS "seq?", c.bib_id AS "bib_id?"
                 FROM feed f LEFT JOIN LATERAL (
                    SELECT xid, seq, bib_id FROM change
                     WHERE (xid, seq) > ($1::bigint::text::xid8, $2::bigint)
                       AND xid < pg_snapshot_xmin(pg_current_snapshot())
                     ORDER BY xid, seq LIMIT $3) c ON true
                ORDER BY c.xid, c.seq"#,
            i64::try_from(position.xid).unwrap_or(i64::MAX),
            position.seq,
            most
        )
        .fetch_all(&self.pool)
        .await?;
        let first = read
            .first()
            .ok_or_else(|| StoreError::Corrupt("the table feed has no row".into()))?;
        let pruned = (number(first.pruned_xid), first.pruned_seq);
        if identity(&first.identity)? != position.identity || (position.xid, position.seq) < pruned
        {
            return Ok(Changes::Rebuild);
        }
        let mut bibs: Vec<i64> = read.iter().filter_map(|row| row.bib_id).collect();
        let more = i64::try_from(bibs.len()).is_ok_and(|rows| rows >= most);
        bibs.sort_unstable();
        bibs.dedup();
        let reached = read.iter().rev().find_map(|row| row.xid.zip(row.seq));
        Ok(Changes::Bibs {
            bibs,
            reached: reached.map_or(position, |(xid, seq)| FeedPosition {
                xid: number(xid),
                seq,
                ..position
            }),
            more,
        })
    }

    /// How far behind a copy at this position is.
    pub async fn feed_lag(&self, position: FeedPosition) -> Result<Lag, StoreError> {
        Ok(sqlx::query_as!(
            Lag,
            r#"SELECT count(*) AS "rows!",
                      coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float8 AS "seconds!"
                 FROM change WHERE (xid, seq) > ($1::bigint::text::xid8, $2::bigint)"#,
            i64::try_from(position.xid).unwrap_or(i64::MAX),
            position.seq,
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// Forgets changes that are older than so many days: a copy that has not read them is built anew.
    pub async fn prune_changes(&self, days: f64) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let until = sqlx::query!(
            r#"SELECT xid::text::bigint AS "xid!", seq FROM change
                WHERE at < clock_timestamp() - make_interval(secs => $1::float8 * 86400)
                  AND xid < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY xid DESC, seq DESC LIMIT 1"#,
            days
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(until) = until else {
            return Ok(0);
        };
        // First the mark, then the rows: whoever reads between the two is told to build anew, and never misses one.
        sqlx::query!(
            "UPDATE feed SET pruned_xid = $1::bigint::text::xid8, pruned_seq = $2
              WHERE (pruned_xid, pruned_seq) < ($1::bigint::text::xid8, $2::bigint)",
            until.xid,
            until.seq
        )
        .execute(&mut *transaction)
        .await?;
        let pruned = sqlx::query!(
            "DELETE FROM change WHERE (xid, seq) <= ($1::bigint::text::xid8, $2::bigint)",
            until.xid,
            until.seq
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(pruned.rows_affected())
    }
}

pub(crate) fn identity(bytes: &[u8]) -> Result<[u8; 16], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Corrupt("the feed's identity is no UUID".into()))
}
