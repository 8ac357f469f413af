//! The hold shelf, and what is to be cleared from it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use desk::{Action, SetAside, ShelfAfter, ShelfAsk};

use super::Asked;
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "hold_shelf.html")]
struct HoldShelfPage {
    frame: Frame,
    /// Only what is to be cleared away.
    clearing: bool,
    goes_on: bool,
    list: Vec<Row>,
    next: Option<String>,
}

#[derive(Debug)]
struct Row {
    barcode: String,
    title: String,
    until: String,
    /// Nobody waits for it any more, or the last day is over.
    clear: bool,
    card: Option<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let from: Option<ShelfAfter> = after(asked.after.as_deref())?;
    let clearing = asked.only.as_deref() == Some("clear");
    let branch = signed.member.branch();
    let reads = signed.member.may(Action::PatronRead);
    if reads {
        let read = serde_json::json!({ "read": "hold_shelf", "branch": branch });
        door.desk
            .note_staff(&signed.member, Action::List, None, &read, &signed.at)
            .await?;
    }
    let ask = ShelfAsk {
        branch,
        to_clear: clearing.then(|| signed.at.date()),
        after: from,
        most: LINES,
    };
    let list = door.desk.shelf_page(&ask).await?;
    let t = signed.tongue();
    let title = t.say("Étagère des réservations", "Hold shelf");
    shown(&HoldShelfPage {
        frame: Frame::of(&signed, title, "/staff/lists/hold-shelf"),
        clearing,
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|item| row(t, &signed, reads, item))
            .collect(),
    })
}

fn row(t: Tongue, signed: &Signed, reads: bool, item: SetAside) -> Row {
    Row {
        clear: !item.active || item.until < signed.at.date(),
        until: t.day(&item.until),
        barcode: item.barcode,
        title: item.title,
        card: item.card.filter(|_| reads),
    }
}
