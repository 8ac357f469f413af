//! `UpdateRequestItem`: keep it elsewhere, or until another day.

use circulation::Refusal;
use desk::{HoldAsk, HoldWish, Pause};
use ncip::{
    lists::RequestType,
    message::{Body, UpdateRequestItem, UpdateRequestItemResponse},
};

use super::{Call, Told, lookup_request::scope};
use crate::problem::missing;

pub(super) async fn answer(call: &Call<'_>, ask: UpdateRequestItem) -> Told {
    let view = match &ask.request {
        Some(request) => call.request(request).await?,
        None => None,
    };
    let card = view.as_ref().and_then(|view| view.card.clone());
    let user = match (&ask.user, card) {
        (None, Some(card)) if ask.inputs.is_empty() => Some(call.user_id(&card)),
        (user, _) => user.clone(),
    };
    let reader = call.reader(user.as_ref(), &ask.inputs).await?;
    let barcode = ask.item.as_ref().map(|item| item.value.as_str());
    let what = call.which(ask.request.as_ref(), view.as_ref(), barcode)?;
    let add = ask.add.ok_or_else(|| missing("AddRequestFields"))?;
    let pickup = match &add.pickup {
        Some(place) => Some(call.place(&place.text, "PickupLocation")?),
        None => None,
    };
    let last = add.pickup_until.or(add.needed_before);
    let answer = call
        .desk
        .hold(HoldAsk {
            actor: call.actor(),
            wish: HoldWish::Change(Pause::AsItWas),
            card: reader.card.clone(),
            pin: reader.pin.clone(),
            visit: call.partner.kept.visit.clone(),
            what,
            pickup,
            needed_until: last.map(|last| last.day(call.zone())),
            at: call.at.clone(),
            // The same change once more is no change.
            key: None,
            request: None,
            dry: false,
        })
        .await?;
    if let Err(refused) = &answer.outcome {
        return Err(match refused.headline() {
            Refusal::NotHeld => call.unknown_request(ask.request.as_ref()).into(),
            Refusal::CardUnknown | Refusal::PinWrong | Refusal::PinTooOften
                if reader.pin.is_some() =>
            {
                call.not_authenticated().into()
            }
            _ => call.refused(&answer, refused),
        });
    }
    // 2.02 has no place for a request's number here, and wants a copy's; a title's request shows that number instead.
    let shown = barcode
        .map(str::to_owned)
        .or_else(|| view.and_then(|view| view.barcode));
    let shown = shown
        .or_else(|| ask.request.map(|request| request.value))
        .unwrap_or_default();
    Ok(Body::from(UpdateRequestItemResponse {
        item: call.item_id(&shown),
        user: call.user_id(&reader.card),
        kind: ask.kind.unwrap_or_else(|| RequestType::Hold.into()),
        scope: scope(barcode.is_some()),
        available: None,
        pickup_date: None,
    }))
}
