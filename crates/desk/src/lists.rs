//! The lists that a branch works through every morning.

use std::{collections::HashSet, sync::Arc};

use circulation::{BranchCode, first_served};
use jiff::Zoned;
use serde::Serialize;
use store::{SetAside, Travelling};

use crate::{Desk, DeskError, request::local_day};

/// A copy to fetch from the shelf: scanned here, it is set aside for whoever waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToPull {
    /// Its barcode.
    pub barcode: String,
    /// Its title.
    pub title: String,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// Where it is then waited for.
    pub pickup: BranchCode,
}

impl Desk {
    /// What to fetch from a branch's shelves, in the order of the shelf: for each hold at most one copy here, the
    /// first of the queue first. A title that also stands elsewhere is on that branch's list too: whichever is
    /// scanned first serves.
    pub async fn pull_list(
        self: &Arc<Self>,
        branch: BranchCode,
        at: &Zoned,
    ) -> Result<Vec<ToPull>, DeskError> {
        let today = local_day(at);
        let book = self.rulebook();
        let Some(policy) = book.policy_on(today) else {
            return Ok(Vec::new());
        };
        let mut session = self.store.session().await?;
        let mut served = HashSet::new();
        let mut list = Vec::new();
        for wanted in session.wanted(branch).await? {
            let mut queue = session
                .queue(wanted.bib_id, wanted.item_id, None)
                .await?
                .waiting;
            queue.retain(|queued| !served.contains(&queued.id));
            let copies = session.copies(wanted.bib_id, 0).await?;
            let Some(copy) = copies
                .into_iter()
                .find(|copy| copy.item.row.id == wanted.item_id)
            else {
                continue;
            };
            let waiting: Vec<_> = queue.iter().map(|queued| queued.facts).collect();
            let first = first_served(policy, &book, &waiting, &copy.item.facts, today);
            let Some(queued) = first.and_then(|index| queue.get(index)) else {
                continue;
            };
            served.insert(queued.id);
            list.push(ToPull {
                barcode: wanted.barcode,
                title: wanted.title,
                call_number: wanted.call_number,
                pickup: queued.facts.hold.pickup,
            });
        }
        Ok(list)
    }

    /// The shuttle's crates: what left a branch, and what is expected there.
    pub async fn shuttle(
        self: &Arc<Self>,
        branch: BranchCode,
    ) -> Result<Vec<Travelling>, DeskError> {
        Ok(self.store.session().await?.travelling(branch).await?)
    }

    /// A branch's hold shelf; what is to be cleared away first.
    pub async fn hold_shelf(
        self: &Arc<Self>,
        branch: BranchCode,
    ) -> Result<Vec<SetAside>, DeskError> {
        Ok(self.store.session().await?.set_aside(branch).await?)
    }
}
