//! 01 → 24 and 25 → 26.

use desk::{CardReport, DeskError};
use sip2::{
    messages::{BlockPatron, PatronEnable, PatronEnableResponse, PatronStatusResponse, Response},
    value::Language as WireLanguage,
};

use super::{Call, patron::look, patron_status};

/// The longest message that is kept of a machine.
const LONGEST: usize = 200;

/// Blocks the holder of a card, and answers by the patron as he now is.
pub(super) async fn block(call: &Call<'_>, asked: BlockPatron) -> Result<Response, DeskError> {
    let message: String = asked
        .blocked_card_message
        .unwrap_or_default()
        .trim()
        .chars()
        .take(LONGEST)
        .collect();
    report(call, &asked.card, CardReport::Block(message)).await?;
    let seen = look(call, &asked.card, None, WireLanguage::UNKNOWN).await?;
    Ok(patron_status::response(call.head(), asked.card, seen).into())
}

/// Lifts what machines have blocked, and answers by the patron as he now is: what staff or the rules hold
/// against him stays.
pub(super) async fn enable(call: &Call<'_>, asked: PatronEnable) -> Result<Response, DeskError> {
    report(call, &asked.card, CardReport::Enable).await?;
    let seen = look(call, &asked.card, asked.pin.as_ref(), WireLanguage::UNKNOWN).await?;
    Ok(enabled(patron_status::response(call.head(), asked.card, seen)).into())
}

async fn report(call: &Call<'_>, card: &str, report: CardReport) -> Result<(), DeskError> {
    let (actor, at) = (call.actor(), call.at.clone());
    call.desk
        .report_card(actor, card.to_owned(), report, at)
        .await?;
    Ok(())
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
