//! `AcceptItem`: a copy of another library comes for this reader.

use desk::{AcceptAsk, Brought};
use ncip::message::{AcceptItem, AcceptItemResponse, Body};

use super::{Call, Told};
use crate::{
    manners::BarcodeFrom,
    problem::{missing, problem},
};

/// A temporary copy and its hold, both or none; the same request again is the same copy. The answer has the barcode that
/// it really got: one that is a copy's of ours stays that copy's.
pub(super) async fn answer(call: &Call<'_>, ask: AcceptItem) -> Told {
    let request = ask.request.as_ref().ok_or_else(|| missing("RequestId"))?;
    if ask.not_returnable {
        let detail = "un document à garder ne passe pas par le prêt / what is not to be returned is not lent";
        return Err(problem(call.of("Cannot Accept Item"), detail).into());
    }
    let user = ask.user.as_ref().ok_or_else(|| missing("UserId"))?;
    let reader = call.reader(Some(user), &[]).await?;
    let pickup = match &ask.pickup {
        Some(place) => call.place(&place.text, "PickupLocation")?,
        // 1.x has no place for it, and says it by whom the message is for.
        None => call.branch,
    };
    let description = ask
        .fields
        .as_ref()
        .and_then(|fields| fields.description.as_ref());
    let title = description.and_then(|described| {
        described
            .title
            .clone()
            .or(described.component_title.clone())
    });
    let author = description.and_then(|described| described.author.clone());
    let placed = ask
        .fields
        .as_ref()
        .and_then(|fields| fields.item_description.as_ref());
    let manners = &call.partner.manners;
    let with_prefix = |number: &str| format!("{}{number}", manners.barcode_prefix);
    let item = ask.item.as_ref().map(|item| with_prefix(&item.value));
    let of_request = Some(with_prefix(&request.value));
    let barcodes = match manners.barcode_from {
        BarcodeFrom::ItemId => item.into_iter().chain(of_request).collect(),
        BarcodeFrom::RequestId => of_request.into_iter().chain(item).collect(),
        BarcodeFrom::Made => Vec::new(),
    };
    let answer = call
        .desk
        .accept(AcceptAsk {
            actor: call.actor(),
            request: call.named(request),
            card: reader.card.clone(),
            brought: Brought {
                title: title.unwrap_or_else(|| format!("Demande {}", request.value)),
                author: author.unwrap_or_default(),
                call_number: placed
                    .and_then(|placed| placed.call_number.clone())
                    .unwrap_or_default(),
                document: manners.document,
                barcodes,
                return_by: ask.return_by.map(|day| day.day(call.zone())),
            },
            pickup: Some(pickup),
            needed_until: ask.pickup_until.map(|day| day.day(call.zone())),
            capture: manners.trap_hold,
            at: call.at.clone(),
        })
        .await?;
    match &answer.outcome {
        Ok(accepted) => Ok(Body::from(AcceptItemResponse {
            request: request.clone(),
            item: Some(call.item_id(&accepted.barcode)),
        })),
        Err(refused) => Err(call.refused(&answer, refused)),
    }
}
