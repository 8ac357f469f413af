//! `CheckInItem`: take it back.

use circulation::Refusal;
use desk::CheckinAsk;
use ncip::{
    lists::{ItemElement, LocationKind, RequestType},
    message::{Body, CheckInItem, CheckInItemResponse},
    model::{Destination, Location, RoutingInformation},
};

use super::{Call, Told};
use crate::{
    manners::NotLent,
    problem::{about, plain_refusal},
    told,
};

/// Takes back by the same rules as a kiosk: who waits is served, and what belongs elsewhere travels. What was not lent is
/// looked at all the same; when it was not, and nobody waited for it, the partner hears so, in the words that brokers
/// take for harmless.
pub(super) async fn answer(call: &Call<'_>, ask: CheckInItem) -> Told {
    let (barcode, _) = call.copy(ask.item.as_ref(), ask.request.as_ref()).await?;
    let question = format!("{} {barcode}", call.service.name());
    let answer = call
        .desk
        .checkin(CheckinAsk {
            actor: call.actor(),
            barcode: barcode.clone(),
            at: call.at.clone(),
            capture: true,
            dry: false,
        })
        .await?;
    let returned = match &answer.outcome {
        Ok(returned) => returned,
        Err(refused) if *refused.headline() == Refusal::ItemUnknown => {
            // A temporary copy that is gone with its return: the same return once more.
            if let Some(body) = call.partner.kept.memory.recall(&question) {
                return Ok(body);
            }
            return Err(call.refused(&answer, refused));
        }
        Err(refused) => return Err(call.refused(&answer, refused)),
    };
    let moved = returned.was_lent || returned.for_whom.is_some();
    if !moved {
        if let Some(body) = call.partner.kept.memory.recall(&question) {
            return Ok(body);
        }
        if call.partner.manners.not_lent == NotLent::Problem {
            let refusal = Refusal::NotOnLoan;
            let problem = plain_refusal(call.desk, call.service, &refusal, call.language());
            return Err(about(problem, "ItemId", Some(&barcode)).into());
        }
    }
    let items: Vec<_> = ask
        .item_elements
        .iter()
        .filter_map(ItemElement::of)
        .collect();
    let fields = match items.is_empty() {
        true => None,
        false => Some(told::item(call, &call.item(&barcode, None).await?, &items)),
    };
    let body = Body::from(CheckInItemResponse {
        item: call.item_id(&barcode),
        user: None,
        routing: routing(call, returned),
        fields,
        user_fields: None,
    });
    if call.partner.manners.delete_on_return {
        // What is none of the partner's own stays where it is: the desk says no, and that is all.
        let gone = call.desk.discard(&call.actor(), &barcode, &call.at).await?;
        if let Err(refused) = gone.outcome {
            let why = refused.headline().code();
            tracing::debug!(partner = call.partner.login(), why, "a returned copy stays");
        }
    }
    call.partner.kept.memory.keep(question, body.clone());
    Ok(body)
}

fn routing(call: &Call<'_>, returned: &desk::Returned) -> Option<RoutingInformation> {
    let named = |branch| {
        Location::named(
            LocationKind::TemporaryLocation.into(),
            call.partner.their_name(branch),
        )
    };
    let (place, held) = match (returned.to, returned.hold_shelf) {
        (Some(to), _) => (to, returned.for_whom.is_some()),
        (None, Some(_)) => (call.branch, true),
        (None, None) => return None,
    };
    let told = match (returned.to.is_some(), call.language()) {
        (true, circulation::Language::French) => "Envoyer par la navette",
        (true, circulation::Language::English) => "Send by the shuttle",
        (false, circulation::Language::French) => "Mettre de côté",
        (false, circulation::Language::English) => "Set aside",
    };
    Some(RoutingInformation {
        instructions: told.to_owned(),
        destination: Destination {
            bin: None,
            location: Some(named(place)),
        },
        request_type: held.then(|| RequestType::Hold.into()),
        user: None,
    })
}
