//! `LookupItem`: where is this copy, in what state?

use circulation::Place;
use desk::CopyView;
use ncip::{
    lists::ItemElement,
    message::{Body, LookupItem, LookupItemResponse},
    model::{ItemId, Problem},
};

use super::{Call, Failed, Told};
use crate::{
    problem::{about, missing, plain_refusal},
    told,
};

/// Who has it and who waits for it is never told: a copy's number opens no reader's file.
pub(super) async fn answer(call: &Call<'_>, ask: LookupItem) -> Told {
    let (request, barcode) = match (&ask.item, &ask.request) {
        (Some(item), _) => (None, item.value.clone()),
        (None, Some(request)) => {
            let view = call.known_request(request).await?;
            let barcode = view
                .barcode
                .ok_or_else(|| call.unknown_item(&request.value, "RequestId"))?;
            (Some(request.clone()), barcode)
        }
        (None, None) => return Err(missing("ItemId").into()),
    };
    let view = call.item(&barcode, ask.item.as_ref()).await?;
    let wanted: Vec<ItemElement> = ask.elements.iter().filter_map(ItemElement::of).collect();
    let mut fields = told::item(call, &view, &wanted);
    if let (Place::Loan { loan, .. }, Some(_)) = (&view.place, &fields.circulation_status) {
        fields.date_due = Some(call.end_of(loan.due));
    }
    Ok(Body::from(LookupItemResponse {
        request,
        item: Some(call.item_id(&view.barcode)),
        pickup_date: None,
        transaction: None,
        fields: Some(fields),
    }))
}

impl Call<'_> {
    /// A copy by its barcode. Where branches share a number, an agency that is one of them says which is meant.
    pub(super) async fn item(
        &self,
        barcode: &str,
        id: Option<&ItemId>,
    ) -> Result<CopyView, Failed> {
        let known = |branch| self.book.branches.contains_key(&branch);
        let named = id.and_then(|id| id.agency.as_ref());
        let named = named.and_then(|agency| self.partner.place(&agency.text, &known));
        let view = self
            .desk
            .copy(named.unwrap_or(self.branch), barcode)
            .await?;
        view.map_err(|refusal| {
            let problem = plain_refusal(self.desk, self.service, &refusal, self.language());
            about(problem, "ItemId", Some(barcode)).into()
        })
    }

    pub(super) fn unknown_item(&self, value: &str, element: &str) -> Problem {
        let refusal = circulation::Refusal::ItemUnknown;
        about(
            plain_refusal(self.desk, self.service, &refusal, self.language()),
            element,
            Some(value),
        )
    }
}
