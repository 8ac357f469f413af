//! The union as a whole: which record is in which bib, and what a branch has.

use circulation::BranchCode;

use super::Importer;
use crate::{Store, StoreError, facts::code};

/// A source record and the bib that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedRecord {
    /// Whose record it is.
    pub branch: String,
    /// 001, or what stands for it.
    pub control_number: String,
    /// The bib, the surviving one where it was merged.
    pub bib_id: i64,
}

/// A copy that came with a record of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCopy {
    /// Its barcode.
    pub barcode: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// The record that it came with.
    pub control_number: String,
}

impl Store {
    /// The whole partition, sorted byte by byte by branch and control number.
    pub async fn partition(&self) -> Result<Vec<ExportedRecord>, StoreError> {
        Ok(sqlx::query_as!(
            ExportedRecord,
            r#"WITH RECURSIVE survivor AS (
                   SELECT id, id AS survivor FROM bib WHERE merged_into IS NULL
                   UNION ALL
                   SELECT b.id, s.survivor FROM bib b JOIN survivor s ON b.merged_into = s.id)
               SELECT r.branch, r.control_number, s.survivor AS "bib_id!"
                 FROM source_record r JOIN survivor s ON s.id = r.bib_id
                ORDER BY r.branch COLLATE "C", r.control_number COLLATE "C""#
        )
        .fetch_all(&self.pool)
        .await?)
    }
}

impl Importer {
    /// Every copy, not withdrawn, that came with a record of this branch.
    pub async fn copies_of(&mut self, branch: BranchCode) -> Result<Vec<FoundCopy>, StoreError> {
        let rows = sqlx::query!(
            "SELECT i.barcode, i.issuing_branch, s.control_number
               FROM source_record s JOIN item i ON i.source_id = s.id
              WHERE s.branch = $1 AND i.condition <> 'withdrawn' ORDER BY i.id",
            branch.as_str()
        )
        .fetch_all(&mut self.connection)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(FoundCopy {
                    barcode: row.barcode,
                    owner: code(Some(row.issuing_branch))?,
                    control_number: row.control_number,
                })
            })
            .collect()
    }
}
