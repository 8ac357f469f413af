//! What a branch fetches from its shelves every morning.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use circulation::{BranchCode, Policy, Rulebook, first_served};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{Session, WaitsFor, Wanted, WantedRead};

use crate::{Desk, DeskError, Listed, listed::page, request::local_day};

/// For how long a branch's list is gone over again instead of looked for anew.
const REMEMBERED: Duration = Duration::from_secs(10);

/// A copy to fetch from the shelf: scanned here, it is set aside for whoever waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToPull {
    /// The item.
    pub item: i64,
    /// Its barcode.
    pub barcode: String,
    /// Its title.
    pub title: String,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// Where it is then waited for.
    pub pickup: BranchCode,
}

/// Where a page of a pull list ended: in the order of the shelf, which is that of the bytes of its call number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PullAfter {
    /// Its call number.
    pub call_number: String,
    /// Its barcode.
    pub barcode: String,
    /// The item.
    pub item: i64,
}

impl ToPull {
    fn place(&self) -> PullAfter {
        PullAfter {
            call_number: self.call_number.clone(),
            barcode: self.barcode.clone(),
            item: self.item,
        }
    }
}

/// What each branch's list last had on it.
///
/// Looking through all that is waited for costs the database ten times what it costs to go over the copies that were
/// found, and a list is asked for again after each scan. What is remembered is gone over each time: a copy that left
/// the shelf, or a hold that was served or given up, is off the list at once, and a new hold on it at once. Only a copy
/// that comes back to the shelf with somebody waiting and is not set aside is up to ten seconds late.
#[derive(Debug, Default)]
pub(crate) struct Pulls(Mutex<HashMap<BranchCode, Remembered>>);

#[derive(Debug, Clone)]
struct Remembered {
    looked: Instant,
    /// The newest hold that was looked at.
    newest_hold: i64,
    items: Arc<[i64]>,
}

impl Pulls {
    fn of(&self, branch: BranchCode) -> Option<Remembered> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get(&branch)?;
        (kept.looked.elapsed() < REMEMBERED).then(|| kept.clone())
    }

    fn keep(&self, branch: BranchCode, remembered: Remembered) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(branch, remembered);
    }
}

impl Desk {
    /// What to fetch from a branch's shelves, in the order of the shelf: for each hold at most one copy here, the
    /// first of the queue first. A title that also stands elsewhere is on that branch's list too: whichever is
    /// scanned first serves.
    ///
    /// Two round trips, however long the list and however many items there are: the copies here of titles that somebody
    /// waits for, then all their queues. Every ten seconds it costs what the network's waiting
    /// holds cost, and in between what is on the list.
    pub async fn pull_list(
        self: &Arc<Self>,
        branch: BranchCode,
        at: &Zoned,
    ) -> Result<Vec<ToPull>, DeskError> {
        let mut session = self.store.session().await?;
        let Some(wanted) = self.wanted(&mut session, branch).await? else {
            return Ok(Vec::new());
        };
        let bibs: HashSet<i64> = wanted.copies.iter().map(|copy| copy.bib_id).collect();
        let bibs: Vec<i64> = bibs.into_iter().collect();
        let queues = session.queues(&bibs).await?;
        drop(session);
        let today = local_day(at);
        let book = self.rulebook_at(wanted.rulebook_version).await?;
        Ok(book.policy_on(today).map_or_else(Vec::new, |policy| {
            pull(policy, &book, wanted.copies, queues, today)
        }))
    }

    /// A page of the same, 1 to 50 lines. Which copy serves which hold is decided on the whole list, so that pages fit
    /// together. Two round trips.
    pub async fn pull_page(
        self: &Arc<Self>,
        branch: BranchCode,
        after: Option<&PullAfter>,
        most: u32,
        at: &Zoned,
    ) -> Result<Listed<ToPull, PullAfter>, DeskError> {
        let mut lines = self.pull_list(branch, at).await?;
        if let Some(after) = after {
            lines.retain(|line| line.place() > *after);
        }
        Ok(Listed::cut(lines, page(most).0, ToPull::place))
    }

    /// The copies here of titles that somebody waits for.
    async fn wanted(
        &self,
        session: &mut Session,
        branch: BranchCode,
    ) -> Result<Option<WantedRead>, DeskError> {
        let known = self.pulls.of(branch);
        let wanted = match &known {
            Some(kept) => {
                session
                    .wanted(branch, &kept.items, kept.newest_hold)
                    .await?
            }
            None => session.wanted(branch, &[], 0).await?,
        };
        if let Some(read) = &wanted {
            let remembered = Remembered {
                looked: known.map_or_else(Instant::now, |kept| kept.looked),
                newest_hold: read.newest_hold,
                items: read.copies.iter().map(|copy| copy.item_id).collect(),
            };
            self.pulls.keep(branch, remembered);
        }
        Ok(wanted)
    }
}

/// Which copy serves which hold: copies in their order, each the first of its title's queue that no copy before it serves.
fn pull(
    policy: &Policy,
    book: &Rulebook,
    wanted: Vec<Wanted>,
    queues: Vec<WaitsFor>,
    today: Date,
) -> Vec<ToPull> {
    let mut waiting: HashMap<i64, Vec<WaitsFor>> = HashMap::new();
    for hold in queues {
        waiting.entry(hold.bib_id).or_default().push(hold);
    }
    let serve = |copy: Wanted| {
        let queue = waiting.get_mut(&copy.bib_id)?;
        let seen: Vec<_> = queue
            .iter()
            .map(|hold| hold.seen_from(copy.item_id))
            .collect();
        let first = first_served(policy, book, &seen, &copy.facts, today)?;
        let pickup = seen.get(first)?.hold.pickup;
        queue.remove(first);
        Some(ToPull {
            item: copy.item_id,
            barcode: copy.barcode,
            title: copy.title,
            call_number: copy.call_number,
            pickup,
        })
    };
    wanted.into_iter().filter_map(serve).collect()
}
