//! What staff declare: the state of an item, the fate of a card.

use circulation::{BranchCode, Condition};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{ItemFacts, Session, Stamp, StoreError, error::corrupt};

/// What became of a card that a new one takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldCard {
    /// It was lost: whoever finds it opens nothing with it.
    Lost,
    /// It was handed in, and opens nothing any more.
    Replaced,
    /// It still opens the account, as an older number.
    Alias,
}

impl OldCard {
    const fn status(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Replaced => "replaced",
            Self::Alias => "alias",
        }
    }
}

impl Session {
    /// Declares the state of an item and logs it; `None`: it was not as it was read. A withdrawn item is in no place
    /// any more, and one that comes back into the stock stands on the shelf of `stamp.branch`. The session must hold
    /// the item's lock, so that all of it is one.
    pub async fn declare_item<B: Serialize + Sync>(
        &mut self,
        item: &ItemFacts,
        condition: Condition,
        stamp: &Stamp,
        body: &B,
    ) -> Result<Option<i64>, StoreError> {
        let name = serde_json::to_value(condition).map_err(corrupt)?;
        let name = name.as_str().unwrap_or_default();
        let withdrawn = condition == Condition::Withdrawn;
        Ok(sqlx::query_scalar!(
            "WITH guarded AS (
                UPDATE item SET version = version + 1, condition = $3 WHERE id = $1 AND version = $2 RETURNING id
            ), released AS (
                UPDATE hold SET version = hold.version + 1 FROM guarded, custody c
                 WHERE c.item_id = guarded.id AND c.until IS NULL AND hold.id = c.hold_id AND hold.closed_at IS NULL
                   AND $3 <> 'good' AND c.kind <> 'loan' RETURNING hold.id
            ), closed AS (
                UPDATE custody SET until = greatest(clock_timestamp(), custody.since + interval '1 microsecond')
                  FROM guarded
                 WHERE custody.item_id = guarded.id AND custody.until IS NULL AND custody.kind <> 'loan'
                   AND ($4 OR ($3 <> 'good' AND custody.hold_id IS NOT NULL))
                RETURNING custody.item_id, custody.until, custody.branch
            ), opened AS (
                INSERT INTO custody (item_id, kind, branch, since)
                SELECT item_id, 'shelf', branch, until FROM closed WHERE NOT $4
                UNION ALL
                SELECT guarded.id, 'shelf', $5, clock_timestamp() FROM guarded
                 WHERE NOT $4 AND NOT EXISTS (SELECT FROM custody WHERE item_id = guarded.id AND until IS NULL)
                RETURNING id
            )
            INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, body)
            SELECT $6, 'item_state', 'done', $5, $7, $8, guarded.id, $9 FROM guarded
            RETURNING id",
            item.row.id,
            item.row.version,
            name,
            withdrawn,
            stamp.branch.as_str(),
            stamp.at.to_sqlx() as _,
            stamp.terminal_id,
            stamp.staff_id,
            Json(body) as _,
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// Gives a patron a new card in place of the active one, and logs it. The session must hold the household's lock.
    ///
    /// # Errors
    /// `card_number_once_a_branch` where the number is taken.
    pub async fn replace_card(
        &mut self,
        patron_id: i64,
        household_id: i64,
        old: OldCard,
        number: &str,
        issuing_branch: BranchCode,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        self.raise_household(household_id).await?;
        sqlx::query!(
            "UPDATE card SET status = $2 WHERE patron_id = $1 AND status = 'active'",
            patron_id,
            old.status()
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "INSERT INTO card (number, issuing_branch, patron_id, status) VALUES ($1, $2, $3, 'active')",
            number,
            issuing_branch.as_str(),
            patron_id
        )
        .execute(self.pg())
        .await?;
        Ok(sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
             VALUES ($1, 'card', 'done', $2, $3, $4, $5, json_build_object('old', $6::text)) RETURNING id",
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            patron_id,
            old.status(),
        )
        .fetch_one(self.pg())
        .await?)
    }
}
