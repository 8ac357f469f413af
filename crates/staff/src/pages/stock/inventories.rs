//! A branch's inventories: begun, gone on with, closed.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, ShelfRange};
use serde::Deserialize;

use super::{HERE, found, range};
use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Number, Trouble,
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "inventories.html")]
struct ListPage {
    frame: Frame,
    told: Option<&'static str>,
    first: String,
    last: String,
    lines: Vec<Line>,
}

struct Line {
    id: i64,
    range: String,
    about: String,
    scanned: i64,
    closed: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    show(&door, &signed, None, Begun::default()).await
}

async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    told: Option<&'static str>,
    typed: Begun,
) -> Result<Response, Trouble> {
    signed.require(Action::Inventory)?;
    let t = signed.tongue();
    let zone = signed.at.time_zone();
    let all = door.desk.inventories(signed.member.branch()).await?;
    shown(&ListPage {
        frame: Frame::of(signed, t.say("Inventaires", "Inventories"), HERE),
        told,
        first: typed.first,
        last: typed.last,
        lines: all
            .into_iter()
            .map(|inventory| Line {
                id: inventory.id,
                range: range(signed, &inventory),
                about: format!(
                    "{} {} {} {}",
                    t.say("commencé le", "begun on"),
                    t.day(&inventory.started_at.to_zoned(zone.clone()).date()),
                    t.say("par", "by"),
                    inventory.started_by
                ),
                scanned: inventory.scanned,
                closed: inventory.closed_at.is_some(),
            })
            .collect(),
    })
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Begun {
    /// The first call number; with `last` empty too: all shelves.
    #[serde(default)]
    first: String,
    #[serde(default)]
    last: String,
}

pub(super) async fn begin(
    State(door): State<Arc<Door>>,
    form: Form<Begun>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::Inventory)?;
    let t = signed.tongue();
    let (first, last) = (sent.first.trim(), sent.last.trim());
    let shelves = match (first, last) {
        ("", "") => None,
        (first, "") => ShelfRange::new(first, first),
        (first, last) => match ShelfRange::new(first, last) {
            Some(range) => Some(range),
            None => {
                let told = t.say(
                    "La dernière cote vient avant la première : rien n’est commencé.",
                    "The last call number comes before the first: nothing is begun.",
                );
                return show(&door, &signed, Some(told), sent).await;
            }
        },
    };
    let branch = signed.member.branch();
    // A form that comes twice begins one.
    let open = door.desk.inventories(branch).await?;
    let wanted = shelves.as_ref().map(|_| {
        (
            first.to_owned(),
            if last.is_empty() { first } else { last }.to_owned(),
        )
    });
    let same = open
        .iter()
        .find(|inventory| inventory.closed_at.is_none() && inventory.range == wanted);
    let id = match same {
        Some(inventory) => inventory.id,
        None => {
            let (by, at) = (signed.member.id(), &signed.at);
            door.desk
                .begin_inventory(by, branch, shelves.as_ref(), at)
                .await?
        }
    };
    Ok(Redirect::to(&format!("{HERE}/{id}")).into_response())
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn close(
    State(door): State<Arc<Door>>,
    Number(id): Number,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form { signed, .. } = form;
    found(&door, &signed, id).await?;
    door.desk.close_inventory(id, &signed.at).await?;
    Ok(Redirect::to(&format!("{HERE}/{id}/missing")).into_response())
}
