//! Source records, bibs, keys and doubts of a batch.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::Importer;
use crate::StoreError;

/// A source record that is there already.
#[derive(Debug, Clone)]
pub struct KnownRecord {
    /// The source record.
    pub id: i64,
    /// 001, or what stands for it.
    pub control_number: String,
    /// Its bib.
    pub bib_id: i64,
    /// SHA-256 of its body, if it came by an import.
    pub digest: Option<Vec<u8>>,
    /// Its media type.
    pub format: String,
    /// What matching looks at, as JSON; `None` where it was never made.
    pub signature: Option<String>,
}

/// A bib that a key proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposed {
    /// The key.
    pub key: i64,
    /// The bib.
    pub bib_id: i64,
}

/// A record of a bib, as matching sees it.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its bib.
    pub bib_id: i64,
    /// The source record.
    pub id: i64,
    /// What matching looks at, as JSON; `None` where it was never made.
    pub signature: Option<String>,
    /// How good it is.
    pub quality: i16,
}

/// A source record to write: a new one, or what a known one is now.
#[derive(Debug, Clone)]
pub struct RecordWrite {
    /// Its number: from [`Importer::numbers`], or the known one's.
    pub id: i64,
    /// 001, or what stands for it.
    pub control_number: String,
    /// Its bib.
    pub bib_id: i64,
    /// Media type of the body.
    pub format: String,
    /// Exactly as delivered.
    pub body: Vec<u8>,
    /// SHA-256 of that.
    pub digest: Vec<u8>,
    /// What matching looks at, as JSON.
    pub signature: String,
    /// How good it is.
    pub quality: i16,
    /// Where it meets others.
    pub keys: Vec<i64>,
}

/// What is served for a bib: a new one's, or another than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The bib.
    pub bib_id: i64,
    /// The source record that is served for it.
    pub source_id: i64,
    /// What lists show.
    pub title: String,
    /// Whom they name with it.
    pub author: String,
}

/// What a line of the work list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// Two bibs that a record showed to be one.
    Same,
    /// Two bibs that may be one.
    Maybe,
    /// A record that gainsays its own bib, since it changed.
    Contradicts,
}

impl DoubtKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Maybe => "maybe",
            Self::Contradicts => "contradicts",
        }
    }
}

/// A line of the work list.
#[derive(Debug, Clone)]
pub struct DoubtWrite {
    /// What it is about.
    pub kind: DoubtKind,
    /// The record that showed it.
    pub source_id: i64,
    /// Its bib, or the lower one of two.
    pub bib_id: i64,
    /// The higher one of two.
    pub other_bib: Option<i64>,
    /// How much speaks for it, up to 1000.
    pub score: i16,
    /// The grounds, as JSON.
    pub why: serde_json::Value,
}

impl Importer {
    /// Which of these control numbers a branch has delivered before.
    pub async fn known(
        &mut self,
        branch: BranchCode,
        control_numbers: &[String],
    ) -> Result<Vec<KnownRecord>, StoreError> {
        Ok(sqlx::query_as!(
            KnownRecord,
            r#"SELECT id, control_number, bib_id, digest, format, signature::text
                 FROM source_record WHERE branch = $1 AND control_number = ANY ($2)"#,
            branch.as_str(),
            control_numbers
        )
        .fetch_all(&mut self.connection)
        .await?)
    }

    /// The bibs that these keys propose.
    pub async fn proposed(&mut self, keys: &[i64]) -> Result<Vec<Proposed>, StoreError> {
        Ok(sqlx::query_as!(
            Proposed,
            "SELECT DISTINCT k.key, s.bib_id FROM match_key k JOIN source_record s ON s.id = k.source_id
              WHERE k.key = ANY ($1)",
            keys
        )
        .fetch_all(&mut self.connection)
        .await?)
    }

    /// All records of these bibs, by their number.
    pub async fn members(&mut self, bibs: &[i64]) -> Result<Vec<Member>, StoreError> {
        Ok(sqlx::query_as!(
            Member,
            "SELECT bib_id, id, signature::text, quality FROM source_record WHERE bib_id = ANY ($1) ORDER BY id",
            bibs
        )
        .fetch_all(&mut self.connection)
        .await?)
    }

    /// A record as it was delivered: media type and body.
    pub async fn body(&mut self, source_id: i64) -> Result<(String, Vec<u8>), StoreError> {
        let row = sqlx::query!(
            "SELECT format, body FROM source_record WHERE id = $1",
            source_id
        )
        .fetch_one(&mut self.connection)
        .await?;
        Ok((row.format, row.body))
    }

    /// New bibs.
    pub async fn add_bibs(&mut self, bibs: &[Served]) -> Result<(), StoreError> {
        if bibs.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO bib (id, title, author, source_id) OVERRIDING SYSTEM VALUE
             SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[])",
            &bibs.iter().map(|bib| bib.bib_id).collect::<Vec<_>>(),
            &bibs.iter().map(|bib| bib.title.clone()).collect::<Vec<_>>(),
            &bibs
                .iter()
                .map(|bib| bib.author.clone())
                .collect::<Vec<_>>(),
            &bibs.iter().map(|bib| bib.source_id).collect::<Vec<_>>(),
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Bibs for which another record is served from now on, or the same with another heading.
    pub async fn serve(&mut self, bibs: &[Served]) -> Result<(), StoreError> {
        if bibs.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "UPDATE bib SET title = b.title, author = b.author, source_id = b.source_id
               FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) AS b(id, title, author, source_id)
              WHERE bib.id = b.id
                AND (bib.title, bib.author, bib.source_id) IS DISTINCT FROM (b.title, b.author, b.source_id)",
            &bibs.iter().map(|bib| bib.bib_id).collect::<Vec<_>>(),
            &bibs.iter().map(|bib| bib.title.clone()).collect::<Vec<_>>(),
            &bibs.iter().map(|bib| bib.author.clone()).collect::<Vec<_>>(),
            &bibs.iter().map(|bib| bib.source_id).collect::<Vec<_>>(),
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// New source records, with their keys.
    pub async fn add_records(
        &mut self,
        branch: BranchCode,
        records: &[RecordWrite],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if records.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO source_record (id, branch, control_number, bib_id, format, body, digest, signature, quality, delivered_at)
             OVERRIDING SYSTEM VALUE
             SELECT r.id, $1, r.number, r.bib_id, r.format, r.body, r.digest, r.signature::json, r.quality, $10
               FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::bytea[], $8::text[],
                           $9::smallint[]) AS r(id, number, bib_id, format, body, digest, signature, quality)",
            branch.as_str(),
            &records.iter().map(|record| record.id).collect::<Vec<_>>(),
            &records.iter().map(|record| record.control_number.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.bib_id).collect::<Vec<_>>(),
            &records.iter().map(|record| record.format.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.body.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.digest.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.signature.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.quality).collect::<Vec<_>>(),
            at.to_sqlx() as _,
        )
        .execute(&mut self.connection)
        .await?;
        self.add_keys(records).await
    }

    /// Known source records that were delivered otherwise than before, with other keys.
    pub async fn change_records(
        &mut self,
        records: &[RecordWrite],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if records.is_empty() {
            return Ok(());
        }
        let ids = records.iter().map(|record| record.id).collect::<Vec<_>>();
        sqlx::query!(
            "UPDATE source_record SET format = r.format, body = r.body, digest = r.digest,
                    signature = r.signature::json, quality = r.quality, delivered_at = $7
               FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::smallint[])
                    AS r(id, format, body, digest, signature, quality)
              WHERE source_record.id = r.id",
            &ids,
            &records.iter().map(|record| record.format.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.body.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.digest.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.signature.clone()).collect::<Vec<_>>(),
            &records.iter().map(|record| record.quality).collect::<Vec<_>>(),
            at.to_sqlx() as _,
        )
        .execute(&mut self.connection)
        .await?;
        sqlx::query!("DELETE FROM match_key WHERE source_id = ANY ($1)", &ids)
            .execute(&mut self.connection)
            .await?;
        self.add_keys(records).await
    }

    async fn add_keys(&mut self, records: &[RecordWrite]) -> Result<(), StoreError> {
        let (keys, sources): (Vec<i64>, Vec<i64>) = records
            .iter()
            .flat_map(|record| record.keys.iter().map(|key| (*key, record.id)))
            .unzip();
        sqlx::query!(
            "INSERT INTO match_key (key, source_id) SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT DO NOTHING",
            &keys,
            &sources
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Lines for the work list; how many are new. No pair twice in one call. A settled pair stays settled.
    pub async fn add_doubts(
        &mut self,
        doubts: &[DoubtWrite],
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        if doubts.is_empty() {
            return Ok(0);
        }
        let kind = |doubt: &DoubtWrite| doubt.kind.word().to_owned();
        let added = sqlx::query!(
            "INSERT INTO doubt (kind, source_id, bib_id, other_bib, score, why, since)
             SELECT d.kind, d.source_id, d.bib_id, d.other_bib, d.score, d.why, $7
               FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::jsonb[])
                    AS d(kind, source_id, bib_id, other_bib, score, why)
             ON CONFLICT DO NOTHING",
            &doubts.iter().map(kind).collect::<Vec<_>>(),
            &doubts.iter().map(|doubt| doubt.source_id).collect::<Vec<_>>(),
            &doubts.iter().map(|doubt| doubt.bib_id).collect::<Vec<_>>(),
            &doubts.iter().map(|doubt| doubt.other_bib).collect::<Vec<_>>() as _,
            &doubts.iter().map(|doubt| doubt.score).collect::<Vec<_>>(),
            &doubts.iter().map(|doubt| doubt.why.clone()).collect::<Vec<_>>(),
            at.to_sqlx() as _,
        )
        .execute(&mut self.connection)
        .await?
        .rows_affected();
        // What was a question may be shown to be so later.
        let same: Vec<&DoubtWrite> = doubts
            .iter()
            .filter(|doubt| doubt.kind == DoubtKind::Same)
            .collect();
        if !same.is_empty() {
            sqlx::query!(
                "UPDATE doubt SET kind = 'same', source_id = d.source_id, score = d.score, why = d.why
                   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::jsonb[])
                        AS d(source_id, bib_id, other_bib, score, why)
                  WHERE doubt.bib_id = d.bib_id AND doubt.other_bib = d.other_bib AND doubt.kind = 'maybe'
                    AND doubt.settled_at IS NULL",
                &same.iter().map(|doubt| doubt.source_id).collect::<Vec<_>>(),
                &same.iter().map(|doubt| doubt.bib_id).collect::<Vec<_>>(),
                &same.iter().filter_map(|doubt| doubt.other_bib).collect::<Vec<_>>(),
                &same.iter().map(|doubt| doubt.score).collect::<Vec<_>>(),
                &same.iter().map(|doubt| doubt.why.clone()).collect::<Vec<_>>(),
            )
            .execute(&mut self.connection)
            .await?;
        }
        Ok(added)
    }
}
