//! `CheckOutItem`: lend it.

use circulation::Refusal;
use desk::{CheckoutAsk, RequestKey};
use ncip::{
    lists::{ItemElement, UserElement},
    message::{Body, CheckOutItem, CheckOutItemResponse},
    model::{ItemId, RequestId},
};

use super::{Call, Failed, Told};
use crate::{problem::missing, told};

/// Lends by the same rules as a kiosk. Asked for again by whoever has it, it is the same loan: the same due date, and
/// never a renewal.
pub(super) async fn answer(call: &Call<'_>, ask: CheckOutItem) -> Told {
    let (barcode, of_request) = call.copy(ask.item.as_ref(), ask.request.as_ref()).await?;
    let user = match (&ask.user, of_request) {
        (None, Some(card)) if ask.inputs.is_empty() => Some(call.user_id(&card)),
        (user, _) => user.clone(),
    };
    let reader = call.reader(user.as_ref(), &ask.inputs).await?;
    let request = ask
        .request
        .as_ref()
        .map_or("", |request| request.value.as_str());
    let parts = [call.service.name(), &reader.card, &barcode, request];
    let answer = call
        .desk
        .checkout(CheckoutAsk {
            actor: call.actor(),
            card: reader.card.clone(),
            barcode: barcode.clone(),
            pin: reader.pin.clone(),
            visit: call.partner.kept.visit.clone(),
            at: call.at.clone(),
            key: Some(RequestKey::new(call.terminal(), &parts)),
            desired_due: ask.desired_due.map(|day| day.day(call.zone())),
            renew_if_lent: false,
            dry: false,
        })
        .await?;
    let due = match &answer.outcome {
        Ok(lent) => lent.due,
        Err(refused) => match refused.headline() {
            Refusal::AlreadyLentToYou { due } => *due,
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
    Ok(Body::from(CheckOutItemResponse {
        item: call.item_id(&barcode),
        user: call.user_id(&reader.card),
        due: call.end_of(due),
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

impl Call<'_> {
    /// The copy that a message is about, by its barcode or by a request of this partner, and the card of that request.
    pub(super) async fn copy(
        &self,
        item: Option<&ItemId>,
        request: Option<&RequestId>,
    ) -> Result<(String, Option<String>), Failed> {
        match (item, request) {
            (Some(item), None) => Ok((item.value.clone(), None)),
            (Some(item), Some(request)) => {
                let view = self.request(request).await?;
                Ok((item.value.clone(), view.and_then(|view| view.card)))
            }
            (None, Some(request)) => {
                let Some(view) = self.request(request).await? else {
                    return Err(self.unknown_item(&request.value, "RequestId").into());
                };
                let barcode = view
                    .barcode
                    .ok_or_else(|| self.unknown_item(&request.value, "RequestId"))?;
                Ok((barcode, view.card))
            }
            (None, None) => Err(missing("ItemId").into()),
        }
    }

    /// Of what is asked for of a reader, what this partner may hear.
    pub(super) fn tellable(
        &self,
        asked: &[UserElement],
        reader: &super::reader::Reader,
    ) -> Vec<UserElement> {
        use crate::manners::Persons;
        let trusted = self.partner.manners.persons == Persons::Always || reader.pin.is_some();
        let may = |element: &&UserElement| trusted || **element == UserElement::UserPrivilege;
        asked.iter().filter(may).copied().collect()
    }
}
