//! Figures, counted once for all who ask for the same at about the same time.
//!
//! A month of the network is hundreds of thousands of lines of the log: twenty people who open the dashboard must not
//! count them twenty times. An answer is shared for a short time and says of which moment it is.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use circulation::BranchCode;
use desk::{
    Activity, Between, Desk, DeskError, HoldsAt, LateAt, Period, RefusedTimes, Sent, Shared,
    UnderWay,
};
use jiff::{Zoned, civil::Date};

/// For how long an answer is shared.
const SHARED: Duration = Duration::from_secs(30);

/// What is counted: days of the network's calendar, both of them in it, of a branch or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) branch: Option<BranchCode>,
}

/// What happened in the days that are asked for, and how things stand.
#[derive(Debug)]
pub(crate) struct Figures {
    /// They are those of this moment.
    pub(crate) at: Zoned,
    pub(crate) activity: Activity,
    pub(crate) refusals: Vec<RefusedTimes>,
    pub(crate) overdue: BTreeMap<u8, i64>,
    pub(crate) holds: Vec<HoldsAt>,
    pub(crate) under_way: Vec<UnderWay>,
}

/// Counts that are shared.
#[derive(Debug)]
pub(crate) struct Counts {
    figures: Shared<Asked, Arc<Figures>>,
    late: Shared<LateAsked, Arc<BTreeMap<u8, i64>>>,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            figures: Shared::during(SHARED),
            late: Shared::during(SHARED),
        }
    }
}

/// Late loans of a branch on a day: those that belong to it, or those made there.
type LateAsked = (BranchCode, bool, Date);

impl Counts {
    /// The figures; who asks while they are counted waits for the same count.
    pub(crate) async fn figures(
        &self,
        desk: &Arc<Desk>,
        asked: Asked,
        at: &Zoned,
    ) -> Result<Arc<Figures>, DeskError> {
        self.figures.get(asked, count(desk, asked, at)).await
    }

    /// How many stand at each recall level.
    pub(crate) async fn late(
        &self,
        desk: &Arc<Desk>,
        at: LateAt,
        on: &Zoned,
    ) -> Result<Arc<BTreeMap<u8, i64>>, DeskError> {
        let (branch, owned) = match at {
            LateAt::Lent(branch) => (branch, false),
            LateAt::Owned(branch) => (branch, true),
        };
        let count = async { Ok(Arc::new(desk.overdue_by_level(Some(at), on).await?)) };
        self.late.get((branch, owned, on.date()), count).await
    }
}

async fn count(desk: &Arc<Desk>, asked: Asked, at: &Zoned) -> Result<Arc<Figures>, DeskError> {
    let midnight = |day: Date| day.to_zoned(at.time_zone().clone());
    let no_day = |_| DeskError::Internal("a period outside of the calendar".into());
    let from = midnight(asked.first).map_err(no_day)?.timestamp();
    let until = asked.last.tomorrow().and_then(midnight).map_err(no_day)?;
    let branch = asked.branch;
    let period = Period {
        from,
        until: until.timestamp(),
        branch,
    };
    let between = branch.map_or(Between::Any, Between::Either);
    Ok(Arc::new(Figures {
        at: at.clone(),
        activity: desk.activity(&period).await?,
        refusals: desk.refusals(&period).await?,
        overdue: desk.overdue_by_level(branch.map(LateAt::Lent), at).await?,
        holds: desk.holds_by_branch(branch).await?,
        under_way: desk.under_way(between, Sent::Ever).await?,
    }))
}
