//! PINs: their hashes, changed without the PIN being another one.

use crate::{Store, StoreError};

impl Store {
    /// Writes a better hash of the same PIN, if the one it replaces is still there. Nothing else that was made under
    /// this PIN ends by it.
    pub async fn rehash_pin(
        &self,
        patron_id: i64,
        old: &str,
        new: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE patron SET pin_hash = $3 WHERE id = $1 AND pin_hash = $2",
            patron_id,
            old,
            new
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
