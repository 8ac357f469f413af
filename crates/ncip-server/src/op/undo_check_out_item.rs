//! `UndoCheckOutItem`: the loan was none.

use circulation::Refusal;
use desk::{Undo, UndoAsk};
use ncip::message::{Body, UndoCheckOutItem, UndoCheckOutItemResponse};

use super::{Call, Told};

/// As a kiosk may: the loan that this partner made in the last minutes, if nothing has moved since.
pub(super) async fn answer(call: &Call<'_>, ask: UndoCheckOutItem) -> Told {
    let (barcode, _) = call.copy(ask.item.as_ref(), ask.request.as_ref()).await?;
    let question = format!("{} {barcode}", call.service.name());
    let answer = call
        .desk
        .undo(UndoAsk {
            actor: call.actor(),
            what: Undo::Loan,
            barcode: barcode.clone(),
            // Without a date of its own, a later undo would be taken for this one's repetition.
            key: None,
            at: call.at.clone(),
        })
        .await?;
    if let Err(refused) = &answer.outcome {
        if *refused.headline() == Refusal::NothingToUndo
            && let Some(body) = call.partner.kept.memory.recall(&question)
        {
            return Ok(body);
        }
        return Err(call.refused(&answer, refused));
    }
    let body = Body::from(UndoCheckOutItemResponse {
        item: call.item_id(&barcode),
        user: ask.user,
    });
    call.partner.kept.memory.keep(question, body.clone());
    Ok(body)
}
