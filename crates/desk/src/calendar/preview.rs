//! What a change of the calendar would move.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use circulation::{BranchCode, Rulebook, Trace};
use jiff::{Zoned, civil::Date};
use store::{CalendarChange, Movable};

use super::moves::What;
use crate::{Desk, DeskError, Shared};

/// How many loans are read for a preview at most; more than all loans of a network in a month.
const MOST: i64 = 100_000;

/// For how long what a closure would move is not counted anew.
const SHARED: Duration = Duration::from_secs(5);

/// What closures would move: the calendar's version, the closure's branch, first and last day, and the day of the question.
pub(crate) type Previews = Shared<(i64, Option<BranchCode>, Date, Date, Date), CalendarPreview>;

/// None yet.
pub(crate) fn previews() -> Previews {
    Shared::during(SHARED)
}

/// Days of one kind that move alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedDays {
    /// Their last day so far.
    pub from: Date,
    /// Their new one.
    pub to: Date,
    /// How many.
    pub count: usize,
}

/// What a change of the calendar would move, at the moment of the question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarPreview {
    /// The calendar's version that was looked at.
    pub version: i64,
    /// Due dates that move, by their days.
    pub due: Vec<MovedDays>,
    /// How many readers have these loans.
    pub readers: usize,
    /// Loans due on these days that stay as they are: rules keep their day, or their lender does.
    pub stay: usize,
    /// Last days on hold shelves that move.
    pub shelves: Vec<MovedDays>,
}

impl CalendarPreview {
    /// How many due dates move.
    pub fn loans(&self) -> usize {
        self.due.iter().map(|days| days.count).sum()
    }

    /// How many items wait longer on hold shelves.
    pub fn waiting(&self) -> usize {
        self.shelves.iter().map(|days| days.count).sum()
    }
}

impl Desk {
    /// What a change would move under a rulebook that has it already. Two round trips.
    pub(super) async fn preview_of(
        self: &Arc<Self>,
        book: Rulebook,
        version: i64,
        change: &CalendarChange,
        at: &Zoned,
    ) -> Result<CalendarPreview, DeskError> {
        let mut session = self.store.session().await?;
        let mut loans = What::Loans.ask(change);
        loans.most = MOST;
        let mut shelves = What::Shelves.ask(change);
        shelves.most = MOST;
        let loans = What::Loans.read(&mut session, &loans).await?;
        let shelves = What::Shelves.read(&mut session, &shelves).await?;
        drop(session);
        let at = at.clone();
        // A long list is a matter of a tenth of a second.
        tokio::task::spawn_blocking(move || counted(&book, version, &loans, &shelves, &at))
            .await
            .map_err(|error| DeskError::Internal(error.to_string()))
    }
}

fn counted(
    book: &Rulebook,
    version: i64,
    loans: &[Movable],
    shelves: &[Movable],
    at: &Zoned,
) -> CalendarPreview {
    let mut readers = BTreeSet::new();
    let mut due = BTreeMap::new();
    let mut stay = 0;
    for loan in loans {
        match What::Loans.later(book, loan, at, &mut Trace::default()) {
            Some(to) => {
                readers.insert(loan.patron);
                *due.entry((loan.day, to)).or_default() += 1;
            }
            // Some stand on days that are open all the same: of weekly hours every loan is looked at.
            None if is_closed(book, loan, at) => stay += 1,
            None => {}
        }
    }
    let mut waiting = BTreeMap::new();
    for item in shelves {
        if let Some(to) = What::Shelves.later(book, item, at, &mut Trace::default()) {
            *waiting.entry((item.day, to)).or_default() += 1;
        }
    }
    CalendarPreview {
        version,
        due: days(due),
        readers: readers.len(),
        stay,
        shelves: days(waiting),
    }
}

fn is_closed(book: &Rulebook, loan: &Movable, at: &Zoned) -> bool {
    book.policy_on(at.date())
        .is_some_and(|policy| !book.calendar.is_open(loan.branch, loan.day, policy))
}

fn days(counted: BTreeMap<(Date, Date), usize>) -> Vec<MovedDays> {
    let line = |((from, to), count)| MovedDays { from, to, count };
    counted.into_iter().map(line).collect()
}
