//! 29 → 30.

use desk::{DeskError, RenewAsk};
use sip2::messages::{CheckoutResponse, Renew, RenewResponse, Response};

use super::{Call, checkout, typed};
use crate::{counts::Bad, screen::Screen};

/// Renews the loan of an item. By title alone nothing is renewed: which copy is meant nobody says.
pub(super) async fn answer(call: &Call<'_>, asked: Renew) -> Result<Response, DeskError> {
    let Some(barcode) = asked.barcode else {
        return Ok(call.refuse(Bad::Incomplete, Screen::NoBarcode));
    };
    let key = call.key(
        &asked.card,
        &barcode,
        [asked.no_block, false],
        asked.transaction_date,
    );
    let ask = RenewAsk {
        actor: call.actor(),
        pin: typed(asked.pin.as_ref()),
        visit: call.profile.kept.visit.clone(),
        at: call.at.clone(),
        key,
        card: asked.card.clone(),
        barcode: barcode.clone(),
        dry: false,
    };
    let (answer, noted) = if call.has_happened(asked.no_block) {
        let offline = call.done_offline(ask, key, asked.transaction_date, asked.nb_due_date);
        let reported = Call::unless_away(call.desk.renew_offline(offline).await)?;
        let noted = call.noted(&reported);
        (reported.answer, noted)
    } else {
        (call.desk.renew(ask).await?, None)
    };
    let told = checkout::told(call, &answer, noted);
    let told = checkout::response(call.head(), asked.card, barcode, answer, told);
    Ok(as_renewal(told).into())
}

/// A 30 says what a 12 says.
fn as_renewal(told: CheckoutResponse) -> RenewResponse {
    RenewResponse {
        ok: told.ok,
        renewal_ok: told.renewal_ok,
        magnetic_media: told.magnetic_media,
        desensitize: told.desensitize,
        transaction_date: told.transaction_date,
        institution: told.institution,
        card: told.card,
        barcode: told.barcode,
        title: told.title,
        due_date: told.due_date,
        media_type: told.media_type,
        transaction_id: told.transaction_id,
        print_lines: told.print_lines,
        screen_messages: told.screen_messages,
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use circulation::Refusal;
    use desk::Lent;
    use jiff::civil::date;
    use sip2::Charset;

    use super::{checkout::tests as twelve, *};
    use crate::fixtures::wire;

    #[test]
    fn renewed_and_refused() {
        let sent = |outcome, told| {
            let answer = twelve::answer(outcome, Some(twelve::item()));
            let told =
                checkout::response(twelve::head(), "26200".into(), "36200".into(), answer, told);
            wire(&as_renewal(told).to_message(Charset::Utf8))
        };
        assert_eq!(
            sent(
                Ok(Lent {
                    due: date(2026, 12, 13),
                    renewed: true
                }),
                Vec::new()
            ),
            "301YUY20261122    153030AOLENS|AA26200|AB36200|AJLe Horla|AH20261213    235959|CK001|BK512|"
        );
        assert_eq!(
            sent(Err(Refusal::NotOnLoan), vec!["Non.".into()]),
            "300NUN20261122    153030AOLENS|AA26200|AB36200|AJLe Horla|AH|CK001|BK512|AFNon.|AGRéf. 512|"
        );
    }
}
