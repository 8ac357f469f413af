//! How many transactions have written since.

use store::Store;

/// Everything that a command may write, with the transaction that left each row.
const WRITTEN: &str = "SELECT xmin FROM bib UNION ALL SELECT xmin FROM item UNION ALL SELECT xmin FROM household
        UNION ALL SELECT xmin FROM custody UNION ALL SELECT xmin FROM hold UNION ALL SELECT xmin FROM event
        UNION ALL SELECT xmin FROM request UNION ALL SELECT xmin FROM ledger UNION ALL SELECT xmin FROM payment
        UNION ALL SELECT xmin FROM block UNION ALL SELECT xmin FROM card UNION ALL SELECT xmin FROM suspension";

/// A moment in the life of a database.
#[derive(Debug, Clone, Copy)]
pub struct Mark(i64);

impl Mark {
    /// Now.
    pub async fn now(store: &Store) -> anyhow::Result<Self> {
        let next = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        Ok(Self(store.count(next).await?))
    }

    /// The transactions that have left a row since: exact, whatever else the cluster is busy with. Only for databases
    /// that are young, whose transactions have not come round to small numbers again.
    pub async fn commits_since(self, store: &Store) -> anyhow::Result<i64> {
        let count = format!(
            "SELECT count(DISTINCT xmin::text) FROM ({WRITTEN}) written WHERE xmin::text::bigint >= {}",
            self.0
        );
        Ok(store.count(&count).await?)
    }
}
