//! Sources: how each branch's files are read.

use circulation::BranchCode;
use serde_json::Value;

use crate::{Store, StoreError, facts::code};

/// A branch as sources may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchNames {
    /// Its code.
    pub code: BranchCode,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub commune: String,
}

impl Store {
    /// All branches, by their code.
    pub async fn branch_names(&self) -> Result<Vec<BranchNames>, StoreError> {
        sqlx::query!("SELECT code, name, commune FROM branch ORDER BY code")
            .fetch_all(&self.pool)
            .await?
            .into_iter()
            .map(|row| {
                Ok(BranchNames {
                    code: code(Some(row.code))?,
                    name: row.name,
                    commune: row.commune,
                })
            })
            .collect()
    }

    /// Codes and labels of the document types, by code.
    pub async fn document_labels(&self) -> Result<Vec<(String, String)>, StoreError> {
        let read = sqlx::query!("SELECT code, label FROM document_type ORDER BY code")
            .fetch_all(&self.pool)
            .await?;
        Ok(read.into_iter().map(|row| (row.code, row.label)).collect())
    }

    /// All sources with their profiles, by branch.
    pub async fn sources(&self) -> Result<Vec<(BranchCode, Value)>, StoreError> {
        sqlx::query!("SELECT branch, profile FROM source ORDER BY branch")
            .fetch_all(&self.pool)
            .await?
            .into_iter()
            .map(|row| Ok((code(Some(row.branch))?, row.profile)))
            .collect()
    }

    /// How a branch's files are read from now on.
    pub async fn set_source(&self, branch: BranchCode, profile: &Value) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO source (branch, profile) VALUES ($1, $2)
             ON CONFLICT (branch) DO UPDATE SET profile = excluded.profile",
            branch.as_str(),
            profile
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
