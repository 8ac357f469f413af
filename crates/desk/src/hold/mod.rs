//! Holds: placed, changed, given up.

mod seen;

use std::sync::Arc;

use circulation::{
    BranchCode, CategoryKind, Decision, HoldItem, HoldPlan, HoldRequest, Language, Refusal,
    Refused, TitleFacts, Trace, decide_hold, decide_hold_move,
};
use jiff::{Zoned, civil::Date};
use store::{HoldChange, HoldEnd, HoldLine, HoldState, Locks, NewHold, PatronFile};

use self::seen::{Seen, copy_asked, look, own, title, why_not};
use crate::{
    Actor, Answer, Desk, DeskError, ItemShown, Pin, PinCheck, Visit,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    checkout::{Asked, refuse},
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
}

/// A hold, as its patron is told.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Places, changes or cancels a hold, or says why not.
    ///
    /// Always under the locks of the title and of the household: what was counted is still so when it is written.
    pub async fn hold(self: &Arc<Self>, ask: HoldAsk) -> Result<Answer<HoldDone>, DeskError> {
        let ask = Arc::new(ask);
        self.run(move |desk, way| try_hold(desk, way, ask.clone()))
            .await
    }
}

async fn try_hold(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<HoldAsk>,
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
    let (Some(file), Some(bib), PinCheck::NotGiven | PinCheck::Right) = (&seen.file, seen.bib, pin)
    else {
        let refused = why_not(&mut way, &ask, &seen, pin).await?;
        return no(&mut way, &ask, &seen, refused_outright(refused)).await;
    };
    let locks = Locks {
        bib: Some(bib),
        item: None,
        household: Some(file.row.household_id),
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    match ask.wish {
        HoldWish::Place => place(way, &ask, &seen, file, bib).await,
        HoldWish::Cancel => cancel(way, &ask, &seen, file, bib).await,
        HoldWish::Change(pause) => change(way, &ask, &seen, file, bib, pause).await,
    }
}

async fn place(
    mut way: Way,
    ask: &HoldAsk,
    seen: &Seen,
    file: &PatronFile,
    bib: i64,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let title = title(&mut way, ask, seen, file, bib).await?;
    let decision = decide_hold(&seen.book, &request(ask, None), &file.row.facts, &title);
    let Ok(plan) = &decision.outcome else {
        return no(&mut way, ask, seen, decision).await;
    };
    let mut done = done(ask, plan, &title);
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
        bib_id: bib,
        item_id: copy_asked(ask, seen),
        patron_id: file.row.id,
        pickup: done.pickup,
        expires_on: plan.expires_on,
        several,
        document: plan.document,
        new: plan.new,
        stamp: ask.actor.stamp(&ask.at),
        body: &body,
    };
    let placed = way.session_to_write().await?.place_hold(&hold).await;
    let (id, event) = placed.map_err(Trouble::during)?;
    way.commit().await?;
    done.hold = Some(id);
    let trace = decision.trace.clone();
    Ok(Tried::Done(answer(seen, done, trace, Some(event))))
}

async fn cancel(
    mut way: Way,
    ask: &HoldAsk,
    seen: &Seen,
    file: &PatronFile,
    bib: i64,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let Some(line) = own(file, bib, copy_asked(ask, seen)) else {
        let refused = Refused::from(Refusal::NotHeld);
        return no(&mut way, ask, seen, refused_outright(refused)).await;
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
    let session = way.session_to_write().await?;
    let closed = session
        .close_hold(
            line,
            file.row.id,
            HoldEnd::Cancelled,
            &ask.actor.stamp(&ask.at),
            &body,
        )
        .await;
    let Some(event) = closed.map_err(Trouble::during)? else {
        // A loan that ends it needs no lock of the title.
        return Ok(Tried::Again(locks(file, bib)));
    };
    way.commit().await?;
    let trace = Trace::default();
    Ok(Tried::Done(answer(seen, done, trace, Some(event))))
}

async fn change(
    mut way: Way,
    ask: &HoldAsk,
    seen: &Seen,
    file: &PatronFile,
    bib: i64,
    pause: Pause,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let line = match own(file, bib, copy_asked(ask, seen)) {
        Some(line) if line.state() == HoldState::Waiting => line,
        Some(line) => {
            let branch = line.pickup;
            let refused = Refused::from(Refusal::HoldIsReady { branch });
            return no(&mut way, ask, seen, refused_outright(refused)).await;
        }
        None => {
            let refused = Refused::from(Refusal::NotHeld);
            return no(&mut way, ask, seen, refused_outright(refused)).await;
        }
    };
    let title = title(&mut way, ask, seen, file, bib).await?;
    let request = request(ask, Some(line));
    let decision = decide_hold_move(&seen.book, &request, &file.row.facts, &title);
    let Ok(plan) = &decision.outcome else {
        return no(&mut way, ask, seen, decision).await;
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
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref());
    let session = way.session_to_write().await?;
    let changed = session
        .change_hold(line, file.row.id, &change, &ask.actor.stamp(&ask.at), &body)
        .await;
    let Some(event) = changed.map_err(Trouble::during)? else {
        return Ok(Tried::Again(locks(file, bib)));
    };
    way.commit().await?;
    done.expires_on = change.expires_on;
    let trace = decision.trace.clone();
    Ok(Tried::Done(answer(seen, done, trace, Some(event))))
}

fn locks(file: &PatronFile, bib: i64) -> Locks {
    Locks {
        bib: Some(bib),
        item: None,
        household: Some(file.row.household_id),
    }
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

fn answer(seen: &Seen, done: HoldDone, trace: Trace, event: Option<i64>) -> Answer<HoldDone> {
    Answer {
        outcome: Ok(done),
        trace,
        event,
        language: language(seen),
        item: seen
            .item
            .as_ref()
            .map(|item| ItemShown::new(&seen.book, item)),
        replayed: false,
    }
}

fn language(seen: &Seen) -> Language {
    seen.file
        .as_ref()
        .map(|file| file.row.language)
        .unwrap_or_default()
}

async fn no<P: serde::Serialize + Sync>(
    way: &mut Way,
    ask: &HoldAsk,
    seen: &Seen,
    decision: Decision<P>,
) -> Result<Tried<Answer<HoldDone>>, Trouble> {
    let asked = Asked {
        kind: match ask.wish {
            HoldWish::Place => "hold",
            HoldWish::Cancel => "hold_cancel",
            HoldWish::Change(_) => "hold_change",
        },
        actor: &ask.actor,
        at: &ask.at,
        dry: ask.dry,
    };
    let patron = seen.file.as_ref().map(|file| &file.row);
    let item = seen.item.as_ref();
    refuse(
        way,
        &asked,
        &seen.book,
        patron,
        item,
        decision,
        language(seen),
    )
    .await
}
