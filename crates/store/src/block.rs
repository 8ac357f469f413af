//! Blocks that a machine sets and lifts, and remarks that it makes on items.

use jiff_sqlx::ToSqlx;

use crate::{Session, Stamp, StoreError};

/// What a machine's report of a card came to: the event, or none where it changed nothing.
type Reported = Result<Option<i64>, StoreError>;

impl Session {
    /// Blocks a patron from a machine and logs it, in one statement; `None`: this machine has blocked them with these
    /// very words already. `household` is the patron's, with its guard.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: the household is not as it was read.
    pub async fn block_from_machine(
        &mut self,
        patron_id: i64,
        household: (i64, i64),
        message: &str,
        stamp: &Stamp,
    ) -> Reported {
        sqlx::query_scalar!(
            r#"WITH guarded AS (
                UPDATE household SET version = version + 1 WHERE id = $7 AND version = $8 RETURNING id
            ), blocked AS (
                INSERT INTO block (patron_id, kind, message, placed_at, terminal_id)
                SELECT $1::bigint, 'staff', $2::text, $3::timestamptz, $4::bigint FROM guarded
                 WHERE NOT EXISTS (SELECT FROM block WHERE patron_id = $1 AND lifted_at IS NULL AND kind = 'staff'
                                      AND message = $2 AND terminal_id IS NOT DISTINCT FROM $4)
                RETURNING id
            ), logged AS (
                INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
                SELECT $3, 'block', 'done', $5::text, $4, $6::bigint, $1, json_build_object('block', blocked.id) FROM blocked
                RETURNING id
            )
            SELECT logged.id AS "event?" FROM guarded LEFT JOIN logged ON true"#,
            patron_id,
            message,
            stamp.at.to_sqlx() as _,
            stamp.terminal_id,
            stamp.branch.as_str(),
            stamp.staff_id,
            household.0,
            household.1,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Lifts the blocks that machines set on a patron and logs it, in one statement; `None`: there are none.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: the household is not as it was read.
    pub async fn lift_machine_blocks(
        &mut self,
        patron_id: i64,
        household: (i64, i64),
        stamp: &Stamp,
    ) -> Reported {
        sqlx::query_scalar!(
            r#"WITH guarded AS (
                UPDATE household SET version = version + 1 WHERE id = $6 AND version = $7 RETURNING id
            ), lifted AS (
                UPDATE block SET lifted_at = greatest($2, placed_at) FROM guarded
                 WHERE patron_id = $1 AND lifted_at IS NULL AND terminal_id IS NOT NULL RETURNING block.id
            ), logged AS (
                INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
                SELECT $2::timestamptz, 'unblock', 'done', $3::text, $4::bigint, $5::bigint, $1::bigint,
                       json_build_object('blocks', json_agg(lifted.id)) FROM lifted
                HAVING count(*) > 0 RETURNING id
            )
            SELECT logged.id AS "event?" FROM guarded LEFT JOIN logged ON true"#,
            patron_id,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            household.0,
            household.1,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Writes a remark on an item (SIP2 field CH) and logs it, in one statement; `None`: it is there already. Nothing
    /// is decided by a remark, so that it needs no guard but the row that it stands in.
    pub async fn note_item(&mut self, item_id: i64, note: &str, stamp: &Stamp) -> Reported {
        Ok(sqlx::query_scalar!(
            "WITH noted AS (UPDATE item SET note = $2 WHERE id = $1 AND note <> $2 RETURNING id)
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
        .fetch_optional(self.pg())
        .await?)
    }
}
