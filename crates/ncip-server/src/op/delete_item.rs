//! `DeleteItem`: a copy of another library has gone.

use ncip::message::{Body, DeleteItem, DeleteItemResponse};

use super::{Call, Told};
use crate::problem::missing;

/// Only what this network took in by `AcceptItem`: a copy of ours is never deleted by anybody's message.
pub(super) async fn answer(call: &Call<'_>, ask: DeleteItem) -> Told {
    let item = ask.item.ok_or_else(|| missing("ItemId"))?;
    let question = format!("{} {}", call.service.name(), item.value);
    let answer = call
        .desk
        .discard(&call.actor(), &item.value, &call.at)
        .await?;
    if let Err(refused) = &answer.outcome {
        // Gone already, by the same message.
        if let Some(body) = call.partner.kept.memory.recall(&question) {
            return Ok(body);
        }
        return Err(call.refused(&answer, refused));
    }
    let body = Body::from(DeleteItemResponse {
        item: call.item_id(&item.value),
    });
    call.partner.kept.memory.keep(question, body.clone());
    Ok(body)
}
