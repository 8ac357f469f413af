//! What should stand on the shelves and was not scanned.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::NotSeenAfter;
use serde::Deserialize;

use super::{HERE, found, range};
use crate::{
    Door,
    access::Signed,
    pages::{
        Number, Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "inventory_missing.html")]
struct MissingPage {
    frame: Frame,
    id: i64,
    range: String,
    closed: bool,
    list: Vec<(String, String, String)>,
    goes_on: bool,
    next: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Number(id): Number,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let inventory = found(&door, &signed, id).await?;
    let t = signed.tongue();
    let from: Option<NotSeenAfter> = after(asked.after.as_deref())?;
    let list = door
        .desk
        .not_seen(id, from.as_ref(), LINES, &signed.at)
        .await?;
    let title = format!(
        "{} {id}",
        t.say("Non vus à l’inventaire", "Not seen by inventory")
    );
    shown(&MissingPage {
        frame: Frame::of(&signed, &title, HERE),
        id,
        range: range(&signed, &inventory),
        closed: inventory.closed_at.is_some(),
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|line| (line.call_number, line.barcode, line.title))
            .collect(),
    })
}
