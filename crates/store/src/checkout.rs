//! Loans, written.

use circulation::{BranchCode, CategoryCode, DocumentCode};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::{
    Session, StoreError,
    together::{column, outcomes},
};

/// Everything that a loan writes.
#[derive(Debug)]
pub struct CheckoutEffect {
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
    /// The hold that the loan ends, and its guard.
    pub hold: Option<(i64, i64)>,
    /// The policy that decided.
    pub policy_version: i32,
    /// The calendar that decided.
    pub calendar_version: i64,
    /// What the event tells, as JSON: outcome and trace.
    pub body: String,
}

impl Session {
    /// Writes loans, each whole or not at all, in one statement and one commit; returns the event of each, in
    /// their order. [`StoreError::GuardMissed`] in a place: that one was overtaken, read again.
    ///
    /// # Errors
    /// Those of the statement; nothing was then written. A conflict (`StoreError::is_conflict`) asks for reading
    /// again.
    pub async fn apply_checkouts(
        &mut self,
        effects: &[CheckoutEffect],
    ) -> Result<Vec<Result<i64, StoreError>>, StoreError> {
        let rows = sqlx::query_file!(
            "queries/checkout_apply.sql",
            column(effects, |e| e.terminal_id) as _,
            column(effects, |e| e.key.map(Vec::from)) as _,
            &column(effects, |e| e.item.0),
            &column(effects, |e| e.item.1),
            &column(effects, |e| e.household.0),
            &column(effects, |e| e.household.1),
            &column(effects, |e| e.custody_id),
            column(effects, |e| e.branch.as_str()) as _,
            &column(effects, |e| e.patron_id),
            column(effects, |e| e.at.to_sqlx()) as _,
            column(effects, |e| e.on.to_sqlx()) as _,
            column(effects, |e| e.due.to_sqlx()) as _,
            &column(effects, |e| e.new),
            column(effects, |e| e.category.as_str()) as _,
            column(effects, |e| e.document.as_str()) as _,
            &column(effects, |e| e.policy_version),
            &column(effects, |e| e.calendar_version),
            column(effects, |e| e.staff_id) as _,
            column(effects, |e| e.body.as_str()) as _,
            column(effects, |e| e.hold.map(|hold| hold.0)) as _,
            column(effects, |e| e.hold.map(|hold| hold.1)) as _,
        )
        .fetch_all(self.pg())
        .await?;
        let written = rows.into_iter().map(|row| (row.n, row.event_id));
        Ok(outcomes(effects.len(), written))
    }
}
