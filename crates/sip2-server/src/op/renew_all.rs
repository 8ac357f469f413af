//! 65 → 66.

use circulation::Refused;
use desk::{DeskError, PatronAsk, Renewed};
use sip2::messages::{RenewAll, RenewAllResponse, Response};

use super::{Call, Head, typed};

/// Renews whatever of a patron's loans can be.
pub(super) async fn answer(call: &Call<'_>, asked: RenewAll) -> Result<Response, DeskError> {
    let renewed = call
        .desk
        .renew_all(PatronAsk {
            actor: call.actor(),
            card: asked.card,
            pin: typed(asked.pin.as_ref()),
            visit: call.profile.kept.visit.clone(),
            at: call.at.clone(),
        })
        .await?;
    let language = call.profile.language();
    Ok(match renewed {
        Ok((view, renewed)) => {
            let told = told(&renewed, |refused| {
                call.told(refused, view.language).into_iter().next()
            });
            response(call.head(), &renewed, told)
        }
        Err(refusal) => RenewAllResponse {
            transaction_date: Some(call.head().now),
            institution: call.head().institution,
            screen_messages: call.told(&Refused::from(refusal), language),
            ..Default::default()
        },
    }
    .into())
}

/// Each reason once, however many loans it keeps: which ones says BN.
fn told(renewed: &[Renewed], tell: impl Fn(&Refused) -> Option<String>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for text in renewed
        .iter()
        .filter_map(|(_, answer)| answer.outcome.as_ref().err())
        .filter_map(tell)
    {
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told
}

fn response(head: Head, renewed: &[Renewed], told: Vec<String>) -> RenewAllResponse {
    let barcodes = |done: bool| -> Vec<String> {
        renewed
            .iter()
            .filter(|(_, answer)| answer.outcome.is_ok() == done)
            .map(|(line, _)| line.barcode.clone())
            .collect()
    };
    let (done, not_done) = (barcodes(true), barcodes(false));
    RenewAllResponse {
        ok: true,
        renewed_count: count(&done),
        unrenewed_count: count(&not_done),
        transaction_date: Some(head.now),
        institution: head.institution,
        renewed_items: done,
        unrenewed_items: not_done,
        screen_messages: told,
        ..Default::default()
    }
}

fn count(barcodes: &[String]) -> u16 {
    u16::try_from(barcodes.len()).unwrap_or(9999).min(9999)
}

#[cfg(test)]
mod tests {
    use circulation::Refusal;
    use desk::{Lent, PinCheck};
    use jiff::civil::date;
    use sip2::Charset;

    use super::{
        super::{checkout::tests as twelve, patron::tests::view},
        *,
    };
    use crate::fixtures::wire;

    #[test]
    fn what_is_renewed_and_what_is_not() {
        let lines = view(vec![], PinCheck::NotGiven).loans;
        let lent = || {
            Ok(Lent {
                due: date(2026, 12, 13),
                renewed: true,
            })
        };
        let outcomes = [lent(), Err(Refusal::NotOnLoan), Err(Refusal::NotOnLoan)];
        let renewed: Vec<Renewed> = lines
            .into_iter()
            .filter(|line| !line.barcode.is_empty())
            .zip(outcomes)
            .map(|(line, outcome)| (line, twelve::answer(outcome, None)))
            .collect();
        let told = told(&renewed, |refused| Some(refused.headline().code().into()));
        assert_eq!(
            wire(&response(twelve::head(), &renewed, told).to_message(Charset::Utf8)),
            "6610001000220261122    153030AOLENS|BM3001|BN3002|BN3003|AFnot_on_loan|"
        );
    }
}
