//! A branch's figures, or the network's: what happened in a period, and how things stand.
//!
//! Each is read by a statement of its own, and is exact at its moment.

use std::{collections::BTreeMap, sync::Arc};

use circulation::{BranchCode, recall_level};
use jiff::{Timestamp, Zoned};
use store::{Activity, HoldsAt, LateAt, RefusedTimes};

use crate::{Desk, DeskError, overdue::EVER, request::local_day};

/// A period, of one branch or of all.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// From this moment on, by when things happened.
    pub from: Timestamp,
    /// Until before this one.
    pub until: Timestamp,
    /// Whose doors; none: all.
    pub branch: Option<BranchCode>,
}

impl Desk {
    /// Loans, returns and renewals of a period, by hour of the day, by branch and by document type. What was undone counts
    /// off at the moment at which it was; loans that were brought from a former system are none of these.
    ///
    /// One round trip. It reads one index, a few milliseconds for a day of the whole network.
    pub async fn activity(self: &Arc<Self>, period: &Period) -> Result<Activity, DeskError> {
        let Period {
            from,
            until,
            branch,
        } = *period;
        let mut session = self.store.session().await?;
        Ok(session.activity(from, until, branch).await?)
    }

    /// Refusals of a period by the first reason that was told and the rule or limit that it names, the most frequent
    /// first. Questions that were only asked for the answer are not in the log. One round trip.
    pub async fn refusals(
        self: &Arc<Self>,
        period: &Period,
    ) -> Result<Vec<RefusedTimes>, DeskError> {
        let Period {
            from,
            until,
            branch,
        } = *period;
        let mut session = self.store.session().await?;
        Ok(session.refusals(from, until, branch).await?)
    }

    /// How many loans are late on the day of a moment, by the recall level that each has reached; 0: late, and none. None:
    /// of the whole network. One round trip.
    pub async fn overdue_by_level(
        self: &Arc<Self>,
        at: Option<LateAt>,
        on: &Zoned,
    ) -> Result<BTreeMap<u8, i64>, DeskError> {
        let today = local_day(on);
        let mut levels = BTreeMap::new();
        let Ok(yesterday) = today.yesterday() else {
            return Ok(levels);
        };
        let (version, cases) = self
            .store
            .session()
            .await?
            .late_cases(at, EVER, yesterday)
            .await?;
        if cases.is_empty() {
            return Ok(levels);
        }
        let book = self.rulebook_at(version).await?;
        for case in cases {
            let level = book
                .policy_on(today)
                .map_or(0, |policy| recall_level(policy, &case.loan, today));
            *levels.entry(level).or_default() += case.loans;
        }
        Ok(levels)
    }

    /// Active holds by pickup branch and by how far they have come. One round trip.
    pub async fn holds_by_branch(
        self: &Arc<Self>,
        branch: Option<BranchCode>,
    ) -> Result<Vec<HoldsAt>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.holds_by_branch(branch).await?)
    }
}
