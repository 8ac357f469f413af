//! Returns that a machine took off-line.

use std::sync::Arc;

use circulation::{
    BranchCode, CheckinPlan, CheckinRequest, Decision, Language, Place, Refusal, Refused, Route,
    Rulebook, Trace, decide_checkin,
};
use jiff::Zoned;
use store::{CheckinEffect, Goes, ItemAsk, ItemFacts, Locks, Queued, Returning, SuspensionRow};

use super::{Kept, Note, OFF_LINE, Offline, Report, Reported, before, moment, seen_since};
use crate::{
    Answer, CheckinAsk, Desk, DeskError, ItemShown, Returned,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    checkin::{already_there, still_ready, unknown},
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
        let report = Arc::new(report);
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
    let queue = if waited_for {
        way.session()
            .await?
            .queue(item.row.bib_id, item.row.id)
            .await?
    } else {
        Vec::new()
    };
    let decision = decide(&book, &ask.at, &at, branch, ask.capture, item, &queue);
    if decision.outcome.is_err() {
        return report.not_done(way, &book, decision, notes, language).await;
    }
    take(
        way,
        &report,
        &book,
        item,
        &queue,
        &decision,
        seen.is_some(),
        notes,
    )
    .await
}

/// Where it goes, by today; how late it came, by the day of the return.
fn decide(
    book: &Rulebook,
    now: &Zoned,
    at: &Zoned,
    branch: BranchCode,
    capture: bool,
    item: &ItemFacts,
    queue: &[Queued],
) -> Decision<CheckinPlan> {
    let waiting: Vec<_> = queue.iter().map(|queued| queued.facts).collect();
    let on_day = |on| {
        let request = CheckinRequest {
            on,
            branch,
            capture,
        };
        decide_checkin(book, &request, &item.facts, &waiting)
    };
    let today = on_day(local_day(now));
    let then = on_day(local_day(at));
    let lateness = then.outcome.as_ref().ok().map(|plan| plan.lateness.clone());
    Decision {
        outcome: today.outcome.map(|plan| CheckinPlan {
            lateness: lateness.unwrap_or_default(),
            ..plan
        }),
        trace: then.trace,
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "all that was found under the locks"
)]
async fn take(
    mut way: Way,
    report: &Report<'_>,
    book: &Rulebook,
    item: &ItemFacts,
    queue: &[Queued],
    decision: &Decision<CheckinPlan>,
    seen_since: bool,
    notes: Vec<Note>,
) -> Result<Tried<Reported<Returned>>, Trouble> {
    let Ok(plan) = &decision.outcome else {
        return Err(DeskError::Internal("a return that was refused was to be taken".into()).into());
    };
    let here = report.actor.branch();
    let captured = plan.captured.and_then(|index| queue.get(index));
    let goes = match plan.route {
        Route::Stay { .. } => Goes::Shelf,
        Route::Transit { to, .. } => Goes::To(to),
        Route::HoldShelf { until, .. } => Goes::HoldShelf(until),
    };
    let hold = captured
        .map(|queued| (queued.id, queued.version))
        .or(item.captured);
    let for_whom = match hold {
        Some((hold, _)) => way.session().await?.hold_patron(hold).await?,
        None => None,
    };
    let late = plan.lateness.as_ref();
    let suspension = late.and_then(|late| late.suspension.as_ref());
    let returned = Returned {
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
        for_whom,
        late_days: late.map_or(0, |late| late.late_days),
        suspended_until: suspension.map(|suspension| suspension.free_on),
        to_staff: plan.to_staff,
    };
    let unmoved = already_there(&item.facts.place, here, goes, captured.is_some());
    let event = match item.custody_id {
        // It has been moved on since, or is where it should be: what it was seen for is over.
        _ if seen_since || unmoved => {
            let session = way.session_to_write().await?;
            session
                .see(item.row.id, report.at.timestamp())
                .await
                .map_err(Trouble::during)?;
            let body = Body::of(decision, Some(OFF_LINE));
            let stamp = report.actor.stamp(report.at);
            session
                .log_done(report.kind, &stamp, Some(item.row.id), None, &body)
                .await
                .map_err(Trouble::during)?
        }
        None => {
            return Err(DeskError::Internal("a return of what is nowhere".into()).into());
        }
        Some(custody_id) => {
            let effect = CheckinEffect {
                terminal_id: report.actor.terminal_id(),
                staff_id: report.actor.staff_id(),
                item: (item.row.id, item.row.version),
                custody_id,
                branch: here,
                at: report.at.timestamp(),
                goes,
                hold,
                patron_id: item.borrower_id,
                suspension: suspension
                    .filter(|_| item.borrower_id.is_some())
                    .map(|suspension| SuspensionRow {
                        first_day: suspension.from,
                        free_on: suspension.free_on,
                        reason: "late",
                    }),
                fine_cents: late.map_or(0, |late| late.fine_cents),
                body: Body::of(decision, Some(OFF_LINE)).json()?,
            };
            way.session_to_write().await?;
            way.ask(effect).await?
        }
    };
    report
        .close(way, event, Kept::Done(&returned), &notes)
        .await?;
    let shown = Some(ItemShown::new(book, item));
    Ok(Tried::Done(Reported {
        answer: answer(Ok(returned), decision.trace.clone(), Some(event), shown),
        noted: !notes.is_empty(),
    }))
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
