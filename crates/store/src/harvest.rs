//! What harvesters are told: which bibs changed since when, gone ones too.

use circulation::{BranchCode, DocumentCode};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Changes, FeedPosition, Store, StoreError, feed::identity};

/// Rows of the feed that are taken at once.
const ROWS: i64 = 20_000;

/// What of the catalogue is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HarvestAsk {
    /// Changed at this moment or later.
    pub from: Option<Timestamp>,
    /// Changed before this moment.
    pub before: Option<Timestamp>,
    /// Of which this branch has a copy. What is gone is told whoever asks.
    pub branch: Option<BranchCode>,
    /// Of which there is a copy of this type.
    pub document: Option<DocumentCode>,
}

/// A bib that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HarvestedBib {
    /// Its number.
    pub bib: i64,
    /// When.
    pub changed_at: Timestamp,
    /// It is no more, or was joined to another.
    pub gone: bool,
}

/// How far the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HarvestTime {
    /// The first moment in the list.
    pub earliest: Timestamp,
    /// What changes from now on gets no earlier moment: the next harvest begins here.
    pub now: Timestamp,
}

impl Store {
    /// Gives changes that were committed their moments. `true`: there are more. One daemon does it at a time; another
    /// that comes meanwhile finds it done.
    pub async fn date_changes(&self) -> Result<bool, StoreError> {
        let state = sqlx::query!(
            r#"SELECT uuid_send(identity) AS "identity!", xid::text::bigint AS "xid!", seq FROM harvest_state"#
        )
        .fetch_optional(&self.pool)
        .await?;
        let position = match &state {
            Some(state) => Some(FeedPosition {
                identity: identity(&state.identity)?,
                xid: u64::try_from(state.xid).unwrap_or(0),
                seq: state.seq,
            }),
            None => None,
        };
        let changes = match position {
            Some(position) => self.changes(position, ROWS).await?,
            None => Changes::Rebuild,
        };
        match changes {
            Changes::Bibs { bibs, .. } if bibs.is_empty() => Ok(false),
            Changes::Bibs {
                bibs,
                reached,
                more,
            } => {
                let done = self.date(position, reached, Some(&bibs)).await?;
                Ok(done && more)
            }
            // The place in the feed first, then the bibs: what commits meanwhile comes once more.
            Changes::Rebuild => {
                let now = self.feed_now().await?;
                self.date(position, now, None).await
            }
        }
    }

    /// Dates these bibs, or all; unless somebody went on from `from` meanwhile.
    async fn date(
        &self,
        from: Option<FeedPosition>,
        reached: FeedPosition,
        bibs: Option<&[i64]>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let number = |xid: u64| i64::try_from(xid).unwrap_or(i64::MAX);
        let identity = reached.identity.as_slice();
        let moved = match from {
            Some(from) => sqlx::query!(
                "UPDATE harvest_state SET identity = encode($1::bytea, 'hex')::uuid, xid = $2::bigint::text::xid8, seq = $3,
                        read_at = greatest(read_at, clock_timestamp())
                  WHERE xid = $4::bigint::text::xid8 AND seq = $5 AND uuid_send(identity) = $6::bytea",
                identity,
                number(reached.xid),
                reached.seq,
                number(from.xid),
                from.seq,
                from.identity.as_slice()
            )
            .execute(&mut *transaction)
            .await?,
            None => sqlx::query!(
                "INSERT INTO harvest_state (identity, xid, seq, read_at)
                 VALUES (encode($1::bytea, 'hex')::uuid, $2::bigint::text::xid8, $3, clock_timestamp()) ON CONFLICT DO NOTHING",
                identity,
                number(reached.xid),
                reached.seq
            )
            .execute(&mut *transaction)
            .await?,
        };
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!(
            "INSERT INTO harvest (bib_id, changed_at)
             SELECT id, (SELECT read_at FROM harvest_state)
               FROM (SELECT unnest($1::bigint[]) AS id UNION ALL SELECT id FROM bib WHERE $1::bigint[] IS NULL) AS changed
              WHERE NOT EXISTS (SELECT FROM bib t WHERE t.id = changed.id AND t.temporary)
             ON CONFLICT (bib_id) DO UPDATE SET changed_at = EXCLUDED.changed_at",
            bibs as Option<&[i64]>
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The next bibs behind a number, by number, at most so many.
    pub async fn harvest(
        &self,
        ask: &HarvestAsk,
        after: i64,
        most: i64,
    ) -> Result<Vec<HarvestedBib>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT h.bib_id, h.changed_at AS "changed_at: jiff_sqlx::Timestamp",
                      (b.id IS NULL OR b.merged_into IS NOT NULL) AS "gone!"
                 FROM harvest h LEFT JOIN bib b ON b.id = h.bib_id
                WHERE h.bib_id > $1
                  AND ($2::timestamptz IS NULL OR h.changed_at >= $2) AND ($3::timestamptz IS NULL OR h.changed_at < $3)
                  AND (b.id IS NULL OR b.merged_into IS NOT NULL
                       OR ($4::text IS NULL OR EXISTS (SELECT FROM item i WHERE i.bib_id = h.bib_id
                                AND i.condition <> 'withdrawn' AND i.owner_branch = $4))
                      AND ($5::text IS NULL OR EXISTS (SELECT FROM item i WHERE i.bib_id = h.bib_id
                                AND i.condition <> 'withdrawn' AND i.document = $5)))
                ORDER BY h.bib_id LIMIT $6"#,
            after,
            ask.from.map(ToSqlx::to_sqlx) as _,
            ask.before.map(ToSqlx::to_sqlx) as _,
            ask.branch.as_ref().map(BranchCode::as_str),
            ask.document.as_ref().map(DocumentCode::as_str),
            most
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| HarvestedBib {
                bib: row.bib_id,
                changed_at: row.changed_at.to_jiff(),
                gone: row.gone,
            })
            .collect())
    }

    /// One bib of the list; none if it never was in it.
    pub async fn harvested(&self, bib: i64) -> Result<Option<HarvestedBib>, StoreError> {
        let one = self.harvest(&HarvestAsk::default(), bib - 1, 1).await?;
        Ok(one.into_iter().find(|found| found.bib == bib))
    }

    /// How far the list is.
    pub async fn harvest_time(&self) -> Result<HarvestTime, StoreError> {
        let read = sqlx::query!(
            r#"SELECT (SELECT min(changed_at) FROM harvest) AS "earliest: jiff_sqlx::Timestamp",
                      CASE WHEN EXISTS (SELECT FROM change c WHERE (c.xid, c.seq) > (s.xid, s.seq)
                                          AND c.xid < pg_snapshot_xmin(pg_current_snapshot()))
                           THEN s.read_at ELSE greatest(s.read_at, statement_timestamp()) END AS "now!: jiff_sqlx::Timestamp"
                 FROM feed LEFT JOIN harvest_state s ON true"#
        )
        .fetch_one(&self.pool)
        .await?;
        let now = read.now.to_jiff();
        Ok(HarvestTime {
            earliest: read.earliest.map_or(now, jiff_sqlx::Timestamp::to_jiff),
            now,
        })
    }
}
