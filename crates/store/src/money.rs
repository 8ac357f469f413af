//! Money: fees, and what is paid or waived of them.

use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::{Session, Stamp, StoreError};

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

    /// Settles parts of fees and logs it; returns the event. `parts` are fees and what is settled of each, in cents.
    /// The session must hold the household's lock, so that what was owed is owed still.
    pub async fn settle<B: Serialize + Sync>(
        &mut self,
        patron_id: i64,
        how: Settled,
        parts: &[(i64, i64)],
        key: Option<[u8; 16]>,
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        let event = self.log_money(how.name(), patron_id, stamp, body).await?;
        let (fees, cents): (Vec<i64>, Vec<i64>) = parts.iter().copied().unzip();
        sqlx::query!(
            "WITH taken AS (
                INSERT INTO payment (patron_id, cents, kind, request_key, at, branch, terminal_id, staff_id, event_id)
                SELECT $1, sum(cents)::bigint, $2, $3, $4, $5, $6, $7, $8 FROM unnest($10::bigint[]) cents RETURNING id
            )
            INSERT INTO ledger (patron_id, kind, cents, fee_id, payment_id, at, branch, event_id)
            SELECT $1, $2, -cents, fee, taken.id, $4, $5, $8 FROM taken, unnest($9::bigint[], $10::bigint[]) part (fee, cents)",
            patron_id,
            how.name(),
            key.as_ref().map(<[u8; 16]>::as_slice),
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            event,
            &fees,
            &cents,
        )
        .execute(self.pg())
        .await?;
        Ok(event)
    }

    /// Asks for a fee and logs it; returns the fee and its event.
    pub async fn charge<B: Serialize + Sync>(
        &mut self,
        patron_id: i64,
        kind: FeeKind,
        cents: i64,
        note: &str,
        stamp: &Stamp,
        body: &B,
    ) -> Result<(i64, i64), StoreError> {
        let event = self.log_money("fee", patron_id, stamp, body).await?;
        let id = sqlx::query_scalar!(
            "INSERT INTO ledger (patron_id, kind, cents, at, branch, note, event_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            patron_id,
            kind.name(),
            cents,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            note,
            event,
        )
        .fetch_one(self.pg())
        .await?;
        Ok((id, event))
    }

    async fn log_money<B: Serialize + Sync>(
        &mut self,
        kind: &str,
        patron_id: i64,
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, patron_id, body)
             VALUES ($1, $2, 'done', $3, $4, $5, $6, $7) RETURNING id",
            stamp.at.to_sqlx() as _,
            kind,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            patron_id,
            Json(body) as _,
        )
        .fetch_one(self.pg())
        .await?)
    }
}
