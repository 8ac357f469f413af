//! 23 → 24.

use desk::DeskError;
use sip2::{
    messages::{PatronStatusRequest, PatronStatusResponse, Response},
    value::Currency,
};

use super::{
    Call, Head,
    patron::{Seen, look},
};

/// Says who a patron is and what is denied.
pub(super) async fn answer(
    call: &Call<'_>,
    asked: PatronStatusRequest,
) -> Result<Response, DeskError> {
    let seen = look(call, &asked.card, asked.pin.as_ref(), asked.language).await?;
    Ok(response(call.head(), asked.card, seen).into())
}

pub(super) fn response(head: Head, card: String, seen: Seen) -> PatronStatusResponse {
    PatronStatusResponse {
        status: seen.status,
        language: seen.language,
        transaction_date: Some(head.now),
        institution: head.institution,
        card,
        patron_name: seen.name(),
        valid_patron: Some(seen.valid_patron),
        valid_pin: Some(seen.valid_pin),
        currency: Some(Currency::EUR),
        fee_amount: seen.owed(),
        screen_messages: seen.told,
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use circulation::Refusal;
    use desk::PinCheck;
    use sip2::Charset;

    use super::{
        super::{checkout::tests::head, patron::tests::seen_with},
        *,
    };
    use crate::fixtures::wire;

    #[test]
    fn in_good_standing_and_lost() {
        let sent = |seen| wire(&response(head(), "26200".into(), seen).to_message(Charset::Utf8));
        assert_eq!(
            sent(seen_with(vec![], PinCheck::Right)),
            "24              00220261122    153030AOLENS|AA26200|AEZoé Exemple|BLY|CQY|BHEUR|BV3.50|"
        );
        assert_eq!(
            sent(seen_with(vec![Refusal::CardLost], PinCheck::Right)),
            "24YYYYY         00220261122    153030AOLENS|AA26200|AE|BLN|CQN|BHEUR|AFcard_lost|"
        );
    }
}
