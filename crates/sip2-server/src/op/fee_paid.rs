//! 37 → 38.

use desk::{DeskError, PayAsk, RequestKey, Settled};
use sip2::{
    messages::{FeePaid, FeePaidResponse, Response},
    value::Currency,
};

use super::{Call, checkout::reference};
use crate::{counts::Bad, screen::Screen};

/// Takes a payment, once, however often it is sent.
///
/// The PIN is not asked for: whoever pays for somebody else does no harm.
pub(super) async fn answer(call: &Call<'_>, asked: FeePaid) -> Result<Response, DeskError> {
    if asked
        .currency
        .is_some_and(|currency| currency != Currency::EUR)
    {
        return Ok(call.refuse(Bad::Incomplete, Screen::OtherCurrency));
    }
    let answer = call
        .desk
        .pay(PayAsk {
            actor: call.actor(),
            how: Settled::Paid,
            card: asked.card.clone(),
            cents: asked.fee_amount.cents(),
            // What is not a number of ours is a terminal's own invention: then the oldest fee first.
            fee: asked
                .fee_id
                .as_deref()
                .and_then(|fee| fee.trim().parse().ok()),
            key: key(call.profile.terminal().id, &asked),
            at: call.at.clone(),
        })
        .await?;
    let told = match &answer.outcome {
        Ok(_) => Vec::new(),
        Err(refused) => call.told(refused, answer.language),
    };
    let head = call.head();
    Ok(FeePaidResponse {
        accepted: answer.outcome.is_ok(),
        transaction_date: Some(head.now),
        institution: head.institution,
        card: asked.card,
        transaction_id: asked
            .transaction_id
            .or(answer.event.map(|event| event.to_string())),
        print_lines: reference(answer.event),
        screen_messages: told,
        ..Default::default()
    }
    .into())
}

/// By BK, the terminal's own number of the payment; without one, by what was paid, for what and when.
fn key(terminal: i64, asked: &FeePaid) -> Option<RequestKey> {
    let given = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    };
    if let Some(number) = given(&asked.transaction_id) {
        return Some(RequestKey::new(
            terminal,
            &["37", &asked.card, "BK", &number],
        ));
    }
    let fee = given(&asked.fee_id).unwrap_or_default();
    let (cents, date) = (
        asked.fee_amount.cents().to_string(),
        asked.transaction_date?.to_string(),
    );
    let parts = ["37", &asked.card, "CG", &fee, &cents, &date];
    Some(RequestKey::new(terminal, &parts))
}

#[cfg(test)]
mod tests {
    use sip2::Charset;

    use super::*;
    use crate::fixtures::message;

    #[test]
    fn a_payment_is_known_by_its_number_or_by_all_of_it() {
        let key = |date: &str, fields: &str| {
            let frame = format!("37{date}0100EURBV1.50|AOLENS|AA26200|AC|{fields}");
            key(
                7,
                &FeePaid::from_message(&message(&frame), Charset::Utf8).unwrap(),
            )
        };
        let (one, two) = ("20261122    153030", "20261122    153031");
        assert_eq!(key(one, "BK88|"), key(two, "BK88|CG3|"));
        assert_ne!(key(one, "BK88|"), key(one, "BK89|"));
        assert_eq!(key(one, "CG3|"), key(one, "CG3|BK |"));
        assert_ne!(key(one, "CG3|"), key(two, "CG3|"));
        assert_ne!(key(one, "CG3|"), key(one, "CG4|"));
        assert_eq!(key("                  ", "CG3|"), None);
    }
}
