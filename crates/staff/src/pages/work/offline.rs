//! What machines did while they were off line, and somebody has to look at.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, OfflineException};
use jiff::Zoned;
use serde::Deserialize;

use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Number, Trouble, reasons,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

const HERE: &str = "/staff/work/offline";
/// The oldest come first; what is settled makes room for the next.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "offline.html")]
struct OfflinePage {
    frame: Frame,
    /// How many there are in all.
    all: usize,
    list: Vec<Row>,
}

struct Row {
    id: i64,
    event: i64,
    what: String,
    when: String,
    terminal: String,
    item: Option<(String, String)>,
    scanned: Option<String>,
    card: Option<String>,
    done: bool,
    told: Vec<String>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let reads = signed.member.may(Action::PatronRead);
    if reads {
        let read = serde_json::json!({ "read": "offline" });
        door.desk
            .note_staff(&signed.member, Action::List, None, &read, &signed.at)
            .await?;
    }
    let all = door
        .desk
        .offline_exceptions(signed.member.branch(), t.0)
        .await?;
    shown(&OfflinePage {
        frame: Frame::of(&signed, t.say("Hors ligne", "Off line"), HERE),
        all: all.len(),
        list: all
            .into_iter()
            .take(SHOWN)
            .map(|line| row(t, line, reads))
            .collect(),
    })
}

fn row(t: Tongue, line: OfflineException, reads: bool) -> Row {
    let moment = |at: &Zoned| format!("{} {}", t.day(&at.date()), at.strftime("%H:%M"));
    Row {
        id: line.id,
        event: line.event,
        what: reasons::asked(t, &line.kind).to_owned(),
        when: moment(&line.happened_at),
        terminal: line.terminal,
        item: line.barcode.zip(line.title),
        scanned: line.scanned,
        card: line.card.filter(|_| reads),
        done: line.done,
        told: line.told,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn settle(
    State(door): State<Arc<Door>>,
    Number(id): Number,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form { signed, .. } = form;
    signed.require(Action::List)?;
    signed.require(Action::Circulate)?;
    let desk = &door.desk;
    let (member, at) = (&signed.member, &signed.at);
    // One of this branch, or none.
    let all = desk
        .offline_exceptions(member.branch(), member.language())
        .await?;
    if all.iter().any(|line| line.id == id) {
        desk.settle_offline_exception(id, Some(member.id()), at)
            .await?;
    }
    Ok(Redirect::to(HERE).into_response())
}
