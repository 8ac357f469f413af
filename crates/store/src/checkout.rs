//! A loan, written.

use circulation::{BranchCode, CategoryCode, DocumentCode};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, StoreError};

/// Everything that a loan writes. `B` is the body of its event.
#[derive(Debug)]
pub struct CheckoutEffect<'a, B> {
    /// The terminal that asks, if one does.
    pub terminal_id: Option<i64>,
    /// The member of staff who asks, if one does.
    pub staff_id: Option<i64>,
    /// The hash of the request, kept so that a repetition finds this loan.
    pub key: Option<[u8; 16]>,
    /// Item and guard.
    pub item: (i64, i64),
    /// Household and guard.
    pub household: (i64, i64),
    /// The stay that ends.
    pub custody_id: i64,
    /// The checkout branch.
    pub branch: BranchCode,
    /// The borrower.
    pub patron_id: i64,
    /// When the loan happened.
    pub at: Timestamp,
    /// That moment's local date.
    pub on: Date,
    /// The last day of the loan.
    pub due: Date,
    /// Lent while the item was a novelty.
    pub new: bool,
    /// The borrower's category at this loan.
    pub category: CategoryCode,
    /// The item's document type at this loan.
    pub document: DocumentCode,
    /// The policy that decided.
    pub policy_version: i32,
    /// The calendar that decided.
    pub calendar_version: i64,
    /// What the event tells: outcome and trace.
    pub body: &'a B,
}

impl Session {
    /// Writes a loan, whole or not at all, in one statement; returns its event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`] and a conflict on `custody_one_place`: nothing was
    /// written, read again.
    pub async fn apply_checkout<B: Serialize + Sync>(
        &mut self,
        effect: &CheckoutEffect<'_, B>,
    ) -> Result<i64, StoreError> {
        let event_id = sqlx::query_file_scalar!(
            "queries/checkout_apply.sql",
            effect.terminal_id,
            effect.key.as_ref().map(<[u8; 16]>::as_slice),
            effect.item.0,
            effect.item.1,
            effect.household.0,
            effect.household.1,
            effect.custody_id,
            effect.branch.as_str(),
            effect.patron_id,
            effect.at.to_sqlx() as _,
            effect.on.to_sqlx() as _,
            effect.due.to_sqlx() as _,
            effect.new,
            effect.category.as_str(),
            effect.document.as_str(),
            effect.policy_version,
            effect.calendar_version,
            effect.staff_id,
            Json(effect.body) as _,
        )
        .fetch_one(self.pg_to_write())
        .await?;
        Ok(event_id)
    }
}
