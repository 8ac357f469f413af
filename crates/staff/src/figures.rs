//! Figures, counted once for all who ask for the same at about the same time.
//!
//! A month of the network is hundreds of thousands of lines of the log: twenty people who open the dashboard must not
//! count them twenty times. An answer is shared for a short time and says of which moment it is.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use circulation::BranchCode;
use desk::{
    Activity, Between, Desk, DeskError, HoldsAt, LateAt, Period, RefusedTimes, Sent, UnderWay,
};
use jiff::{Zoned, civil::Date};
use tokio::sync::OnceCell;

/// For how long an answer is shared.
const SHARED: Duration = Duration::from_secs(30);
/// How many are kept at most; the oldest goes.
const KEPT: usize = 256;

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

type Cell<V> = Arc<OnceCell<Arc<V>>>;

/// The answers that are shared: what was asked, and what was counted.
#[derive(Debug)]
pub(crate) struct Shared<K, V>(Mutex<HashMap<K, (Instant, Cell<V>)>>);

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl Shared<Asked, Figures> {
    /// The figures; who asks while they are counted waits for the same count.
    pub(crate) async fn figures(
        &self,
        desk: &Arc<Desk>,
        asked: Asked,
        at: &Zoned,
    ) -> Result<Arc<Figures>, DeskError> {
        self.counted(asked, count(desk, asked, at)).await
    }
}

/// Late loans of a branch on a day: those that belong to it, or those made there.
pub(crate) type LateAsked = (BranchCode, bool, Date);

impl Shared<LateAsked, BTreeMap<u8, i64>> {
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
        self.counted((branch, owned, on.date()), count).await
    }
}

impl<K: Copy + Eq + Hash, V> Shared<K, V> {
    async fn counted(
        &self,
        asked: K,
        count: impl Future<Output = Result<Arc<V>, DeskError>>,
    ) -> Result<Arc<V>, DeskError> {
        let cell = self.cell(asked, Instant::now());
        let counted = cell.get_or_try_init(|| count).await?;
        Ok(counted.clone())
    }

    fn cell(&self, asked: K, now: Instant) -> Cell<V> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (made, _)| now.duration_since(*made) < SHARED);
        if kept.len() >= KEPT
            && let Some(oldest) = kept
                .iter()
                .min_by_key(|(_, (made, _))| *made)
                .map(|(asked, _)| *asked)
        {
            kept.remove(&oldest);
        }
        let (_, cell) = kept.entry(asked).or_insert_with(|| (now, Cell::default()));
        cell.clone()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(day: i8) -> Asked {
        let day = Date::constant(2026, 6, day);
        Asked {
            first: day,
            last: day,
            branch: None,
        }
    }

    #[test]
    fn one_count_is_shared_for_a_while() {
        let (shared, now) = (Shared::<Asked, Figures>::default(), Instant::now());
        let first = shared.cell(asked(1), now);
        assert!(Arc::ptr_eq(&first, &shared.cell(asked(1), now)));
        assert!(!Arc::ptr_eq(&first, &shared.cell(asked(2), now)));
        let later = now + SHARED;
        assert!(!Arc::ptr_eq(&first, &shared.cell(asked(1), later)));
    }

    #[test]
    fn no_more_are_kept_than_so_many() {
        let (shared, now) = (Shared::<Asked, Figures>::default(), Instant::now());
        for day in 0..KEPT + 50 {
            let day =
                Date::constant(2020, 1, 1) + jiff::Span::new().days(i64::try_from(day).unwrap());
            shared.cell(
                Asked {
                    first: day,
                    last: day,
                    branch: None,
                },
                now,
            );
        }
        assert!(shared.0.lock().unwrap().len() <= KEPT);
    }
}
