//! What a branch fetches from its shelves every morning, and what it clears away.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use circulation::{BranchCode, Policy, Rulebook, first_served};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{SetAside, ShelfAfter, WaitsFor, Wanted};

use crate::{Desk, DeskError, Listed, listed::page, request::local_day};

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

/// A question for a page of a hold shelf.
#[derive(Debug, Clone, Copy)]
pub struct ShelfAsk {
    /// Whose.
    pub branch: BranchCode,
    /// Only what is to be cleared away on this day: its hold is over, or its last day was before.
    pub to_clear: Option<Date>,
    /// From the line after this one; none: from the first.
    pub after: Option<ShelfAfter>,
    /// How many at most, 1 to 50.
    pub most: u32,
}

impl Desk {
    /// What to fetch from a branch's shelves, in the order of the shelf: for each hold at most one copy here, the
    /// first of the queue first. A title that also stands elsewhere is on that branch's list too: whichever is
    /// scanned first serves.
    ///
    /// Two round trips, however long the list and however many items there are: the copies here of titles that somebody
    /// waits for, then all their queues. It costs what the network's waiting holds cost.
    pub async fn pull_list(
        self: &Arc<Self>,
        branch: BranchCode,
        at: &Zoned,
    ) -> Result<Vec<ToPull>, DeskError> {
        let today = local_day(at);
        let mut session = self.store.session().await?;
        let (version, wanted) = session.wanted(branch).await?;
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let bibs: HashSet<i64> = wanted.iter().map(|copy| copy.bib_id).collect();
        let bibs: Vec<i64> = bibs.into_iter().collect();
        let queues = session.queues(&bibs).await?;
        drop(session);
        let book = self.rulebook_at(version).await?;
        Ok(book.policy_on(today).map_or_else(Vec::new, |policy| {
            pull(policy, &book, wanted, queues, today)
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

    /// A branch's hold shelf; what is to be cleared away first. One round trip.
    pub async fn hold_shelf(
        self: &Arc<Self>,
        branch: BranchCode,
    ) -> Result<Vec<SetAside>, DeskError> {
        let mut session = self.store.session().await?;
        Ok(session.set_aside(branch, None, None, i64::MAX).await?)
    }

    /// A page of a branch's hold shelf, or of what is to be cleared from it; what no active hold wants any more first,
    /// then by its last day. One round trip.
    pub async fn shelf_page(
        self: &Arc<Self>,
        ask: &ShelfAsk,
    ) -> Result<Listed<SetAside, ShelfAfter>, DeskError> {
        let (most, read) = page(ask.most);
        let mut session = self.store.session().await?;
        let lines = session
            .set_aside(ask.branch, ask.to_clear, ask.after, read)
            .await?;
        Ok(Listed::cut(lines, most, |line| ShelfAfter {
            active: line.active,
            until: line.until,
            item: line.item,
        }))
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
