//! Requests that are not served yet: each has a legal answer of its own shape that says so.

use desk::DeskError;
use sip2::{
    Code,
    messages::{PatronEnableResponse, PatronStatusResponse, Request, Response},
    value::Language as WireLanguage,
};

use super::{
    Call,
    patron::{Seen, look},
    patron_status,
};
use crate::{counts, counts::Bad, screen::Screen};

/// Says that this is not done here.
///
/// 01 and 25 are answered by the patron as he is, as the standard wants it: nothing was changed,
/// and that is what the flags then show. A terminal that may not ask for patrons learns nothing.
pub(super) async fn answer(call: &Call<'_>, asked: Request) -> Result<Response, DeskError> {
    if !call.profile.may(Code::PATRON_STATUS_REQUEST) {
        return Ok(call.refuse(Bad::NotServed, Screen::NotServed));
    }
    match asked {
        Request::BlockPatron(asked) => {
            let seen = unchanged(call, &asked.card).await?;
            Ok(patron_status::response(call.head(), asked.card, seen).into())
        }
        Request::PatronEnable(asked) => {
            let seen = unchanged(call, &asked.card).await?;
            Ok(enabled(patron_status::response(call.head(), asked.card, seen)).into())
        }
        _ => Ok(call.refuse(Bad::NotServed, Screen::NotServed)),
    }
}

/// The patron, after a text that says that nothing was changed. No PIN is looked at.
async fn unchanged(call: &Call<'_>, card: &str) -> Result<Seen, DeskError> {
    counts::bad(Bad::NotServed);
    let mut seen = look(call, card, None, WireLanguage::UNKNOWN).await?;
    seen.told
        .insert(0, Screen::NotServed.text(call.profile.language()));
    Ok(seen)
}

/// A 26 says what a 24 says.
fn enabled(told: PatronStatusResponse) -> PatronEnableResponse {
    PatronEnableResponse {
        status: told.status,
        language: told.language,
        transaction_date: told.transaction_date,
        institution: told.institution,
        card: told.card,
        patron_name: told.patron_name,
        valid_patron: told.valid_patron,
        valid_pin: told.valid_pin,
        screen_messages: told.screen_messages,
        ..Default::default()
    }
}
