//! Holds: placed, changed, given up.

mod asking;
mod seen;

use std::sync::Arc;

use circulation::{
    BranchCode, CategoryKind, HoldItem, HoldPlan, HoldRequest, Refusal, Refused, TitleFacts, Trace,
    decide_hold, decide_hold_move,
};
use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{HoldChange, HoldEnd, HoldLine, HoldState, NewHold, Written};

use self::{
    asking::{Asking, answer, no},
    seen::{copy_asked, look, why_not},
};
use crate::{
    Actor, Answer, Desk, DeskError, PartnerRequest, Pin, PinCheck, RequestKey, Visit,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    request::local_day,
};

/// What is asked of a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldWish {
    /// To wait for the title, or for one copy of it.
    Place,
    /// To be rid of it.
    Cancel,
    /// Another pickup branch or end, or a pause.
    Change(Pause),
}

/// A pause of a hold: it keeps its place, and others are served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// As it was.
    AsItWas,
    /// Until that day.
    Until(Date),
    /// None any more.
    Over,
}

/// A question about a hold.
#[derive(Debug, Clone)]
pub struct HoldAsk {
    /// Who asks.
    pub actor: Actor,
    /// What for.
    pub wish: HoldWish,
    /// The card number, as scanned.
    pub card: String,
    /// The PIN, where one was typed; a wrong one refuses.
    pub pin: Option<Pin>,
    /// What the connection remembers of PINs.
    pub visit: Arc<Visit>,
    /// What is waited for.
    pub what: HeldThing,
    /// Where it is to be collected; the branch of the door where nothing is said, and for a change, as it was.
    pub pickup: Option<BranchCode>,
    /// The last day on which it is of use.
    pub needed_until: Option<Date>,
    /// When.
    pub at: Zoned,
    /// The identity of the request, where repetitions are to be known.
    pub key: Option<RequestKey>,
    /// The partner's request that a new hold is: it is made once, whenever it comes again. For a terminal's actor alone.
    pub request: Option<PartnerRequest>,
    /// Decide and explain, change nothing.
    pub dry: bool,
}

/// What a hold waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldThing {
    /// A title, by the number of its bib.
    Title(i64),
    /// The title of this copy, by its barcode.
    TitleOf(String),
    /// This copy and no other, by its barcode.
    Copy(String),
    /// What this hold of the patron's waits for, to cancel or change it. An institution may hold a title several times.
    Hold(i64),
}

/// A hold, as its patron is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldDone {
    /// The hold; none for a dry run.
    pub hold: Option<i64>,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// How many wait before; none once it is cancelled.
    pub before: Option<usize>,
    /// A copy stands on a shelf and can be fetched for it at once.
    pub available: bool,
}

impl Desk {
    /// Places, changes or cancels a hold, or says why not. The same question again is answered as the first time: for
    /// a hold that was placed or changed, as long as it is there.
    ///
    /// Three round trips and one commit in the common case.
    pub async fn hold(self: &Arc<Self>, ask: HoldAsk) -> Result<Answer<HoldDone>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_hold(desk, way, ask.clone(), key))
            .await
    }
}

impl Desk {
    /// The card of whoever has this hold, while it is active: for doors that know a hold by its number alone.
    pub async fn hold_card(&self, hold: i64) -> Result<Option<String>, DeskError> {
        Ok(self.store.session().await?.hold_card(hold).await?)
    }
}

async fn try_hold(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<HoldAsk>,
    key: RequestKey,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let seen = look(&desk, &mut way, &ask).await?;
    let pin = match &seen.file {
        Some(file) => {
            ask.visit
                .check(ask.pin.as_ref(), &file.row, ask.at.timestamp())
                .await
        }
        None => PinCheck::NotGiven,
    };
    let (Some(file), Some(bib), PinCheck::NotGiven | PinCheck::Right) =
        (&seen.file, seen.title.bib, pin)
    else {
        let refused = why_not(&mut way, &ask, &seen, pin).await?;
        return no(&mut way, &ask, &seen, refused_outright(refused)).await;
    };
    let asking = Asking {
        ask: &ask,
        key,
        seen: &seen,
        file,
        bib,
    };
    if let Some(answer) = asking.requested_before(&mut way).await? {
        return Ok(Tried::Done(answer));
    }
    if way.known() {
        if let Some(answer) = asking.known_again(&mut way).await? {
            return Ok(Tried::Done(answer));
        }
        // What came of it then is over: it is decided anew, and remembered anew.
        way.session().await?.forget_request(key.0).await?;
    }
    match ask.wish {
        HoldWish::Place => place(way, asking).await,
        HoldWish::Cancel => cancel(way, asking).await,
        HoldWish::Change(pause) => change(way, asking, pause).await,
    }
}

async fn place(mut way: Way, asking: Asking<'_>) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let Asking {
        ask, seen, file, ..
    } = asking;
    if seen.title.temporary {
        // It came for one reader, and goes back after.
        let refused = Refused::from(Refusal::NothingToServe);
        return asking.no(&mut way, refused_outright(refused)).await;
    }
    let title = asking.title();
    let decision = decide_hold(&seen.book, &request(ask, None), &file.row.facts, &title);
    let Ok(plan) = &decision.outcome else {
        return asking.no(&mut way, decision).await;
    };
    let done = done(ask, plan, &title);
    if ask.dry {
        return Ok(Tried::Done(answer(seen, done, decision.trace, None)));
    }
    let several = seen
        .book
        .categories
        .get(&file.row.facts.category)
        .is_some_and(|category| category.kind != CategoryKind::Person);
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref());
    let hold = NewHold {
        bib: asking.bib,
        household: asking.household(),
        item_id: copy_asked(ask, seen),
        patron_id: file.row.id,
        pickup: done.pickup,
        expires_on: plan.expires_on,
        several,
        document: plan.document,
        new: plan.new,
        stamp: asking.stamp(),
        body: &body,
        result: &done,
        keep: asking.keep(),
        request: ask
            .request
            .as_ref()
            .map(|request| (request.agency.as_str(), request.number.as_str())),
    };
    let placed = way.session_to_write().await?.place_hold(&hold).await;
    let tell = |(id, event)| {
        let done = HoldDone {
            hold: Some(id),
            ..done.clone()
        };
        answer(seen, done, decision.trace.clone(), Some(event))
    };
    asking.told(way, placed, tell).await
}

async fn cancel(mut way: Way, asking: Asking<'_>) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let Asking { ask, seen, .. } = asking;
    let Some(line) = asking.line() else {
        let refused = Refused::from(Refusal::NotHeld);
        return asking.no(&mut way, refused_outright(refused)).await;
    };
    let done = HoldDone {
        hold: Some(line.id),
        pickup: line.pickup,
        expires_on: line.expires_on,
        before: None,
        available: false,
    };
    if ask.dry {
        return Ok(Tried::Done(answer(seen, done, Trace::default(), None)));
    }
    let body = serde_json::json!({ "hold": line.id, "outcome": "cancelled" });
    let written = Written {
        stamp: asking.stamp(),
        body: &body,
        result: &done,
        keep: asking.keep(),
    };
    let session = way.session_to_write().await?;
    let closed = session
        .close_hold(asking.bib, line, HoldEnd::Cancelled, &written)
        .await;
    let tell = |event| answer(seen, done.clone(), Trace::default(), Some(event));
    asking.told(way, closed, tell).await
}

async fn change(
    mut way: Way,
    asking: Asking<'_>,
    pause: Pause,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let Asking {
        ask, seen, file, ..
    } = asking;
    let line = match asking.line() {
        Some(line) if line.state() == HoldState::Waiting => line,
        line => {
            let refused = Refused::from(line.map_or(Refusal::NotHeld, |line| {
                let branch = line.pickup;
                Refusal::HoldIsReady { branch }
            }));
            return asking.no(&mut way, refused_outright(refused)).await;
        }
    };
    let title = asking.title();
    let request = request(ask, Some(line));
    let decision = decide_hold_move(&seen.book, &request, &file.row.facts, &title);
    let Ok(plan) = &decision.outcome else {
        return asking.no(&mut way, decision).await;
    };
    let mut done = done(ask, plan, &title);
    done.pickup = request.pickup;
    done.hold = Some(line.id);
    if ask.dry {
        return Ok(Tried::Done(answer(seen, done, decision.trace, None)));
    }
    let change = HoldChange {
        pickup: request.pickup,
        // A change does not make it wait longer than it was given at first.
        expires_on: ask
            .needed_until
            .map_or(line.expires_on, |until| until.min(line.expires_on)),
        suspended_until: match pause {
            Pause::AsItWas => line.suspended_until,
            Pause::Until(day) => Some(day),
            Pause::Over => None,
        },
    };
    done.expires_on = change.expires_on;
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref());
    let written = Written {
        stamp: asking.stamp(),
        body: &body,
        result: &done,
        keep: asking.keep(),
    };
    let session = way.session_to_write().await?;
    let changed = session
        .change_hold(asking.bib, asking.household(), line, &change, &written)
        .await;
    let tell = |event| answer(seen, done.clone(), decision.trace.clone(), Some(event));
    asking.told(way, changed, tell).await
}

fn request(ask: &HoldAsk, line: Option<&HoldLine>) -> HoldRequest {
    let as_it_was = line.map_or(ask.actor.branch(), |line| line.pickup);
    HoldRequest {
        on: local_day(&ask.at),
        pickup: ask.pickup.unwrap_or(as_it_was),
        needed_until: ask.needed_until,
        overrides: ask.actor.overrides().clone(),
    }
}

fn done(ask: &HoldAsk, plan: &HoldPlan, title: &TitleFacts) -> HoldDone {
    let on_a_shelf = |item: &HoldItem| matches!(item.facts.place, circulation::Place::Shelf { .. });
    HoldDone {
        hold: None,
        pickup: ask.pickup.unwrap_or(ask.actor.branch()),
        expires_on: plan.expires_on,
        before: usize::try_from(title.waiting).ok(),
        available: title
            .items
            .iter()
            .zip(&plan.can_serve)
            .any(|(item, serves)| *serves && on_a_shelf(item)),
    }
}
