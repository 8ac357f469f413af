//! What staff declare: the state of an item, the fate of a card.

use circulation::Condition;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{ItemFacts, Keep, Session, Stamp, StoreError, Written, error::corrupt};

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
    /// Declares the state of an item and logs it, in one statement; returns the event. A withdrawn item is in no place
    /// any more, and one that comes back into the stock stands on the shelf of the door's branch. What was set aside
    /// for a hold and is not good any more is set aside no longer, and the hold waits again: so the title is a guard
    /// too, before the item.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title or item are not as they were read.
    pub async fn declare_item<B: Serialize + Sync>(
        &mut self,
        item: &ItemFacts,
        bib_version: i64,
        condition: Condition,
        written: &Written<'_, B, ()>,
    ) -> Result<i64, StoreError> {
        let name = serde_json::to_value(condition).map_err(corrupt)?;
        let name = name.as_str().unwrap_or_default();
        let withdrawn = condition == Condition::Withdrawn;
        sqlx::query_file_scalar!(
            "queries/item_state.sql",
            item.row.bib_id,
            bib_version,
            item.row.id,
            item.row.version,
            name,
            withdrawn,
            written.stamp.at.to_sqlx() as _,
            written.stamp.branch.as_str(),
            written.stamp.terminal_id,
            written.stamp.staff_id,
            Json(written.body) as _,
            &written.keep.key[..],
            written.keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Gives a patron a new card, of the door's branch, in place of the active one, and logs it, in one statement;
    /// returns the event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: the household is not as it was read. `card_number_once_a_branch` where the number
    /// is taken.
    pub async fn replace_card(
        &mut self,
        patron_id: i64,
        household: (i64, i64),
        old: OldCard,
        number: &str,
        stamp: &Stamp,
        keep: Keep,
    ) -> Result<i64, StoreError> {
        sqlx::query_scalar!(
            "WITH guarded AS (
                UPDATE household SET version = version + 1 WHERE id = $8 AND version = $9 RETURNING id
            ), logged AS (
                INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
                SELECT $4::timestamptz, 'card', 'done', $5::text, $6::bigint, $7::bigint, $1::bigint, json_build_object('old', $2::text)
                  FROM guarded
                RETURNING id
            ), kept AS (
                INSERT INTO request (key, event_id, result, keep_until)
                SELECT $10::bytea, id, 'null'::json, $11::timestamptz FROM logged RETURNING event_id
            ), retired AS (
                -- After the key: the same question again is known by that, and not taken for somebody else's number.
                UPDATE card SET status = $2 FROM kept WHERE patron_id = $1 AND status = 'active' RETURNING card.id
            ), issued AS (
                -- After the old one is retired, which there may be none of.
                INSERT INTO card (number, issuing_branch, patron_id, status)
                SELECT $3::text, $5, $1, 'active' FROM kept WHERE (SELECT count(*) FROM retired) >= 0
                RETURNING patron_id
            )
            SELECT id FROM logged, issued",
            patron_id,
            old.status(),
            number,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            household.0,
            household.1,
            &keep.key[..],
            keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }
}
