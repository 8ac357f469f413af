//! What happened in a period, and how things stand, counted.

use circulation::{BranchCode, DocumentCode, OpenLoan, Whose};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;

use crate::{LateAt, Session, StoreError, facts::code};

/// Loans, returns and renewals, less what was undone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MovedTimes {
    /// Loans made.
    pub loans: i64,
    /// Loans that ended by a return.
    pub returns: i64,
    /// Loans renewed.
    pub renewals: i64,
}

/// What happened in a period, looked at in three ways; each adds up to the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// By hour of the day in the network's zone, 0 to 23; hours without anything are left out.
    pub by_hour: Vec<(u8, MovedTimes)>,
    /// By the branch whose door it went through.
    pub by_branch: Vec<(BranchCode, MovedTimes)>,
    /// By document type, as the loan was made.
    pub by_document: Vec<(DocumentCode, MovedTimes)>,
}

/// How often something was refused for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedTimes {
    /// What was asked: `checkout`, `renew`, …
    pub kind: String,
    /// The name of the first reason that was told.
    pub code: String,
    /// The rule or limit that it names, where one says no.
    pub rule: Option<String>,
    /// How often.
    pub times: i64,
}

/// Late loans that are one case to the rules and were due on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateCase {
    /// Any of them, as the rules look at it; whether it was lent while new is not told apart.
    pub loan: OpenLoan,
    /// How many.
    pub loans: i64,
}

/// Active holds of a pickup branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HoldsAt {
    /// Where they are to be collected.
    pub branch: BranchCode,
    /// No copy is set aside yet.
    pub waiting: i64,
    /// A copy is on its way.
    pub on_their_way: i64,
    /// A copy stands on the hold shelf.
    pub ready: i64,
}

impl Session {
    /// Loans, returns and renewals from a moment on until before another. One round trip.
    pub async fn activity(
        &mut self,
        from: Timestamp,
        until: Timestamp,
        branch: Option<BranchCode>,
    ) -> Result<Activity, StoreError> {
        let read = sqlx::query_file!(
            "queries/activity.sql",
            from.to_sqlx() as _,
            until.to_sqlx() as _,
            branch.as_ref().map(BranchCode::as_str)
        )
        .fetch_all(self.pg())
        .await?;
        let mut activity = Activity::default();
        for row in read {
            let moved = MovedTimes {
                loans: row.loans,
                returns: row.returns,
                renewals: row.renewals,
            };
            if let Some(hour) = row.hour {
                let hour = u8::try_from(hour).unwrap_or_default();
                activity.by_hour.push((hour, moved));
            } else if let Some(document) = row.document {
                activity.by_document.push((code(Some(document))?, moved));
            } else {
                activity.by_branch.push((code(row.branch)?, moved));
            }
        }
        Ok(activity)
    }

    /// Refusals from a moment on until before another, the most frequent first. One round trip.
    pub async fn refusals(
        &mut self,
        from: Timestamp,
        until: Timestamp,
        branch: Option<BranchCode>,
    ) -> Result<Vec<RefusedTimes>, StoreError> {
        Ok(sqlx::query_file_as!(
            RefusedTimes,
            "queries/refusals.sql",
            from.to_sqlx() as _,
            until.to_sqlx() as _,
            branch.as_ref().map(BranchCode::as_str)
        )
        .fetch_all(self.pg())
        .await?)
    }

    /// Loans that were due on these days or between, as the rules tell them apart, in no order, and the rulebook that the network is under (0 where there
    /// are none). One round trip.
    pub async fn late_cases(
        &mut self,
        at: Option<LateAt>,
        first_due: Date,
        last_due: Date,
    ) -> Result<(i64, Vec<LateCase>), StoreError> {
        let (branch, owned) = match &at {
            None => (None, false),
            Some(LateAt::Lent(branch)) => (Some(branch.as_str()), false),
            Some(LateAt::Owned(branch)) => (Some(branch.as_str()), true),
        };
        let read = sqlx::query_file!(
            "queries/late_cases.sql",
            branch,
            owned,
            first_due.to_sqlx() as _,
            last_due.to_sqlx() as _
        )
        .fetch_all(self.pg())
        .await?;
        let version = read.first().map_or(0, |row| row.rulebook_version);
        let cases = read
            .into_iter()
            .map(|row| {
                Ok(LateCase {
                    loan: OpenLoan {
                        whose: Whose::Reader,
                        checkout: code(Some(row.branch))?,
                        owner: code(Some(row.owner_branch))?,
                        category: code(Some(row.category))?,
                        document: code(Some(row.document))?,
                        new: false,
                        due: row.due.to_jiff(),
                    },
                    loans: row.loans,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok((version, cases))
    }

    /// Active holds by pickup branch. One round trip.
    pub async fn holds_by_branch(
        &mut self,
        branch: Option<BranchCode>,
    ) -> Result<Vec<HoldsAt>, StoreError> {
        let read = sqlx::query_file!(
            "queries/holds_by_branch.sql",
            branch.as_ref().map(BranchCode::as_str)
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(HoldsAt {
                    branch: code(Some(row.pickup))?,
                    waiting: row.waiting,
                    on_their_way: row.on_their_way,
                    ready: row.ready,
                })
            })
            .collect()
    }
}
