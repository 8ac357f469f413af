//! Once a whole delivery is in: what it showed to be one is joined, and what was placed too early is placed anew.
//!
//! A plan is made first and written down whole; then it is carried out move by move, each in a short transaction with
//! its line of the plan. So one that is broken off goes on where it was, with the same end.

use jiff::Timestamp;

use super::{Importer, Member, Proposed};
use crate::{
    Called, MoveError, NotMoved, StoreError,
    merge::{merge, split},
};

/// A move of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedMove {
    /// Two bibs are one: the higher number goes into the lower.
    Join {
        /// The bib that ends.
        from: i64,
        /// The bib that stays.
        into: i64,
    },
    /// A record leaves its bib.
    Leave {
        /// The source record.
        source: i64,
        /// The bib that it joins; `None`: it is one of its own.
        join: Option<i64>,
    },
}

/// A line of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanLine {
    /// Its number.
    pub number: i64,
    /// What is to be done.
    pub planned: PlannedMove,
}

impl Importer {
    /// Notes that records came or changed since the last second look; `false` in the answer: it was noted already.
    pub async fn unlooked(&mut self) -> Result<bool, StoreError> {
        let noted = sqlx::query!("UPDATE union_state SET unlooked = true WHERE NOT unlooked")
            .execute(&mut self.connection)
            .await?;
        Ok(noted.rows_affected() > 0)
    }

    /// Whether records came or changed since the last second look.
    pub async fn is_unlooked(&mut self) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!("SELECT unlooked FROM union_state")
            .fetch_one(&mut self.connection)
            .await?)
    }

    /// Pairs of bibs that a record showed to be one, and that nobody settled, in the order in which that was seen.
    pub async fn shown_same(&mut self) -> Result<Vec<(i64, i64)>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT d.bib_id, d.other_bib AS "other_bib!" FROM doubt d
                 JOIN bib b ON b.id = d.bib_id AND b.merged_into IS NULL
                 JOIN bib o ON o.id = d.other_bib AND o.merged_into IS NULL
                WHERE d.kind = 'same' AND d.settled_at IS NULL ORDER BY d.number"#
        )
        .fetch_all(&mut self.connection)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| (row.bib_id, row.other_bib))
            .collect())
    }

    /// The next source records with a signature, by their number.
    pub async fn signed_after(&mut self, after: i64, most: i64) -> Result<Vec<Member>, StoreError> {
        Ok(sqlx::query_as!(
            Member,
            "SELECT bib_id, id, signature::text, quality FROM source_record
              WHERE id > $1 AND signature IS NOT NULL ORDER BY id LIMIT $2",
            after,
            most
        )
        .fetch_all(&mut self.connection)
        .await?)
    }

    /// The keys of these records, each with the bibs that it proposes.
    pub async fn proposed_for(
        &mut self,
        sources: &[i64],
    ) -> Result<(Vec<(i64, i64)>, Vec<Proposed>), StoreError> {
        let keys = sqlx::query!(
            "SELECT source_id, key FROM match_key WHERE source_id = ANY ($1)",
            sources
        )
        .fetch_all(&mut self.connection)
        .await?;
        let keys: Vec<(i64, i64)> = keys
            .into_iter()
            .map(|row| (row.source_id, row.key))
            .collect();
        let wanted: Vec<i64> = keys.iter().map(|(_, key)| *key).collect();
        let proposed = self.proposed(&wanted).await?;
        Ok((keys, proposed))
    }

    /// Pairs of bibs that a person keeps apart, the lower number first.
    pub async fn kept_apart(&mut self) -> Result<Vec<(i64, i64)>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT bib_id, other_bib AS "other_bib!" FROM doubt
                WHERE settled_how IN ('apart', 'split') AND other_bib IS NOT NULL"#
        )
        .fetch_all(&mut self.connection)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| (row.bib_id, row.other_bib))
            .collect())
    }

    /// Writes the plan down, and that the second look was had.
    pub async fn plan(&mut self, moves: &[PlannedMove]) -> Result<(), StoreError> {
        let column = |of: fn(&PlannedMove) -> Option<i64>| moves.iter().map(of).collect::<Vec<_>>();
        sqlx::query!(
            "WITH looked AS (UPDATE union_state SET unlooked = false)
             INSERT INTO union_plan (source_id, from_bib, to_bib)
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])",
            &column(|planned| match planned {
                PlannedMove::Leave { source, .. } => Some(*source),
                PlannedMove::Join { .. } => None,
            }) as _,
            &column(|planned| match planned {
                PlannedMove::Join { from, .. } => Some(*from),
                PlannedMove::Leave { .. } => None,
            }) as _,
            &column(|planned| match planned {
                PlannedMove::Join { into, .. } => Some(*into),
                PlannedMove::Leave { join, .. } => *join,
            }) as _,
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// What of the plan is still to be done.
    pub async fn planned(&mut self) -> Result<Vec<PlanLine>, StoreError> {
        let read = sqlx::query!(
            "SELECT number, source_id, from_bib, to_bib FROM union_plan ORDER BY number"
        )
        .fetch_all(&mut self.connection)
        .await?;
        Ok(read
            .into_iter()
            .filter_map(|row| {
                let planned = match (row.source_id, row.from_bib, row.to_bib) {
                    (Some(source), _, join) => PlannedMove::Leave { source, join },
                    (None, Some(from), Some(into)) => PlannedMove::Join { from, into },
                    (None, ..) => return None,
                };
                Some(PlanLine {
                    number: row.number,
                    planned,
                })
            })
            .collect())
    }

    /// Carries out a line of the plan, and takes it off. What makes no sense any more is left. The bibs whose records
    /// are others now.
    pub async fn carry_out(
        &mut self,
        line: PlanLine,
        called: &Called,
        at: Timestamp,
    ) -> Result<Vec<i64>, StoreError> {
        let pg = &mut self.connection;
        sqlx::query!("DELETE FROM union_plan WHERE number = $1", line.number)
            .execute(&mut *pg)
            .await?;
        let moved = match line.planned {
            PlannedMove::Join { from, into } => merge(&mut *pg, from, into, at).await,
            PlannedMove::Leave { source, join } => {
                let now = sqlx::query!(
                    r#"SELECT bib_id, (SELECT count(*) FROM source_record o WHERE o.bib_id = r.bib_id) AS "records!"
                         FROM source_record r WHERE id = $1"#,
                    source
                )
                .fetch_one(&mut *pg)
                .await?;
                match join {
                    Some(into) if now.records == 1 => merge(&mut *pg, now.bib_id, into, at).await,
                    _ => match (split(&mut *pg, source, called, at).await, join) {
                        (Ok(left), Some(into)) => {
                            let joined = merge(&mut *pg, left.to_bib, into, at).await;
                            joined.map(|mut joined| {
                                joined.from_bib = left.from_bib;
                                joined
                            })
                        }
                        (left, _) => left,
                    },
                }
            }
        };
        match moved {
            Ok(moved) => Ok(vec![moved.from_bib, moved.to_bib]),
            Err(MoveError::Not(
                NotMoved::NoBib(_)
                | NotMoved::OneBib
                | NotMoved::OnlyRecord(_)
                | NotMoved::NoRecord
                | NotMoved::NoMove(_)
                | NotMoved::Later(_),
            )) => Ok(Vec::new()),
            Err(MoveError::Store(error)) => Err(error),
        }
    }

    /// The record that is served for a bib that is still one: its number, media type and body.
    pub async fn served(&mut self, bib: i64) -> Result<Option<(i64, String, Vec<u8>)>, StoreError> {
        let read = sqlx::query!(
            "SELECT r.id, r.format, r.body FROM bib b JOIN source_record r ON r.id = b.source_id
              WHERE b.id = $1 AND b.merged_into IS NULL",
            bib
        )
        .fetch_optional(&mut self.connection)
        .await?;
        Ok(read.map(|row| (row.id, row.format, row.body)))
    }
}
