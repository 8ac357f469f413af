//! Blocks that a machine sets and lifts, and remarks that it makes on items.

use jiff_sqlx::ToSqlx;

use crate::{Session, Stamp, StoreError};

impl Session {
    /// Blocks a patron from a machine and logs it. The session must hold the household's lock.
    pub async fn block_from_machine(
        &mut self,
        patron_id: i64,
        household_id: i64,
        message: &str,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        self.raise_household(household_id).await?;
        Ok(sqlx::query_scalar!(
            "WITH blocked AS (
                INSERT INTO block (patron_id, kind, message, placed_at, terminal_id)
                VALUES ($1, 'staff', $2, $3, $4) RETURNING id
            )
            INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
            SELECT $3, 'block', 'done', $5, $4, $6, $1, json_build_object('block', blocked.id) FROM blocked
            RETURNING id",
            patron_id,
            message,
            stamp.at.to_sqlx() as _,
            stamp.terminal_id,
            stamp.branch.as_str(),
            stamp.staff_id,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Lifts the blocks that machines set on a patron and logs it; `None`: there are none. The session must hold the
    /// household's lock.
    pub async fn lift_machine_blocks(
        &mut self,
        patron_id: i64,
        household_id: i64,
        stamp: &Stamp,
    ) -> Result<Option<i64>, StoreError> {
        self.raise_household(household_id).await?;
        Ok(sqlx::query_scalar!(
            "WITH lifted AS (
                UPDATE block SET lifted_at = greatest($2, placed_at)
                 WHERE patron_id = $1 AND lifted_at IS NULL AND terminal_id IS NOT NULL RETURNING id
            )
            INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
            SELECT $2, 'unblock', 'done', $3, $4, $5, $1, json_build_object('blocks', json_agg(lifted.id)) FROM lifted
            HAVING count(*) > 0 RETURNING id",
            patron_id,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// Writes a remark on an item (SIP2 field CH) and logs it.
    pub async fn note_item(
        &mut self,
        item_id: i64,
        note: &str,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "WITH noted AS (UPDATE item SET note = $2 WHERE id = $1 RETURNING id)
            INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, body)
            SELECT $3, 'item_note', 'done', $4, $5, $6, noted.id, json_build_object('note', $2::text) FROM noted
            RETURNING id",
            item_id,
            note,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Whoever decided on what its members have and may shall read again.
    pub(crate) async fn raise_household(&mut self, household_id: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE household SET version = version + 1 WHERE id = $1",
            household_id
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}
