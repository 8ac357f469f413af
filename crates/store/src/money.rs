//! Money: fees, and what is paid or waived of them.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::{Keep, Session, Stamp, StoreError};

/// What a fee is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// A late return.
    Late,
    /// A document that came back damaged.
    Damage,
    /// A document that did not come back.
    Loss,
    /// A new card.
    Card,
    /// Something else, which its note tells.
    Other,
}

impl FeeKind {
    /// Its name, as in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Damage => "damage",
            Self::Loss => "loss",
            Self::Card => "card",
            Self::Other => "other",
        }
    }
}

/// A fee of which something is still owed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FeeLine {
    /// The fee: SIP2 field CG.
    pub id: i64,
    /// What it is for.
    pub kind: FeeKind,
    /// What is still owed of it, in cents.
    pub cents: i64,
    /// A remark, if there is one.
    pub note: String,
    /// Since when it is owed.
    pub at: Timestamp,
}

/// How a fee is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// With money.
    Paid,
    /// By staff, who let it go.
    Waived,
}

impl Settled {
    const fn name(self) -> &'static str {
        match self {
            Self::Paid => "payment",
            Self::Waived => "waiver",
        }
    }
}

/// What is to be settled.
#[derive(Debug, Clone, Copy)]
pub struct Settlement<'a> {
    /// How.
    pub how: Settled,
    /// Fees, and what is settled of each, in cents.
    pub parts: &'a [(i64, i64)],
    /// The hash of the request: with it a payment is taken once.
    pub key: [u8; 16],
}

/// A payment that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// Who paid.
    pub patron_id: i64,
    /// How much, in cents.
    pub cents: i64,
    /// The event of it.
    pub event: i64,
}

impl Session {
    /// Reads the payment of this very request, if it was taken.
    pub async fn payment(&mut self, key: [u8; 16]) -> Result<Option<Payment>, StoreError> {
        Ok(sqlx::query_as!(
            Payment,
            "SELECT patron_id, cents, event_id AS event FROM payment WHERE request_key = $1",
            key.as_slice()
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// Settles parts of fees and logs it, in one statement; returns the event. The household's guard keeps what was owed
    /// from being settled meanwhile.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: the household is not as it was read. The constraint `payment_request_key_key`: the
    /// payment was taken already.
    pub async fn settle<B: Serialize + Sync>(
        &mut self,
        patron_id: i64,
        household: (i64, i64),
        settlement: &Settlement<'_>,
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        let (fees, cents): (Vec<i64>, Vec<i64>) = settlement.parts.iter().copied().unzip();
        sqlx::query_scalar!(
            "WITH guarded AS (
                UPDATE household SET version = version + 1 WHERE id = $11 AND version = $12 RETURNING id
            ), logged AS (
                INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
                SELECT $4, $2, 'done', $5, $6, $7, $1, $8::json FROM guarded RETURNING id
            ), taken AS (
                INSERT INTO payment (patron_id, cents, kind, request_key, at, branch, terminal_id, staff_id, event_id)
                SELECT $1::bigint, (SELECT sum(cents)::bigint FROM unnest($10::bigint[]) cents), $2::text, $3::bytea, $4::timestamptz, $5::text, $6::bigint, $7::bigint, id FROM logged
                RETURNING id, event_id
            ), settled AS (
                INSERT INTO ledger (patron_id, kind, cents, fee_id, payment_id, at, branch, event_id)
                SELECT $1, $2, -cents, fee, taken.id, $4, $5, event_id
                  FROM taken, unnest($9::bigint[], $10::bigint[]) part (fee, cents)
            )
            SELECT id FROM logged",
            patron_id,
            settlement.how.name(),
            settlement.key.as_slice(),
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            Json(body) as _,
            &fees,
            &cents,
            household.0,
            household.1,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Asks for a fee and logs it, in one statement; returns the fee. It is kept as the answer, too. Whoever decided
    /// on what the household owes reads again.
    pub async fn charge<B: Serialize + Sync>(
        &mut self,
        patron_id: i64,
        household_id: i64,
        fee: (FeeKind, i64, &str),
        stamp: &Stamp,
        body: &B,
        keep: Keep,
    ) -> Result<i64, StoreError> {
        let (kind, cents, note) = fee;
        Ok(sqlx::query_scalar!(
            r#"WITH raised AS (
                UPDATE household SET version = version + 1 WHERE id = $10 RETURNING id
            ), logged AS (
                INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
                SELECT $4, 'fee', 'done', $5, $7, $8, $1, $9::json FROM raised RETURNING id
            ), charged AS (
                INSERT INTO ledger (patron_id, kind, cents, at, branch, note, event_id)
                SELECT $1::bigint, $2::text, $3::bigint, $4::timestamptz, $5::text, $6::text, id FROM logged RETURNING id
            ), kept AS (
                INSERT INTO request (key, event_id, result, keep_until)
                SELECT $11::bytea, logged.id, to_json(charged.id), $12::timestamptz FROM logged, charged
            )
            SELECT id FROM charged"#,
            patron_id,
            kind.name(),
            cents,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            note,
            stamp.terminal_id,
            stamp.staff_id,
            Json(body) as _,
            household_id,
            &keep.key[..],
            keep.until.to_sqlx() as _,
        )
        .fetch_one(self.pg())
        .await?)
    }
}
