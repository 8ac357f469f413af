//! `CancelRequestItem`: keep it no longer.

use circulation::Refusal;
use desk::{HeldThing, HoldAsk, HoldWish, RequestState, RequestView};
use ncip::{
    message::{Body, CancelRequestItem, CancelRequestItemResponse},
    model::{RequestId, UserId},
};

use super::{Call, Failed, Told, reader::Reader};
use crate::problem::{about, missing, problem};

/// By the partner's own number, by the hold's, or by the copy: whichever leads to one open request of that reader.
pub(super) async fn answer(call: &Call<'_>, ask: CancelRequestItem) -> Told {
    let view = match &ask.request {
        Some(request) => call.request(request).await?,
        None => None,
    };
    let reader = reader(call, ask.user.as_ref(), &ask, view.as_ref()).await?;
    let what = call.which(
        ask.request.as_ref(),
        view.as_ref(),
        ask.item.as_ref().map(|item| item.value.as_str()),
    )?;
    let question = format!("{} {} {what:?}", call.service.name(), reader.card);
    let body = Body::from(CancelRequestItemResponse {
        request: ask.request.clone(),
        item: ask.item.as_ref().map(|item| call.item_id(&item.value)),
        user: call.user_id(&reader.card),
    });
    match view.as_ref().map(|view| view.state) {
        // It is cancelled, and may be so once more.
        Some(RequestState::Ended) => {
            call.file(&reader).await?;
            return Ok(body);
        }
        Some(RequestState::Collected) => {
            let told = call.language().pick(
                "Le document a été retiré : c'est un prêt maintenant.",
                "The copy was collected: it is a loan now.",
            );
            return Err(about(
                problem(call.of("Request Already Processed"), told),
                "RequestId",
                None,
            )
            .into());
        }
        _ => {}
    }
    let answer = call
        .desk
        .hold(HoldAsk {
            actor: call.actor(),
            wish: HoldWish::Cancel,
            card: reader.card.clone(),
            pin: reader.pin.clone(),
            visit: call.partner.kept.visit.clone(),
            what,
            pickup: None,
            needed_until: None,
            at: call.at.clone(),
            key: None,
            request: None,
            dry: false,
        })
        .await?;
    match &answer.outcome {
        Ok(_) => {}
        Err(refused) => match refused.headline() {
            Refusal::NotHeld => {
                return match call.partner.kept.memory.recall(&question) {
                    Some(body) => Ok(body),
                    None => Err(call.unknown_request(ask.request.as_ref()).into()),
                };
            }
            Refusal::CardUnknown | Refusal::PinWrong | Refusal::PinTooOften
                if reader.pin.is_some() =>
            {
                return Err(call.not_authenticated().into());
            }
            _ => return Err(call.refused(&answer, refused)),
        },
    }
    call.partner.kept.memory.keep(question, body.clone());
    Ok(body)
}

/// Who asked for it, where the message does not say and the request does.
async fn reader(
    call: &Call<'_>,
    user: Option<&UserId>,
    ask: &CancelRequestItem,
    view: Option<&RequestView>,
) -> Result<Reader, Failed> {
    let card = view.and_then(|view| view.card.as_deref());
    match (user, card) {
        (None, Some(card)) if ask.inputs.is_empty() => {
            call.reader(Some(&call.user_id(card)), &[]).await
        }
        _ => call.reader(user, &ask.inputs).await,
    }
}

impl Call<'_> {
    /// Which hold a message means.
    pub(super) fn which(
        &self,
        request: Option<&RequestId>,
        view: Option<&RequestView>,
        barcode: Option<&str>,
    ) -> Result<HeldThing, Failed> {
        if let Some(hold) = view.map(|view| view.hold) {
            return Ok(HeldThing::Hold(hold));
        }
        // Our own number for a hold, as LookupUser tells it.
        if let Some(hold) = request.and_then(|request| request.value.parse().ok()) {
            return Ok(HeldThing::Hold(hold));
        }
        match (barcode, request) {
            (Some(barcode), _) => Ok(HeldThing::Copy(barcode.to_owned())),
            (None, Some(request)) => Err(self.unknown_request(Some(request)).into()),
            (None, None) => Err(missing("RequestId").into()),
        }
    }
}
