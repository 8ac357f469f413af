//! 11 → 12.

use circulation::Place;
use desk::{Answer, CheckoutAsk, DeskError, Lent, Undo, UndoAsk};
use sip2::messages::{Checkout, CheckoutResponse, Response};

use super::{Call, Head, media, typed};
use crate::screen::Screen;

/// Lends, or renews where the patron has it already and both terminal and kiosk allow that.
pub(super) async fn answer(call: &Call<'_>, asked: Checkout) -> Result<Response, DeskError> {
    if asked.cancel == Some(true) {
        // Never taken for a loan: it is a return that a machine could not finish.
        return undo(call, asked).await;
    }
    let key = call.key(
        &asked.card,
        &asked.barcode,
        [asked.no_block, false],
        asked.transaction_date,
    );
    let ask = CheckoutAsk {
        desired_due: None,
        actor: call.actor(),
        pin: typed(asked.pin.as_ref()),
        visit: call.profile.kept.visit.clone(),
        at: call.at.clone(),
        key,
        renew_if_lent: asked.renewal_allowed && call.profile.manners.renew_by_checkout,
        card: asked.card.clone(),
        barcode: asked.barcode.clone(),
        dry: false,
    };
    let (answer, noted) = if call.has_happened(asked.no_block) {
        let offline = call.done_offline(ask, key, asked.transaction_date, asked.nb_due_date);
        let reported = Call::unless_away(call.desk.checkout_offline(offline).await)?;
        let noted = call.noted(&reported);
        (reported.answer, noted)
    } else {
        (call.desk.checkout(ask).await?, None)
    };
    let told = told(call, &answer, noted);
    Ok(response(call.head(), asked.card, asked.barcode, answer, told).into())
}

/// What the screen says: why not, and what else there is to know.
pub(super) fn told(call: &Call<'_>, answer: &Answer<Lent>, noted: Option<String>) -> Vec<String> {
    let refused = answer.outcome.as_ref().err();
    let mut told = refused.map_or_else(Vec::new, |refused| call.told(refused, answer.language));
    told.extend(noted);
    told
}

/// The return that this terminal took a moment ago, as if it had not been: the loan goes on.
async fn undo(call: &Call<'_>, asked: Checkout) -> Result<Response, DeskError> {
    let answer = call
        .desk
        .undo(UndoAsk {
            actor: call.actor(),
            what: Undo::Return,
            barcode: asked.barcode.clone(),
            key: call.key(
                &asked.card,
                &asked.barcode,
                [asked.no_block, true],
                asked.transaction_date,
            ),
            at: call.at.clone(),
        })
        .await?;
    let language = call.profile.language();
    let (told, event) = match &answer.outcome {
        Ok(()) => (vec![Screen::Undone.text(language)], None),
        Err(refused) => (call.told(refused, language), answer.event),
    };
    let due = match call
        .desk
        .item(call.profile.terminal().branch, &asked.barcode)
        .await?
    {
        Ok(view) if answer.outcome.is_ok() => match view.place {
            Place::Loan { loan, .. } => call.head().due(loan.due),
            _ => String::new(),
        },
        _ => String::new(),
    };
    Ok(CheckoutResponse {
        ok: answer.outcome.is_ok(),
        desensitize: answer.outcome.is_ok().into(),
        transaction_date: Some(call.head().now),
        institution: call.head().institution,
        card: asked.card,
        barcode: asked.barcode,
        title: answer.item.map(|item| item.title).unwrap_or_default(),
        due_date: due,
        transaction_id: answer.event.map(|event| event.to_string()),
        print_lines: reference(event),
        screen_messages: told,
        ..Default::default()
    }
    .into())
}

/// A refusal has an empty AH, also where the patron has the item already: a due date would be
/// printed as that of a loan made now. The text names the date, and the loan keeps it.
pub(super) fn response(
    head: Head,
    card: String,
    barcode: String,
    answer: Answer<Lent>,
    told: Vec<String>,
) -> CheckoutResponse {
    let lent = answer.outcome.ok();
    let due_date = lent.as_ref().map(|lent| head.due(lent.due));
    let media_type = answer.item.as_ref().and_then(media);
    CheckoutResponse {
        ok: lent.is_some(),
        renewal_ok: lent.as_ref().is_some_and(|lent| lent.renewed),
        // Which items have a magnetic strip is not on record.
        magnetic_media: None,
        desensitize: lent.is_some().into(),
        transaction_date: Some(head.now),
        institution: head.institution,
        card,
        barcode,
        title: answer.item.map(|item| item.title).unwrap_or_default(),
        due_date: due_date.unwrap_or_default(),
        media_type,
        // The event's number: `relire why` explains it.
        transaction_id: answer.event.map(|event| event.to_string()),
        print_lines: reference(answer.event.filter(|_| !told.is_empty())),
        screen_messages: told,
        ..Default::default()
    }
}

/// AG: a refusal's number on the slip, for the librarian who is asked about it. `relire why` explains it.
pub(super) fn reference(event: Option<i64>) -> Vec<String> {
    event
        .map(|event| format!("Réf. {event}"))
        .into_iter()
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use circulation::{Language, Refusal, Refused, Trace};
    use desk::ItemShown;
    use jiff::civil::date;
    use sip2::{Charset, value::SipDate};

    use super::*;
    use crate::{fixtures::wire, manners::DueDate};

    pub(in crate::op) fn head() -> Head {
        Head {
            institution: "LENS".into(),
            now: SipDate::parse(b"20261122    153030").unwrap(),
            due_form: DueDate::Sip,
        }
    }

    pub(crate) fn item() -> ItemShown {
        ItemShown {
            title: "Le Horla".into(),
            document: "LIV".parse().unwrap(),
            media_type: "001".into(),
            owner: "AVIO".parse().unwrap(),
            call_number: "R MAU".into(),
        }
    }

    pub(in crate::op) fn answer(
        outcome: Result<Lent, Refusal>,
        item: Option<ItemShown>,
    ) -> Answer<Lent> {
        Answer {
            outcome: outcome.map_err(Refused::one),
            trace: Trace::default(),
            event: Some(512),
            language: Language::French,
            item,
            replayed: false,
        }
    }

    fn sent(answer: Answer<Lent>, told: &[&str]) -> String {
        let told = told.iter().map(|text| (*text).to_owned()).collect();
        wire(
            &response(head(), "26200".into(), "36200".into(), answer, told)
                .to_message(Charset::Utf8),
        )
    }

    #[test]
    fn lent_and_renewed() {
        let lent = |renewed| {
            answer(
                Ok(Lent {
                    due: date(2026, 12, 13),
                    renewed,
                }),
                Some(item()),
            )
        };
        assert_eq!(
            sent(lent(false), &[]),
            "121NUY20261122    153030AOLENS|AA26200|AB36200|AJLe Horla|AH20261213    235959|CK001|BK512|"
        );
        assert!(sent(lent(true), &[]).starts_with("121YUY"));
        let french = Head {
            due_form: DueDate::DayMonthYear,
            ..head()
        };
        let answer = response(
            french,
            "26200".into(),
            "36200".into(),
            lent(false),
            Vec::new(),
        );
        assert!(wire(&answer.to_message(Charset::Utf8)).contains("|AH13/12/2026|"));
    }

    #[test]
    fn refused() {
        let lent_already = Refusal::AlreadyLentToYou {
            due: date(2026, 12, 13),
        };
        assert_eq!(
            sent(
                answer(Err(lent_already), Some(item())),
                &["Vous l'avez déjà.", "Et autre chose."]
            ),
            "120NUN20261122    153030AOLENS|AA26200|AB36200|AJLe Horla|AH|CK001|BK512|\
             AFVous l'avez déjà.|AFEt autre chose.|AGRéf. 512|"
        );
        assert_eq!(
            sent(
                answer(Err(Refusal::ItemUnknown), None),
                &["Document inconnu."]
            ),
            "120NUN20261122    153030AOLENS|AA26200|AB36200|AJ|AH|BK512|AFDocument inconnu.|AGRéf. 512|"
        );
    }
}
