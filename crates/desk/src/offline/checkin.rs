//! Returns that a machine took off-line.

use std::sync::Arc;

use circulation::{
    CheckinPlan, CheckinRequest, Decision, Language, Place, QueuedHold, Refusal, Refused, Rulebook,
    Trace, decide_checkin,
};
use jiff::Zoned;
use store::{ItemAsk, Locks, Queue, QueuedCheckin, Returning};

use super::{Kept, OFF_LINE, Offline, Report, Reported, before, moment, seen_since};
use crate::{
    Answer, CheckinAsk, Desk, DeskError, ItemShown, Returned,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    checkin::{Taken, unknown},
    request::{local_day, scanned},
};

impl Desk {
    /// Takes over a return that a machine took off-line. Lateness counts by the day of the return; where the item goes
    /// from here, by today.
    ///
    /// A loan that began after that return goes on. An item that was not on loan and has been seen since stays where it
    /// is.
    pub async fn checkin_offline(
        self: &Arc<Self>,
        report: Offline<CheckinAsk>,
    ) -> Result<Reported<Returned>, DeskError> {
        let report = report.keyed()?;
        self.run(move |desk, way| try_checkin(desk, way, report.clone()))
            .await
    }
}

async fn try_checkin(
    desk: Arc<Desk>,
    mut way: Way,
    offline: Arc<Offline<CheckinAsk>>,
) -> Result<Tried<Reported<Returned>>, Trouble> {
    let ask = &offline.ask;
    let (at, notes) = moment(&offline, &ask.at);
    let barcode = scanned(&ask.barcode);
    let branch = ask.actor.branch();
    let question = ItemAsk {
        barcode: barcode.to_owned(),
        branch,
    };
    let Returning {
        rulebook_version,
        item,
        waited_for,
        bib_version,
    } = way.ask(question).await?;
    let book = desk.rulebook_at(rulebook_version).await?;
    let locks = Locks {
        bib: item
            .as_ref()
            .filter(|_| waited_for)
            .map(|item| item.row.bib_id),
        item: item.as_ref().map(|item| item.row.id),
        household: None,
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let mut report = Report {
        kind: "checkin",
        actor: &ask.actor,
        now: &ask.at,
        at: &at,
        key: offline.key,
        patron: None,
        item: item.as_ref(),
        scanned: None,
        promised: offline.promised,
    };
    if let Some((event, outcome)) = before::<Returned>(&mut way, offline.key).await? {
        let shown = item.as_ref().map(|item| ItemShown::new(&book, item));
        let answer = answer(outcome, Trace::default(), Some(event), shown);
        return Ok(Tried::Done(Reported {
            answer: Answer {
                replayed: true,
                ..answer
            },
            noted: false,
        }));
    }
    let language = Language::default();
    let Some(item) = &item else {
        report.scanned = Some(barcode);
        let no = refused_outright(unknown(&mut way, barcode).await?);
        return report.not_done(way, &book, no, notes, language).await;
    };
    let seen = seen_since(way.session().await?.seen_at(item.row.id).await?, &at);
    if let (Some(seen), Place::Loan { .. }) = (seen, &item.facts.place) {
        let on = seen.to_zoned(at.time_zone().clone()).date();
        let no = refused_outright(Refused::one(Refusal::SeenSince { on }));
        return report.not_done(way, &book, no, notes, language).await;
    }
    let set_aside = item.captured.map(|(hold, _)| hold);
    let queue = if waited_for {
        let session = way.session().await?;
        session
            .queue(item.row.bib_id, item.row.id, set_aside)
            .await?
    } else {
        Queue::default()
    };
    let waiting: Vec<_> = queue.waiting.iter().map(|queued| queued.facts).collect();
    let decision = decide(&book, &offline, &at, &item.facts, &waiting);
    let Ok(plan) = &decision.outcome else {
        return report.not_done(way, &book, decision, notes, language).await;
    };
    let taken = Taken::new(plan, item, &queue, branch);
    let body = Body::of(&decision, Some(OFF_LINE));
    let stamp = ask.actor.stamp(&at);
    let event = match item.custody_id {
        // It has been moved on since, or is where it should be: what it was seen for is over.
        _ if seen.is_some() || taken.nothing_moves => {
            let session = way.session_to_write().await?;
            let seen = session.see(item.row.id, stamp.at).await;
            seen.map_err(Trouble::during)?;
            let logged = session
                .log_done(report.kind, &stamp, Some(item.row.id), None, &body)
                .await;
            logged.map_err(Trouble::during)?
        }
        None => return Err(DeskError::Internal("a return of what is nowhere".into()).into()),
        Some(custody_id) => {
            let effect = taken.effect(&stamp, item, custody_id, body.json()?);
            way.session_to_write().await?;
            if waited_for {
                let title = (item.row.bib_id, bib_version);
                way.ask(QueuedCheckin { effect, title }).await?
            } else {
                way.ask(effect).await?
            }
        }
    };
    let returned = taken.returned;
    report
        .close(way, event, Kept::Done(&returned), &notes)
        .await?;
    let shown = Some(ItemShown::new(&book, item));
    Ok(Tried::Done(Reported {
        answer: answer(Ok(returned), decision.trace, Some(event), shown),
        noted: !notes.is_empty(),
    }))
}

/// Where it goes, by today; how late it came, by the day of the return.
fn decide(
    book: &Rulebook,
    offline: &Offline<CheckinAsk>,
    at: &Zoned,
    item: &circulation::ItemFacts,
    waiting: &[QueuedHold],
) -> Decision<CheckinPlan> {
    let ask = &offline.ask;
    let on_day = |on| {
        let request = CheckinRequest {
            on,
            branch: ask.actor.branch(),
            capture: ask.capture,
        };
        decide_checkin(book, &request, item, waiting)
    };
    let today = on_day(local_day(&ask.at));
    let then = on_day(local_day(at));
    let lateness = then.outcome.ok().and_then(|plan| plan.lateness);
    Decision {
        outcome: today.outcome.map(|plan| CheckinPlan { lateness, ..plan }),
        trace: then.trace,
    }
}

fn answer(
    outcome: Result<Returned, Refused>,
    trace: Trace,
    event: Option<i64>,
    item: Option<ItemShown>,
) -> Answer<Returned> {
    Answer {
        outcome,
        trace,
        event,
        language: Language::default(),
        item,
        replayed: false,
    }
}
