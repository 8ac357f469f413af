//! Taking back.

use std::sync::Arc;

use circulation::{BranchCode, CheckinRequest, Place, Refusal, Refused, Route, decide_checkin};
use jiff::{Zoned, civil::Date};
use store::{CheckinEffect, Facts, ItemAsk, SuspensionRow};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown,
    answer::{Body, refused_outright},
    attempt::{Guards, Tried, Trouble, Way},
    checkout::{Asked, refuse},
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
    /// Decide and explain, change nothing.
    pub dry: bool,
}

/// An item that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// It was on loan; otherwise it was only seen here.
    pub was_lent: bool,
    /// The branch that it now has to travel to; none: it belongs on the shelf here.
    pub to: Option<BranchCode>,
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
    /// Two round trips and one commit in the common case. Where the item is already where the rules would
    /// send it (a return that comes again), nothing is written and the answer is the same.
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
    let (version, item) = way
        .ask(ItemAsk {
            barcode: barcode.to_owned(),
            branch,
        })
        .await?;
    let book = desk.rulebook_at(version).await?;
    let asked = Asked {
        kind: "checkin",
        actor: &ask.actor,
        at: &ask.at,
        dry: ask.dry,
    };
    let facts = Facts {
        rulebook_version: version,
        patron: None,
        item: None,
        replayed: None,
    };
    let Some(item) = item else {
        let (_, issuers) = way.session().await?.issuers("", barcode).await?;
        let refusal = if issuers.len() > 1 {
            Refusal::ItemAmbiguous { branches: issuers }
        } else {
            Refusal::ItemUnknown
        };
        let refused = Refused::from(refusal);
        let decision = refused_outright(refused);
        return refuse(
            &mut way,
            &asked,
            &book,
            &facts,
            None,
            decision,
            Default::default(),
        )
        .await;
    };

    let request = CheckinRequest {
        on: local_day(&ask.at),
        branch,
    };
    let decision = decide_checkin(&book, &request, &item.facts);
    let Ok(plan) = &decision.outcome else {
        return refuse(
            &mut way,
            &asked,
            &book,
            &facts,
            Some(&item),
            decision,
            Default::default(),
        )
        .await;
    };
    let to = match &plan.route {
        Route::Stay { .. } => None,
        Route::Transit { to, .. } => Some(*to),
    };
    let suspension = plan
        .lateness
        .as_ref()
        .and_then(|late| late.suspension.as_ref());
    let answer = |event| Answer {
        outcome: Ok(Returned {
            was_lent: plan.was_lent,
            to,
            late_days: plan.lateness.as_ref().map_or(0, |late| late.late_days),
            suspended_until: suspension.map(|suspension| suspension.free_on),
            to_staff: plan.to_staff,
        }),
        trace: decision.trace.clone(),
        event,
        language: Default::default(),
        item: Some(ItemShown::new(&book, &item)),
        replayed: false,
    };
    let (Some(custody_id), false) = (
        item.custody_id,
        ask.dry || already_there(&item.facts.place, branch, to),
    ) else {
        return Ok(Tried::Done(answer(None)));
    };

    let guards = Guards {
        item: Some(item.row.id),
        household: None,
    };
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref()).json()?;
    let effect = CheckinEffect {
        terminal_id: ask.actor.terminal_id(),
        staff_id: ask.actor.staff_id(),
        item: (item.row.id, item.row.version),
        custody_id,
        branch,
        at: ask.at.timestamp(),
        to,
        patron_id: item.borrower_id,
        suspension: suspension
            .filter(|_| item.borrower_id.is_some())
            .map(|suspension| SuspensionRow {
                first_day: suspension.from,
                free_on: suspension.free_on,
                reason: "late",
            }),
        body,
    };
    Ok(match way.write(effect, guards).await? {
        Err(guards) => Tried::Again(guards),
        Ok(event) => Tried::Done(answer(Some(event))),
    })
}

/// Whether the item is where the rules would put it now.
fn already_there(place: &Place, here: BranchCode, to: Option<BranchCode>) -> bool {
    match (place, to) {
        (Place::Shelf { branch } | Place::HoldShelf { branch, .. }, None) => *branch == here,
        (Place::Transit { from, to: bound }, Some(to)) => *from == Some(here) && *bound == to,
        _ => false,
    }
}
