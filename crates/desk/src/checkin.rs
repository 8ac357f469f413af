//! Taking back.

use std::sync::Arc;

use circulation::{
    BranchCode, CheckinPlan, CheckinRequest, Decision, Place, Refusal, Refused, Route, Rulebook,
    decide_checkin,
};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    CheckinEffect, Goes, HoldPatron, ItemAsk, ItemFacts, Locks, Queue, QueuedCheckin, Returning,
    Stamp, SuspensionRow,
};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
    request::{local_day, scanned},
};

/// A question to take an item back.
#[derive(Debug, Clone)]
pub struct CheckinAsk {
    /// Who asks.
    pub actor: Actor,
    /// The item's barcode, as scanned.
    pub barcode: String,
    /// When.
    pub at: Zoned,
    /// Whether the item may be set aside at once for whoever waits for it; otherwise that is left to staff.
    pub capture: bool,
    /// Decide and explain, change nothing.
    pub dry: bool,
}

/// An item that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// It was on loan; otherwise it was only seen here.
    pub was_lent: bool,
    /// The branch that it now has to travel to; none: it stays here.
    pub to: Option<BranchCode>,
    /// It waits on the hold shelf here, until the end of that day.
    pub hold_shelf: Option<Date>,
    /// The reader whom it is set aside for, here or where it travels to.
    #[serde(skip)]
    pub for_whom: Option<HoldPatron>,
    /// Calendar days after its due date.
    pub late_days: u32,
    /// The first day on which its reader may borrow again, if the lateness suspends.
    pub suspended_until: Option<Date>,
    /// It goes to a person, who looks at it (pieces to count, a state to judge).
    pub to_staff: bool,
}

impl Desk {
    /// Takes an item back, wherever it was lent, or says why not.
    ///
    /// Two round trips and one commit in the common case, three where somebody waits for the title. Where the item is
    /// already where the rules would send it (a return that comes again), nothing moves and the answer is the same.
    pub async fn checkin(self: &Arc<Self>, ask: CheckinAsk) -> Result<Answer<Returned>, DeskError> {
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_checkin(desk, way, ask.clone()))
            .await
    }
}

async fn try_checkin(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<CheckinAsk>,
) -> Result<Tried<Answer<Returned>>, Trouble> {
    let barcode = scanned(&ask.barcode);
    let branch = ask.actor.branch();
    let Returning {
        rulebook_version,
        item,
        waited_for,
        bib_version,
    } = way
        .ask(ItemAsk {
            barcode: barcode.to_owned(),
            branch,
        })
        .await?;
    let book = desk.rulebook_at(rulebook_version).await?;
    let Some(item) = item else {
        let refused = unknown(&mut way, barcode).await?;
        return no(&mut way, &ask, &book, None, refused_outright(refused)).await;
    };
    let locks = Locks {
        bib: waited_for.then_some(item.row.bib_id),
        item: Some(item.row.id),
        household: None,
    };
    // Read after the title's version: whoever changes the queue raises that, and the write then is not made.
    let queue = if waited_for {
        let set_aside = item.captured.map(|(hold, _)| hold);
        let session = way.session().await?;
        session
            .queue(item.row.bib_id, item.row.id, set_aside)
            .await?
    } else {
        Queue::default()
    };
    let request = CheckinRequest {
        on: local_day(&ask.at),
        branch,
        capture: ask.capture,
    };
    let waiting: Vec<_> = queue.waiting.iter().map(|queued| queued.facts).collect();
    let decision = decide_checkin(&book, &request, &item.facts, &waiting);
    let Ok(plan) = &decision.outcome else {
        return no(&mut way, &ask, &book, Some(&item), decision).await;
    };
    let taken = Taken::new(plan, &item, &queue, branch);
    let answer = |event| Answer {
        outcome: Ok(taken.returned.clone()),
        trace: decision.trace.clone(),
        event,
        language: Default::default(),
        item: Some(ItemShown::new(&book, &item)),
        replayed: false,
    };
    let (Some(custody_id), false) = (item.custody_id, ask.dry || taken.nothing_moves) else {
        if !ask.dry {
            // It was here: what a machine then reports of an earlier moment comes too late.
            let session = way.session().await?;
            session.see(item.row.id, ask.at.timestamp()).await?;
        }
        return Ok(Tried::Done(answer(None)));
    };
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref()).json()?;
    let effect = taken.effect(&ask.actor.stamp(&ask.at), &item, custody_id, body);
    let written = if waited_for {
        let title = (item.row.bib_id, bib_version);
        way.write(QueuedCheckin { effect, title }, locks).await?
    } else {
        way.write(effect, locks).await?
    };
    Ok(match written {
        // Copies of a title that come back at once would only miss each other again.
        Err(locks) if waited_for => Tried::Alone(locks),
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(answer(Some(event))),
    })
}

/// A return that is decided, in the words of screens and of the store.
pub(crate) struct Taken {
    pub(crate) returned: Returned,
    /// The item is where the rules would put it now.
    pub(crate) nothing_moves: bool,
    goes: Goes,
    hold: Option<(i64, i64)>,
    suspension: Option<SuspensionRow>,
    fine_cents: i64,
}

impl Taken {
    pub(crate) fn new(
        plan: &CheckinPlan,
        item: &ItemFacts,
        queue: &Queue,
        here: BranchCode,
    ) -> Self {
        let captured = plan.captured.and_then(|index| queue.waiting.get(index));
        let goes = match plan.route {
            Route::Stay { .. } => Goes::Shelf,
            Route::Transit { to, .. } => Goes::To(to),
            Route::HoldShelf { until, .. } => Goes::HoldShelf(until),
        };
        // The hold that it is set aside for from now on: a new one, or still the one that it travelled for.
        let hold = captured
            .map(|queued| (queued.id, queued.version))
            .or(item.captured);
        let for_whom = match captured {
            Some(queued) => Some(&queued.patron),
            None => queue.set_aside.as_ref(),
        };
        let late = plan.lateness.as_ref();
        let suspension = late.and_then(|late| late.suspension.as_ref());
        Self {
            returned: Returned {
                was_lent: plan.was_lent,
                to: match goes {
                    Goes::To(to) => Some(to),
                    _ => None,
                },
                hold_shelf: match goes {
                    Goes::HoldShelf(until) => Some(until),
                    Goes::Shelf => still_ready(item, here).filter(|_| hold.is_some()),
                    Goes::To(_) => None,
                },
                for_whom: for_whom.cloned(),
                late_days: late.map_or(0, |late| late.late_days),
                suspended_until: suspension.map(|suspension| suspension.free_on),
                to_staff: plan.to_staff,
            },
            nothing_moves: already_there(&item.facts.place, here, goes, captured.is_some()),
            goes,
            hold,
            suspension: suspension
                .filter(|_| item.borrower_id.is_some())
                .map(|suspension| SuspensionRow {
                    first_day: suspension.from,
                    free_on: suspension.free_on,
                    reason: "late",
                }),
            fine_cents: late.map_or(0, |late| late.fine_cents),
        }
    }

    /// The same, going nowhere: the next loan begins in the same moment.
    pub(crate) fn handed_on(self) -> Self {
        Self {
            goes: Goes::Shelf,
            hold: None,
            ..self
        }
    }

    /// What is written of it.
    pub(crate) fn effect(
        &self,
        stamp: &Stamp,
        item: &ItemFacts,
        custody_id: i64,
        body: String,
    ) -> CheckinEffect {
        CheckinEffect {
            terminal_id: stamp.terminal_id,
            staff_id: stamp.staff_id,
            item: (item.row.id, item.row.version),
            custody_id,
            branch: stamp.branch,
            at: stamp.at,
            goes: self.goes,
            hold: self.hold,
            patron_id: item.borrower_id,
            suspension: self.suspension,
            fine_cents: self.fine_cents,
            body,
        }
    }
}

/// Why a barcode leads to nothing.
pub(crate) async fn unknown(way: &mut Way, barcode: &str) -> Result<Refused, Trouble> {
    let (_, issuers) = way.session().await?.issuers("", barcode).await?;
    Ok(Refused::from(if issuers.len() > 1 {
        Refusal::ItemAmbiguous { branches: issuers }
    } else {
        Refusal::ItemUnknown
    }))
}

async fn no<P: Serialize + Sync>(
    way: &mut Way,
    ask: &CheckinAsk,
    book: &Rulebook,
    item: Option<&ItemFacts>,
    decision: Decision<P>,
) -> Result<Tried<Answer<Returned>>, Trouble> {
    let asked = Asked {
        kind: "checkin",
        actor: &ask.actor,
        at: &ask.at,
        dry: ask.dry,
    };
    refuse(way, &asked, book, None, item, decision, Default::default()).await
}

/// Whether the item is where the rules would put it now.
fn already_there(place: &Place, here: BranchCode, goes: Goes, captured: bool) -> bool {
    match (place, goes) {
        (Place::Shelf { branch }, Goes::Shelf) => *branch == here,
        (Place::HoldShelf { branch, hold }, Goes::Shelf) => *branch == here && hold.is_some(),
        (
            Place::Transit {
                from, to: bound, ..
            },
            Goes::To(to),
        ) => !captured && *from == Some(here) && *bound == to,
        _ => false,
    }
}

/// An item that waits on the hold shelf here and was scanned once more.
fn still_ready(item: &ItemFacts, here: BranchCode) -> Option<Date> {
    match item.facts.place {
        Place::HoldShelf { branch, .. } if branch == here => item.ready_until,
        _ => None,
    }
}
