//! 19 → 20.

use circulation::Refused;
use desk::DeskError;
use sip2::messages::{ItemStatusUpdate, ItemStatusUpdateResponse, Response};

use super::Call;

/// The longest remark that is kept of a machine.
const LONGEST: usize = 255;

/// Writes what a machine has to add to an item (CH) as a remark that staff see. Where the item is and what shape it
/// is in no machine says.
pub(super) async fn answer(
    call: &Call<'_>,
    asked: ItemStatusUpdate,
) -> Result<Response, DeskError> {
    let properties = asked.item_properties.unwrap_or_default();
    let note: String = properties.trim().chars().take(LONGEST).collect();
    let noted = call
        .desk
        .note_item(&call.actor(), &asked.barcode, &note, &call.at)
        .await?;
    let now = Some(call.head().now);
    Ok(match noted {
        Ok(item) => ItemStatusUpdateResponse {
            ok: true,
            transaction_date: now,
            barcode: asked.barcode,
            title: Some(item.title),
            item_properties: Some(note),
            ..Default::default()
        },
        Err(refusal) => ItemStatusUpdateResponse {
            transaction_date: now,
            barcode: asked.barcode,
            screen_messages: call.told(&Refused::from(refusal), call.profile.language()),
            ..Default::default()
        },
    }
    .into())
}
