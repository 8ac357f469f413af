//! `LookupRequest`: how far is this request?

use desk::{HoldLine, HoldState, RequestState, RequestView};
use ncip::{
    lists::{ItemElement, RequestScope, RequestType},
    message::{Body, LookupRequest, LookupRequestResponse},
    model::{ItemOptionalFields, RequestId, UserId},
};

use super::{Call, Failed, Told};
use crate::{problem::missing, told};

pub(super) async fn answer(call: &Call<'_>, ask: LookupRequest) -> Told {
    let wanted: Vec<ItemElement> = ask
        .item_elements
        .iter()
        .filter_map(ItemElement::of)
        .collect();
    if let Some(request) = &ask.request
        && let Some(view) = call.request(request).await?
    {
        return by_request(call, request, view, &wanted).await;
    }
    if ask.user.is_none() && ask.inputs.is_empty() {
        return Err(match &ask.request {
            Some(request) => call.unknown_request(Some(request)),
            None => missing("RequestId"),
        }
        .into());
    }
    // A hold that somebody else placed is told with its reader only.
    let reader = call.reader(ask.user.as_ref(), &ask.inputs).await?;
    let file = call.file(&reader).await?;
    let number = ask.request.as_ref().map(|request| request.value.as_str());
    let barcode = ask.item.as_ref().map(|item| item.value.as_str());
    let is_it = |line: &&HoldLine| match number {
        Some(number) => line.id.to_string() == number,
        None => barcode.is_some() && line.barcode.as_deref() == barcode,
    };
    let line = file.holds.iter().find(is_it);
    let line = line.ok_or_else(|| call.unknown_request(ask.request.as_ref()))?;
    let fields = fields(call, line.barcode.as_deref(), &wanted).await?;
    let state = line.state();
    Ok(Body::from(LookupRequestResponse {
        request: Some(call.request_id(&line.id.to_string())),
        item: line.barcode.as_deref().map(|barcode| call.item_id(barcode)),
        user: Some(call.user_id(&reader.card)),
        kind: Some(RequestType::Hold.into()),
        scope: Some(scope(line.wanted.is_some())),
        status: Some(call.status(&match state {
            HoldState::Waiting => RequestState::Waiting,
            HoldState::OnItsWay => RequestState::OnItsWay,
            HoldState::Ready(until) => RequestState::Ready(until),
        })),
        position: line
            .before
            .map(|before| before + 1)
            .filter(|_| state == HoldState::Waiting),
        needed_before: None,
        pickup_date: None,
        pickup: Some(call.agency_of(line.pickup)),
        pickup_until: Some(call.end_of(match state {
            HoldState::Ready(until) => until,
            _ => line.expires_on,
        })),
        placed: Some(call.moment(line.placed_at)),
        fields,
    }))
}

pub(super) fn scope(of_one_copy: bool) -> ncip::Value {
    if of_one_copy {
        RequestScope::Item.into()
    } else {
        RequestScope::BibliographicItem.into()
    }
}

async fn by_request(
    call: &Call<'_>,
    request: &RequestId,
    view: RequestView,
    wanted: &[ItemElement],
) -> Told {
    let fields = fields(call, view.barcode.as_deref(), wanted).await?;
    let user: Option<UserId> = view.card.as_deref().map(|card| call.user_id(card));
    let until = match view.state {
        RequestState::Ready(until) => until,
        _ => view.expires_on,
    };
    Ok(Body::from(LookupRequestResponse {
        request: Some(request.clone()),
        item: view.barcode.as_deref().map(|barcode| call.item_id(barcode)),
        user,
        kind: Some(RequestType::Hold.into()),
        scope: Some(scope(view.one_copy)),
        status: Some(call.status(&view.state)),
        position: view.before.map(|before| before + 1),
        needed_before: None,
        pickup_date: None,
        pickup: Some(call.agency_of(view.pickup)),
        pickup_until: Some(call.end_of(until)),
        placed: Some(call.moment(view.placed_at)),
        fields,
    }))
}

async fn fields(
    call: &Call<'_>,
    barcode: Option<&str>,
    wanted: &[ItemElement],
) -> Result<Option<ItemOptionalFields>, Failed> {
    match barcode.filter(|_| !wanted.is_empty()) {
        Some(barcode) => Ok(Some(told::item(
            call,
            &call.item(barcode, None).await?,
            wanted,
        ))),
        None => Ok(None),
    }
}
