//! `RequestItem`: keep it for this reader.

use circulation::Refusal;
use desk::{HeldThing, HoldAsk, HoldWish, PartnerRequest, RequestKey};
use ncip::{
    Value,
    lists::{General, RequestScope, RequestType},
    message::{Body, RequestItem, RequestItemResponse},
};

use super::{Call, Failed, Told};
use crate::problem::{about, missing, problem};

/// Places a hold by the same rules as a kiosk or desk. A request with a number is made once, whenever it comes again; one
/// without is known again while its hold is there, and gets a number of ours.
pub(super) async fn answer(call: &Call<'_>, ask: RequestItem) -> Told {
    let reader = call.reader(ask.user.as_ref(), &ask.inputs).await?;
    let one_copy = match &ask.scope {
        Some(scope) => RequestScope::of(scope) == Some(RequestScope::Item),
        None => !ask.items.is_empty() && ask.titles.is_empty(),
    };
    let what = wanted(call, &ask, one_copy)?;
    let pickup = match &ask.pickup {
        Some(place) => Some(call.place(&place.text, "PickupLocation")?),
        None => None,
    };
    let last = ask.pickup_until.or(ask.needed_before);
    let last = last.map(|last| last.day(call.zone()));
    let number = ask.request.as_ref().map(|request| call.named(request));
    let parts = [
        call.service.name(),
        &reader.card,
        &format!("{what:?}"),
        &format!("{pickup:?} {last:?} {number:?}"),
    ];
    let answer = call
        .desk
        .hold(HoldAsk {
            actor: call.actor(),
            wish: HoldWish::Place,
            card: reader.card.clone(),
            pin: reader.pin.clone(),
            visit: call.partner.kept.visit.clone(),
            what,
            pickup,
            needed_until: last,
            at: call.at.clone(),
            key: Some(RequestKey::new(call.terminal(), &parts)),
            // Without a number it gets the hold's own.
            request: Some(number.unwrap_or_else(|| PartnerRequest {
                agency: String::new(),
                number: String::new(),
            })),
            dry: false,
        })
        .await?;
    let done = match &answer.outcome {
        Ok(done) => done,
        Err(refused) => match refused.headline() {
            Refusal::CardUnknown | Refusal::PinWrong | Refusal::PinTooOften
                if reader.pin.is_some() =>
            {
                return Err(call.not_authenticated().into());
            }
            _ => return Err(call.refused(&answer, refused)),
        },
    };
    let hold = done.hold.map(|hold| hold.to_string()).unwrap_or_default();
    Ok(Body::from(RequestItemResponse {
        request: Some(ask.request.unwrap_or_else(|| call.request_id(&hold))),
        item: ask
            .items
            .first()
            .filter(|_| one_copy)
            .map(|item| call.item_id(&item.value)),
        user: call.user_id(&reader.card),
        kind: ask.kind.unwrap_or_else(|| RequestType::Hold.into()),
        scope: if one_copy {
            RequestScope::Item.into()
        } else {
            RequestScope::BibliographicItem.into()
        },
        available: None,
        pickup_date: None,
        fields: None,
        user_fields: None,
    }))
}

/// What is asked for: a copy, the title of a copy, or a title by our catalogue's number.
fn wanted(call: &Call<'_>, ask: &RequestItem, one_copy: bool) -> Result<HeldThing, Failed> {
    if let Some(kind) = &ask.kind
        && matches!(
            RequestType::of(kind),
            Some(RequestType::Estimate | RequestType::NonReturnableCopy)
        )
    {
        let detail = "seuls des prêts et des réservations sont possibles / loans and holds only";
        return Err(element(call, detail, "RequestType", kind));
    }
    match (ask.items.first(), ask.titles.first()) {
        (Some(item), _) if one_copy => Ok(HeldThing::Copy(item.value.clone())),
        (_, Some(title)) => match call.bib(title) {
            Some(bib) => Ok(HeldThing::Title(bib)),
            None => {
                let number = title.number().map(|(number, _)| number).unwrap_or_default();
                Err(call.unknown_item(number, "BibliographicId").into())
            }
        },
        (Some(item), None) => Ok(HeldThing::TitleOf(item.value.clone())),
        (None, None) => Err(missing("ItemId").into()),
    }
}

fn element(call: &Call<'_>, detail: &str, element: &str, value: &Value) -> Failed {
    let kind = match call.service {
        ncip::message::Service::RequestItem => call.of("Element Rule Violated"),
        _ => General::CombinationForAgency.into(),
    };
    about(problem(kind, detail), element, Some(&value.text)).into()
}
