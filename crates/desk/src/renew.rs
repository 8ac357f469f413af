//! Renewing.

use std::sync::Arc;

use circulation::{Language, RenewRequest, Rulebook, Trace, WaitingHold, decide_renew};
use jiff::{Zoned, civil::Date};
use store::{Facts, ItemFacts, Locks, PatronRow, RenewEffect};

use crate::{
    Actor, Answer, Desk, DeskError, ItemShown, Lent, Pin, PinCheck, RequestKey, Visit,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    checkout::{Question, load, parties},
    refuse::{Asked, refuse},
    request::local_day,
};

/// A question to renew.
#[derive(Debug, Clone)]
pub struct RenewAsk {
    /// Who asks.
    pub actor: Actor,
    /// The card number, as scanned.
    pub card: String,
    /// The item's barcode, as scanned.
    pub barcode: String,
    /// The PIN, where one was typed; a wrong one refuses.
    pub pin: Option<Pin>,
    /// What the connection remembers of PINs.
    pub visit: Arc<Visit>,
    /// When.
    pub at: Zoned,
    /// The identity of the request, where repetitions are to be known.
    pub key: Option<RequestKey>,
    /// Decide and explain, change nothing.
    pub dry: bool,
}

impl Desk {
    /// Renews a patron's loan, or says why not.
    ///
    /// Two round trips and one commit in the common case.
    pub async fn renew(self: &Arc<Self>, mut ask: RenewAsk) -> Result<Answer<Lent>, DeskError> {
        let key = RequestKey::given_or_once(ask.key)?;
        ask.key = Some(key);
        let turn = self.turns.turn(key).await;
        let ask = Arc::new(ask);
        self.run(move |desk, way| {
            // Kept by the command itself, which goes on when its caller is gone.
            let _kept = &turn;
            try_ask(desk, way, ask.clone())
        })
        .await
    }
}

async fn try_ask(
    desk: Arc<Desk>,
    mut way: Way,
    ask: Arc<RenewAsk>,
) -> Result<Tried<Answer<Lent>>, Trouble> {
    let question = Question {
        actor: &ask.actor,
        card: &ask.card,
        barcode: &ask.barcode,
        key: ask.key,
        at: &ask.at,
    };
    let loaded = load(&desk, &mut way, question).await?;
    let (book, facts, language) = (loaded.book, loaded.facts, loaded.language);
    let pin = match &facts.patron {
        Some(patron) => {
            ask.visit
                .check(ask.pin.as_ref(), patron, ask.at.timestamp())
                .await
        }
        None => PinCheck::NotGiven,
    };
    let renewing = Renewing {
        actor: &ask.actor,
        at: &ask.at,
        key: ask.key,
        dry: ask.dry,
    };
    match parties(&mut way, &ask.card, &ask.barcode, &facts, pin).await? {
        Ok((patron, item)) => try_renew(way, renewing, &book, &facts, patron, item, language).await,
        Err(refused) => {
            let decision = refused_outright(refused);
            refuse(
                &mut way,
                &renewing.asked(),
                &book,
                facts.patron.as_ref(),
                facts.item.as_ref(),
                decision,
                language,
            )
            .await
        }
    }
}

/// What a renewal needs beside its facts.
pub(crate) struct Renewing<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) at: &'a Zoned,
    pub(crate) key: Option<RequestKey>,
    pub(crate) dry: bool,
}

impl<'a> Renewing<'a> {
    fn asked(&self) -> Asked<'a> {
        Asked {
            kind: "renew",
            actor: self.actor,
            at: self.at,
            dry: self.dry,
        }
    }
}

pub(crate) async fn try_renew(
    mut way: Way,
    ask: Renewing<'_>,
    book: &Rulebook,
    facts: &Facts,
    patron: &PatronRow,
    item: &ItemFacts,
    language: Language,
) -> Result<Tried<Answer<Lent>>, Trouble> {
    let shown = ItemShown::new(book, item);
    if let (Some(event), circulation::Place::Loan { loan, .. }) =
        (facts.replayed, &item.facts.place)
    {
        return Ok(Tried::Done(Answer {
            outcome: Ok(Lent {
                due: loan.due,
                renewed: true,
            }),
            trace: Trace::default(),
            event: Some(event),
            language,
            item: Some(shown),
            replayed: true,
        }));
    }

    let request = RenewRequest {
        on: local_day(ask.at),
        branch: ask.actor.branch(),
        door: ask.actor.door(),
        overrides: ask.actor.overrides().clone(),
    };
    let waiting = waiting_on(facts, request.on);
    let decision = decide_renew(book, &request, &patron.facts, &item.facts, &waiting);
    let Ok(plan) = &decision.outcome else {
        return refuse(
            &mut way,
            &ask.asked(),
            book,
            Some(patron),
            Some(item),
            decision,
            language,
        )
        .await;
    };
    let lent = Lent {
        due: plan.new_due,
        renewed: true,
    };
    if ask.dry {
        return Ok(Tried::Done(Answer {
            outcome: Ok(lent),
            trace: decision.trace,
            event: None,
            language,
            item: Some(shown),
            replayed: false,
        }));
    }
    let (Some(custody_id), circulation::Place::Loan { loan, .. }) =
        (item.custody_id, &item.facts.place)
    else {
        // circulation renews nothing but a loan.
        return Err(
            DeskError::Internal("an item that is not on loan was to be renewed".into()).into(),
        );
    };
    let locks = Locks {
        item: Some(item.row.id),
        ..Locks::default()
    };
    let body = Body::of(&decision, ask.actor.overrides().reason.as_deref()).json()?;
    let effect = RenewEffect {
        terminal_id: ask.actor.terminal_id(),
        staff_id: ask.actor.staff_id(),
        key: ask.key.map(|key| key.0),
        item: (item.row.id, item.row.version),
        custody_id,
        renewals: loan.renewals,
        due: plan.new_due,
        branch: ask.actor.branch(),
        patron_id: patron.id,
        at: ask.at.timestamp(),
        policy_version: plan.policy_version,
        calendar_version: plan.calendar_version,
        body,
    };
    Ok(match way.write(effect, locks).await? {
        Err(locks) => Tried::Again(locks),
        Ok(event) => Tried::Done(Answer {
            outcome: Ok(lent),
            trace: decision.trace,
            event: Some(event),
            language,
            item: Some(shown),
            replayed: false,
        }),
    })
}

/// Who waits for the item's title on that day. Who has paused a hold waits for nothing now.
pub(crate) fn waiting_on(facts: &Facts, day: Date) -> Vec<WaitingHold> {
    let active = facts.waiting.iter().filter(|queued| {
        queued.expires_on >= day && queued.suspended_until.is_none_or(|until| until <= day)
    });
    active.map(|queued| queued.hold).collect()
}
