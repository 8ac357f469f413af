//! The work list of records that may be one document, and the list of what was joined with what.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Session, Store, StoreError};

/// Something for a person to decide: whether two bibs are one, or whether a record is in the right one.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDoubt {
    /// Its number.
    pub number: i64,
    /// `same`: a record joins both; `maybe`: a record may be either; `contradicts`: a record and its own bib.
    pub kind: String,
    /// The record that showed it: branch and control number.
    pub record: (String, String),
    /// The bib, and how it is called.
    pub bib: (i64, String),
    /// The other bib.
    pub other: Option<(i64, String)>,
    /// How much speaks for one document, up to 1000.
    pub score: i16,
    /// What speaks for it and against it, in the words of matching.
    pub why: serde_json::Value,
    /// When it was seen first.
    pub since: Timestamp,
}

/// How a doubt was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettledDoubt {
    /// They are one.
    Merged,
    /// They are two, and will not be proposed again.
    Apart,
    /// The record left its bib.
    Split,
}

impl SettledDoubt {
    const fn word(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Apart => "apart",
            Self::Split => "split",
        }
    }
}

/// A source record, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnionLine {
    /// The branch that delivered it.
    pub source: String,
    /// Its control number there.
    pub control_number: String,
    /// Its bib.
    pub bib: i64,
}

impl Store {
    /// Open doubts, the likeliest first, and how many there are in all.
    pub async fn record_doubts(&self, most: i64) -> Result<(Vec<RecordDoubt>, i64), StoreError> {
        let read = sqlx::query!(
            r#"SELECT d.number, d.kind, r.branch, r.control_number, b.id AS bib, b.title, o.id AS "other?",
                      o.title AS "other_title?", d.score, d.why, d.since AS "since: jiff_sqlx::Timestamp",
                      count(*) OVER () AS "all!"
                 FROM doubt d JOIN source_record r ON r.id = d.source_id JOIN bib b ON b.id = d.bib_id
                 LEFT JOIN bib o ON o.id = d.other_bib
                WHERE d.settled_at IS NULL AND b.merged_into IS NULL AND o.merged_into IS NULL
                ORDER BY d.score DESC, d.number LIMIT $1"#,
            most
        )
        .fetch_all(&self.pool)
        .await?;
        let all = read.first().map_or(0, |row| row.all);
        let doubts = read.into_iter().map(|row| RecordDoubt {
            number: row.number,
            kind: row.kind,
            record: (row.branch, row.control_number),
            bib: (row.bib, row.title),
            other: row.other.zip(row.other_title),
            score: row.score,
            why: row.why,
            since: row.since.to_jiff(),
        });
        Ok((doubts.collect(), all))
    }

    /// Open doubts, the likeliest first, from after one on: its score and number. One round trip.
    pub async fn doubts_after(
        &self,
        after: Option<(i16, i64)>,
        most: i64,
    ) -> Result<Vec<RecordDoubt>, StoreError> {
        let (score, number) = after.unwrap_or((i16::MAX, 0));
        let read = sqlx::query!(
            r#"SELECT d.number, d.kind, r.branch, r.control_number, b.id AS bib, b.title, o.id AS "other?",
                      o.title AS "other_title?", d.score, d.why, d.since AS "since: jiff_sqlx::Timestamp"
                 FROM doubt d JOIN source_record r ON r.id = d.source_id JOIN bib b ON b.id = d.bib_id
                 LEFT JOIN bib o ON o.id = d.other_bib
                WHERE d.settled_at IS NULL AND b.merged_into IS NULL AND o.merged_into IS NULL
                  AND d.score <= $1 AND (d.score < $1 OR d.number > $2)
                ORDER BY d.score DESC, d.number LIMIT $3"#,
            score,
            number,
            most
        )
        .fetch_all(&self.pool)
        .await?;
        let doubts = read.into_iter().map(|row| RecordDoubt {
            number: row.number,
            kind: row.kind,
            record: (row.branch, row.control_number),
            bib: (row.bib, row.title),
            other: row.other.zip(row.other_title),
            score: row.score,
            why: row.why,
            since: row.since.to_jiff(),
        });
        Ok(doubts.collect())
    }

    /// The next lines of what was joined with what, behind a source and control number, in their order.
    pub async fn union_lines(
        &self,
        after: (&str, &str),
        most: i64,
    ) -> Result<Vec<UnionLine>, StoreError> {
        Ok(sqlx::query_as!(
            UnionLine,
            r#"SELECT branch AS source, control_number, bib_id AS bib FROM source_record
                WHERE (branch COLLATE "C", control_number COLLATE "C") > ($1, $2)
                ORDER BY branch COLLATE "C", control_number COLLATE "C" LIMIT $3"#,
            after.0,
            after.1,
            most
        )
        .fetch_all(&self.pool)
        .await?)
    }
}

impl Session {
    /// A doubt is settled; `None`: there is no open one of that number. The bibs that it was about.
    pub async fn settle_record_doubt(
        &mut self,
        number: i64,
        how: SettledDoubt,
        by: &str,
        at: Timestamp,
    ) -> Result<Option<(i64, Option<i64>)>, StoreError> {
        let settled = sqlx::query!(
            "UPDATE doubt SET settled_at = $2, settled_how = $3, settled_by = $4
              WHERE number = $1 AND settled_at IS NULL RETURNING bib_id, other_bib",
            number,
            at.to_sqlx() as _,
            how.word(),
            by
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(settled.map(|row| (row.bib_id, row.other_bib)))
    }

    /// Writes down what was decided about two bibs, so that an import does not propose or do the opposite.
    pub async fn decide_pair(
        &mut self,
        one: i64,
        other: i64,
        how: SettledDoubt,
        by: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO doubt (kind, source_id, bib_id, other_bib, score, why, since, settled_at, settled_how, settled_by)
             SELECT 'same', r.id, least($1, $2), greatest($1, $2), 0, '[]', $3, $3, $4, $5
               FROM (SELECT min(id) AS id FROM source_record WHERE bib_id IN ($1, $2)) r WHERE r.id IS NOT NULL
             ON CONFLICT (bib_id, other_bib) WHERE other_bib IS NOT NULL
             DO UPDATE SET settled_at = excluded.settled_at, settled_how = excluded.settled_how,
                           settled_by = excluded.settled_by",
            one,
            other,
            at.to_sqlx() as _,
            how.word(),
            by
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}
