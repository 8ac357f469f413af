//! 23 → 24.

use desk::DeskError;
use sip2::messages::{PatronStatusRequest, PatronStatusResponse, Response};

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
    let extra = seen.extras(&call.profile.manners, call.profile.charset, true);
    Ok(PatronStatusResponse {
        extra,
        ..response(call.head(), asked.card, seen)
    }
    .into())
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
        currency: seen.currency(),
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
        super::{
            checkout::tests::head,
            patron::tests::{seen_by, seen_with},
        },
        *,
    };
    use crate::{
        fixtures::wire,
        manners::{Extra, Manners, Persons},
    };

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

    #[test]
    fn a_partner_that_only_asks_whether_card_and_pin_are_right() {
        let manners = Manners {
            persons: Persons::Never,
            ..Manners::default()
        };
        let sent = |pin| {
            let seen = seen_by(&manners, vec![], pin);
            wire(&response(head(), "26200".into(), seen).to_message(Charset::Utf8))
        };
        assert_eq!(
            sent(PinCheck::Right),
            "24              00020261122    153030AOLENS|AA26200|AE|BLY|CQY|"
        );
        assert_eq!(
            sent(PinCheck::Wrong),
            "24              00020261122    153030AOLENS|AA26200|AE|BLY|CQN|"
        );
    }

    #[test]
    fn extras_in_the_order_of_their_letters_and_only_for_who_may_see_them() {
        let manners = Manners {
            extras: vec![
                Extra::PB,
                Extra::PC,
                Extra::BE,
                Extra::PA,
                Extra::BD,
                Extra::PC,
            ],
            ..Manners::default()
        };
        let sent = |pin, all| {
            let seen = seen_by(&manners, vec![], pin);
            let extra = seen.extras(&manners, Charset::Utf8, all);
            let answer = PatronStatusResponse {
                extra,
                ..PatronStatusResponse::default()
            };
            let text = wire(&answer.to_message(Charset::Utf8));
            text.split_once("|AE|").unwrap().1.to_owned()
        };
        assert_eq!(
            sent(PinCheck::Right, true),
            "BD1 rue de l'Exemple|BEzoe@example.org|PA20270630|PB19850309|PCADU|"
        );
        assert_eq!(sent(PinCheck::Right, false), "PA20270630|PB19850309|PCADU|");
        assert_eq!(sent(PinCheck::NotGiven, true), "PA20270630|PCADU|");
        assert_eq!(sent(PinCheck::Wrong, true), "");
    }
}
