//! Sources: how each branch's files are read.

use circulation::BranchCode;
use serde_json::Value;

use crate::{Store, StoreError, facts::code};

impl Store {
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
