//! Loans that a machine made off-line.

use std::sync::Arc;

use circulation::{
    CheckinRequest, CheckoutRequest, Overrides, Place, Refusal, Refused, Rulebook, Trace,
    decide_checkin, decide_checkout,
};
use store::{CheckoutEffect, ItemFacts, Locks, PatronRow, Queue};

use super::{
    Kept, Note, OFF_LINE, Offline, Report, Reported, before, due, moment, renew, seen_since,
};
use crate::{
    Answer, CheckoutAsk, Desk, DeskError, ItemShown, Lent, PinCheck,
    answer::{Body, refused_outright},
    attempt::{Tried, Trouble, Way},
    checkin::Taken,
    checkout::{Loaded, Question, ended_hold, load, parties},
    renew::waiting_on,
    request::local_day,
};

impl Desk {
    /// Takes over a loan that a machine made off-line: whatever the rules say, the reader has the item.
    ///
    /// An item that somebody else had on loan since before is theirs no longer; one that was lent or came back after
    /// that moment stays where it is.
    pub async fn checkout_offline(
        self: &Arc<Self>,
        report: Offline<CheckoutAsk>,
    ) -> Result<Reported<Lent>, DeskError> {
        let report = report.keyed()?;
        self.run(move |desk, way| try_checkout(desk, way, report.clone()))
            .await
    }
}

async fn try_checkout(
    desk: Arc<Desk>,
    mut way: Way,
    offline: Arc<Offline<CheckoutAsk>>,
) -> Result<Tried<Reported<Lent>>, Trouble> {
    let ask = &offline.ask;
    let (at, mut notes) = moment(&offline, &ask.at);
    let question = || Question {
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
    } = load(&desk, &mut way, question()).await?;
    let locks = Locks {
        bib: None,
        item: facts.item.as_ref().map(|item| item.row.id),
        household: facts.patron.as_ref().map(|patron| patron.household_id),
    };
    if !way.holds(locks) {
        return Ok(Tried::Alone(locks));
    }
    let mut report = Report {
        kind: "checkout",
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
    let parties_found = parties(
        &mut way,
        &ask.card,
        &ask.barcode,
        &facts,
        PinCheck::NotGiven,
    )
    .await?;
    let (patron, item) = match parties_found {
        Ok(parties) => parties,
        Err(refused) => {
            report.scanned = Some(if facts.patron.is_none() {
                ask.card.trim()
            } else {
                ask.barcode.trim()
            });
            let no = refused_outright(refused);
            return report.not_done(way, &book, no, notes, language).await;
        }
    };
    let seen = way.session().await?.seen_at(item.row.id).await?;
    let late = seen_since(seen, &at);
    match &item.facts.place {
        Place::Loan { loan, .. } if item.borrower_id == Some(patron.id) => {
            if ask.renew_if_lent && late.is_none() {
                let waiting = waiting_on(&facts, local_day(&at));
                return renew::extend(way, &report, &book, (patron, item), &waiting, notes).await;
            }
            // Theirs already: a loan of before that was scanned again, or a later one.
            let due = loan.due;
            if late.is_none() {
                let refused = Refused::one(Refusal::AlreadyLentToYou { due });
                notes.push(Note::Against { refused });
            }
            return stands(way, &report, &book, due, notes, language).await;
        }
        Place::Loan { .. } if late.is_none() => {
            end_others(&mut way, &report, &book, item).await?;
            notes.push(Note::WasLent);
            let facts = load(&desk, &mut way, question()).await?.facts;
            let (Some(patron), Some(item)) = (&facts.patron, &facts.item) else {
                return Err(DeskError::Internal("a locked item or patron is gone".into()).into());
            };
            let parties = (patron, item);
            return lend(way, &report, &book, parties, facts.own_hold, notes).await;
        }
        _ => {}
    }
    if let Some(seen) = late {
        let on = seen.to_zoned(at.time_zone().clone()).date();
        let no = refused_outright(Refused::one(Refusal::SeenSince { on }));
        return report.not_done(way, &book, no, notes, language).await;
    }
    let parties = (patron, item);
    lend(way, &report, &book, parties, facts.own_hold, notes).await
}

/// The loan itself.
async fn lend(
    mut way: Way,
    report: &Report<'_>,
    book: &Rulebook,
    (patron, item): (&PatronRow, &ItemFacts),
    own_hold: Option<(i64, i64)>,
    mut notes: Vec<Note>,
) -> Result<Tried<Reported<Lent>>, Trouble> {
    let language = patron.language;
    let request = CheckoutRequest {
        desired_due: None,
        on: local_day(report.at),
        branch: report.actor.branch(),
        door: report.actor.door(),
        overrides: Overrides::happened(),
    };
    let decision = decide_checkout(book, &request, &patron.facts, &item.facts);
    let (plan, custody_id) = match (&decision.outcome, item.custody_id) {
        (Ok(plan), Some(custody_id)) => (plan, custody_id),
        (Err(_), _) => {
            return report.not_done(way, book, decision, notes, language).await;
        }
        (Ok(_), None) => {
            return Err(
                DeskError::Internal("an item without a place was to be lent".into()).into(),
            );
        }
    };
    let (due, reason) = due(plan.due, report.promised);
    let effect = CheckoutEffect {
        terminal_id: report.actor.terminal_id(),
        staff_id: report.actor.staff_id(),
        key: None,
        item: (item.row.id, item.row.version),
        household: (patron.household_id, patron.household_version),
        custody_id,
        branch: request.branch,
        patron_id: patron.id,
        at: report.at.timestamp(),
        on: request.on,
        due,
        new: plan.new,
        category: patron.facts.category,
        document: item.facts.document,
        hold: ended_hold(item, own_hold),
        policy_version: plan.policy_version,
        calendar_version: plan.calendar_version,
        body: Body::of(&decision, Some(&reason)).json()?,
    };
    way.session_to_write().await?;
    let event = way.ask(effect).await?;
    if let Some(refused) = Refused::new(plan.overridden.clone()) {
        notes.push(Note::Against { refused });
    }
    let lent = Lent {
        due,
        renewed: false,
    };
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

/// The patron has it, and nothing is to be written but what staff should know.
async fn stands(
    mut way: Way,
    report: &Report<'_>,
    book: &Rulebook,
    due: jiff::civil::Date,
    notes: Vec<Note>,
    language: circulation::Language,
) -> Result<Tried<Reported<Lent>>, Trouble> {
    let body = serde_json::json!({ "trace": Trace::default(), "reason": OFF_LINE });
    let stamp = report.actor.stamp(report.at);
    let (item, patron) = (report.item, report.patron);
    let event = way
        .session_to_write()
        .await?
        .log_done(
            report.kind,
            &stamp,
            item.map(|item| item.row.id),
            patron.map(|patron| patron.id),
            &body,
        )
        .await
        .map_err(Trouble::during)?;
    let lent = Lent {
        due,
        renewed: false,
    };
    report.close(way, event, Kept::Done(&lent), &notes).await?;
    Ok(Tried::Done(Reported {
        answer: Answer {
            outcome: Ok(lent),
            trace: Trace::default(),
            event: Some(event),
            language,
            item: item.map(|item| ItemShown::new(book, item)),
            replayed: false,
        },
        noted: !notes.is_empty(),
    }))
}

/// Ends somebody else's loan of the item: it must have come back, or it could not have been lent again.
async fn end_others(
    way: &mut Way,
    report: &Report<'_>,
    book: &Rulebook,
    item: &ItemFacts,
) -> Result<(), Trouble> {
    let request = CheckinRequest {
        on: local_day(report.at),
        branch: report.actor.branch(),
        capture: false,
    };
    let decision = decide_checkin(book, &request, &item.facts, &[]);
    let (Ok(plan), Some(custody_id)) = (&decision.outcome, item.custody_id) else {
        return Err(DeskError::Internal("a loan that cannot end".into()).into());
    };
    let taken = Taken::new(plan, item, &Queue::default(), request.branch).handed_on();
    let body = Body::of(&decision, Some(OFF_LINE)).json()?;
    let stamp = report.actor.stamp(report.at);
    let effect = taken.effect(&stamp, item, custody_id, body);
    way.session_to_write().await?;
    way.ask(effect).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::{Zoned, civil::date};

    use super::*;

    fn zoned(text: &str) -> Zoned {
        text.parse().unwrap()
    }

    fn counted(given: Option<&str>) -> (Zoned, usize) {
        let offline = Offline {
            ask: (),
            happened: given.map(zoned),
            key: None,
            promised: None,
            back_days: 14,
        };
        let (at, notes) = moment(&offline, &zoned("2026-11-22T15:00:00+01:00[Europe/Paris]"));
        (at, notes.len())
    }

    #[test]
    fn a_date_counts_within_bounds() {
        let now = zoned("2026-11-22T15:00:00+01:00[Europe/Paris]");
        for good in [
            "2026-11-22T14:00:00+01:00[Europe/Paris]",
            "2026-11-22T15:09:00+01:00[Europe/Paris]",
            "2026-11-09T15:00:00+01:00[Europe/Paris]",
        ] {
            assert_eq!(counted(Some(good)), (zoned(good), 0), "{good}");
        }
        for odd in [
            "2026-11-22T15:11:00+01:00[Europe/Paris]",
            "2026-11-08T14:00:00+01:00[Europe/Paris]",
            "1999-01-01T00:00:00+01:00[Europe/Paris]",
        ] {
            assert_eq!(counted(Some(odd)), (now.clone(), 1), "{odd}");
        }
        assert_eq!(counted(None), (now, 1));
    }

    #[test]
    fn machines_count_in_seconds() {
        let at = zoned("2026-11-22T15:00:00+01:00[Europe/Paris]");
        let just = "2026-11-22T14:00:00.7Z".parse().unwrap();
        assert_eq!(seen_since(Some(just), &at), None);
        let later = "2026-11-22T14:00:01Z".parse().unwrap();
        assert_eq!(seen_since(Some(later), &at), Some(later));
    }

    #[test]
    fn what_a_reader_was_promised_is_kept() {
        let rules = date(2026, 12, 20);
        for (promised, kept) in [
            (None, rules),
            (Some(date(2026, 12, 13)), rules),
            (Some(date(2026, 12, 23)), date(2026, 12, 23)),
            (Some(date(2027, 12, 23)), rules),
        ] {
            assert_eq!(due(rules, promised).0, kept, "{promised:?}");
        }
    }
}
