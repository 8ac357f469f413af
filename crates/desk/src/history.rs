//! Where an item was, and why a title's queue is as it is.

use std::sync::Arc;

use circulation::{BranchCode, Policy, Rulebook, hold_can_be_served_by};
use jiff::{Timestamp, Zoned, civil::Date};
use serde::Serialize;
use store::{CopiesBy, CopyRead, HoldPatron, HoldState, QueueRow, Stay};

use crate::{CopyView, Desk, DeskError, Listed, listed::page, request::local_day};

/// How many copies and how many holds of a title are looked at.
const MOST: i64 = 1_000;

/// A title, its copies, and who waits for it.
#[derive(Debug, Clone)]
pub struct TitleQueue {
    /// The title, by the number that it has after merges.
    pub bib: i64,
    /// Its title.
    pub title: String,
    /// Its author; empty if none.
    pub author: String,
    /// Its copies and where they are, the first thousand by their numbers; withdrawn ones are not among them.
    pub copies: Vec<CopyView>,
    /// Its active holds in the order of the queue, the first thousand.
    pub holds: Vec<QueueLine>,
}

/// An active hold in its title's queue.
#[derive(Debug, Clone)]
pub struct QueueLine {
    /// The hold.
    pub hold: i64,
    /// Who waits.
    pub reader: HoldPatron,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Its place in the queue: the moment at which it was recorded, unless somebody moved it.
    pub ranked_at: Timestamp,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// This copy and no other, by its barcode.
    pub asked: Option<String>,
    /// How far it has come.
    pub state: HoldState,
    /// The barcode of the copy that is set aside for it.
    pub set_aside: Option<String>,
    /// Why it stands where it stands.
    pub turn: QueueTurn,
}

/// Why a hold stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub enum QueueTurn {
    /// A copy is set aside for it: it waits for nothing any more.
    Served,
    /// It is served after those that were ranked before it.
    Waits {
        /// How many of them wait, paused ones and those that no copy serves counted too.
        before: u32,
        /// How many copies the rules let serve it, once they are free.
        copies: u32,
    },
    /// It keeps its place, and others are served first until that day.
    Paused {
        /// From this day on it is served.
        until: Date,
    },
    /// Its last day is over: it lapses.
    Over,
    /// No copy in stock may serve it under the rules of this day: what was asked for is not good, not for its reader, or
    /// may not leave for its branch.
    NoCopy,
}

impl Desk {
    /// A page of an item's stays, the last first; 1 to 50 lines, from those that began before `before`. A loan that is over
    /// names its reader for as long as it may. One round trip.
    ///
    /// What happened to it besides is in the log: [`Desk::log`], by its item.
    pub async fn item_history(
        self: &Arc<Self>,
        item: i64,
        before: Option<Timestamp>,
        most: u32,
    ) -> Result<Listed<Stay, Timestamp>, DeskError> {
        let (most, read) = page(most);
        let mut session = self.store.session().await?;
        let stays = session.stays(item, before, read).await?;
        Ok(Listed::cut(stays, most, |stay| stay.since))
    }

    /// A title with all its copies and its queue, and why each hold stands where it stands; `None`: there is no such
    /// title. Two round trips.
    pub async fn title_queue(
        self: &Arc<Self>,
        bib: i64,
        at: &Zoned,
    ) -> Result<Option<TitleQueue>, DeskError> {
        let today = local_day(at);
        let mut session = self.store.session().await?;
        let by = CopiesBy::Title {
            bib,
            after: 0,
            most: MOST,
        };
        let read = session.copies_read(by).await?;
        let Some((bib, title, author, waiting)) = read.title else {
            return Ok(None);
        };
        let holds = session.title_queue(bib, MOST).await?;
        drop(session);
        let book = self.rulebook_at(read.rulebook_version).await?;
        let holds = lines(book.policy_on(today), &book, holds, &read.copies, today);
        let view = |copy| CopyView::new(&book, copy, &author, waiting);
        Ok(Some(TitleQueue {
            copies: read.copies.into_iter().map(view).collect(),
            bib,
            title,
            author,
            holds,
        }))
    }

    /// A hold in its title's queue, which comes without its other holds; `None`: no such hold is active, or more than a
    /// thousand wait before it. Three round trips.
    pub async fn hold_in_queue(
        self: &Arc<Self>,
        hold: i64,
        at: &Zoned,
    ) -> Result<Option<(TitleQueue, QueueLine)>, DeskError> {
        let bib = self.store.session().await?.hold_title(hold).await?;
        let Some(bib) = bib else { return Ok(None) };
        let Some(mut queue) = self.title_queue(bib, at).await? else {
            return Ok(None);
        };
        let holds = std::mem::take(&mut queue.holds);
        let line = holds.into_iter().find(|line| line.hold == hold);
        Ok(line.map(|line| (queue, line)))
    }
}

fn lines(
    policy: Option<&Policy>,
    book: &Rulebook,
    holds: Vec<QueueRow>,
    copies: &[CopyRead],
    today: Date,
) -> Vec<QueueLine> {
    let mut before = 0;
    let line = |hold: QueueRow| {
        let could = copies.iter().filter(|copy| {
            let seen = hold.seen_from(copy.item.row.id).hold;
            policy.is_some_and(|policy| {
                hold_can_be_served_by(policy, book, &seen, &copy.item.facts, today)
            })
        });
        let copies = u32::try_from(could.count()).unwrap_or(u32::MAX);
        let turn = match hold.suspended_until() {
            _ if hold.state != HoldState::Waiting => QueueTurn::Served,
            _ if hold.expires_on() < today => QueueTurn::Over,
            Some(until) if until > today => QueueTurn::Paused { until },
            _ if copies == 0 => QueueTurn::NoCopy,
            _ => QueueTurn::Waits { before, copies },
        };
        if hold.state == HoldState::Waiting {
            before += 1;
        }
        QueueLine {
            hold: hold.id,
            pickup: hold.pickup(),
            expires_on: hold.expires_on(),
            reader: hold.patron,
            placed_at: hold.placed_at,
            ranked_at: hold.ranked_at,
            asked: hold.asked.map(|(_, barcode)| barcode),
            state: hold.state,
            set_aside: hold.set_aside,
            turn,
        }
    };
    holds.into_iter().map(line).collect()
}
