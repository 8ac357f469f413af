//! Renewals that a machine made off-line.

use std::sync::Arc;

use circulation::{
    Overrides, Place, Refused, RenewRequest, Rulebook, Trace, WaitingHold, decide_renew,
};
use store::{ItemFacts, Locks, PatronRow, RenewEffect};

use super::{Kept, Note, Offline, Report, Reported, before, due, moment};
use crate::{
    Answer, Desk, DeskError, ItemShown, Lent, PinCheck, RenewAsk,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    checkout::{Loaded, Question, load, parties},
    renew::waiting_on,
    request::local_day,
};

impl Desk {
    /// Takes over a renewal that a machine made off-line, whoever waits for the item: the reader was told so.
    pub async fn renew_offline(
        self: &Arc<Self>,
        report: Offline<RenewAsk>,
    ) -> Result<Reported<Lent>, DeskError> {
        let report = report.keyed()?;
        self.run(move |desk, way| try_renew(desk, way, report.clone()))
            .await
    }
}

async fn try_renew(
    desk: Arc<Desk>,
    mut way: Way,
    offline: Arc<Offline<RenewAsk>>,
) -> Result<Tried<Reported<Lent>>, Trouble> {
    let ask = &offline.ask;
    let (at, notes) = moment(&offline, &ask.at);
    let question = Question {
        actor: &ask.actor,
        card: &ask.card,
        barcode: &ask.barcode,
        key: None,
        at: &at,
    };
    let Loaded {
        book,
        facts,
        language,
    } = load(&desk, &mut way, question).await?;
    let locks = Locks {
        bib: None,
        item: facts.item.as_ref().map(|item| item.row.id),
        household: facts.patron.as_ref().map(|patron| patron.household_id),
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let mut report = Report {
        kind: "renew",
        actor: &ask.actor,
        now: &ask.at,
        at: &at,
        key: offline.key,
        patron: facts.patron.as_ref(),
        item: facts.item.as_ref(),
        scanned: None,
        promised: offline.promised,
    };
    if let Some((event, outcome)) = before::<Lent>(&mut way, offline.key).await? {
        return Ok(Tried::Done(Reported {
            answer: Answer {
                outcome,
                trace: Trace::default(),
                event: Some(event),
                language,
                item: facts.item.as_ref().map(|item| ItemShown::new(&book, item)),
                replayed: true,
            },
            noted: false,
        }));
    }
    let found = parties(
        &mut way,
        &ask.card,
        &ask.barcode,
        &facts,
        PinCheck::NotGiven,
    )
    .await?;
    match found {
        Ok(parties) => {
            let waiting = waiting_on(&facts, local_day(&at));
            extend(way, &report, &book, parties, &waiting, notes).await
        }
        Err(refused) => {
            report.scanned = Some(if facts.patron.is_none() {
                ask.card.trim()
            } else {
                ask.barcode.trim()
            });
            let no = refused_outright(refused);
            report.not_done(way, &book, no, notes, language).await
        }
    }
}

/// The renewal itself, under the locks of item and household.
pub(super) async fn extend(
    mut way: Way,
    report: &Report<'_>,
    book: &Rulebook,
    (patron, item): (&PatronRow, &ItemFacts),
    waiting: &[WaitingHold],
    mut notes: Vec<Note>,
) -> Result<Tried<Reported<Lent>>, Trouble> {
    let language = patron.language;
    let request = RenewRequest {
        on: local_day(report.at),
        branch: report.actor.branch(),
        door: report.actor.door(),
        overrides: Overrides::happened(),
    };
    let decision = decide_renew(book, &request, &patron.facts, &item.facts, waiting);
    let Ok(plan) = &decision.outcome else {
        return report.not_done(way, book, decision, notes, language).await;
    };
    let (Some(custody_id), Place::Loan { loan, .. }) = (item.custody_id, &item.facts.place) else {
        return Err(
            DeskError::Internal("an item that is not on loan was to be renewed".into()).into(),
        );
    };
    let (due, reason) = due(plan.new_due, report.promised);
    let effect = RenewEffect {
        terminal_id: report.actor.terminal_id(),
        staff_id: report.actor.staff_id(),
        key: None,
        item: (item.row.id, item.row.version),
        custody_id,
        renewals: loan.renewals,
        due,
        branch: request.branch,
        patron_id: patron.id,
        at: report.at.timestamp(),
        policy_version: plan.policy_version,
        calendar_version: plan.calendar_version,
        body: Body::of(&decision, Some(&reason)).json()?,
    };
    way.session_to_write().await?;
    let event = way.ask(effect).await?;
    if let Some(refused) = Refused::new(plan.overridden.clone()) {
        notes.push(Note::Against { refused });
    }
    let lent = Lent { due, renewed: true };
    report.close(way, event, Kept::Done(&lent), &notes).await?;
    Ok(Tried::Done(Reported {
        answer: Answer {
            outcome: Ok(lent),
            trace: decision.trace,
            event: Some(event),
            language,
            item: Some(ItemShown::new(book, item)),
            replayed: false,
        },
        noted: !notes.is_empty(),
    }))
}
