//! `RenewItem`: lend it longer.

use circulation::Refusal;
use desk::RenewAsk;
use ncip::{
    lists::{ItemElement, UserElement},
    message::{Body, RenewItem, RenewItemResponse},
};

use super::{Call, Told};
use crate::{problem::missing, told};

/// The same question on the same day is the same renewal: brokers send again what was not answered in time.
pub(super) async fn answer(call: &Call<'_>, ask: RenewItem) -> Told {
    let item = ask.item.as_ref().ok_or_else(|| missing("ItemId"))?;
    let reader = call.reader(ask.user.as_ref(), &ask.inputs).await?;
    let barcode = item.value.clone();
    let answer = call
        .desk
        .renew(RenewAsk {
            actor: call.actor(),
            card: reader.card.clone(),
            barcode: barcode.clone(),
            pin: reader.pin.clone(),
            visit: call.partner.kept.visit.clone(),
            at: call.at.clone(),
            key: Some(call.key_of_the_day(&[&reader.card, &barcode])),
            dry: false,
        })
        .await?;
    let lent = match &answer.outcome {
        Ok(lent) => lent,
        Err(refused) => match refused.headline() {
            Refusal::CardUnknown | Refusal::PinWrong | Refusal::PinTooOften
                if reader.pin.is_some() =>
            {
                return Err(call.not_authenticated().into());
            }
            _ => return Err(call.refused(&answer, refused)),
        },
    };
    let items: Vec<_> = ask
        .item_elements
        .iter()
        .filter_map(ItemElement::of)
        .collect();
    let users: Vec<_> = ask
        .user_elements
        .iter()
        .filter_map(UserElement::of)
        .collect();
    Ok(Body::from(RenewItemResponse {
        item: call.item_id(&barcode),
        user: Some(call.user_id(&reader.card)),
        due: Some(call.end_of(lent.due)),
        renewals: None,
        fields: match items.is_empty() {
            true => None,
            false => Some(told::item(call, &call.item(&barcode, None).await?, &items)),
        },
        user_fields: match users.is_empty() {
            true => None,
            false => Some(told::user(
                call,
                &call.file(&reader).await?,
                &call.tellable(&users, &reader),
            )),
        },
    }))
}
