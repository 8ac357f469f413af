//! What a branch has.

use circulation::BranchCode;

use super::Importer;
use crate::{StoreError, facts::code};

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
