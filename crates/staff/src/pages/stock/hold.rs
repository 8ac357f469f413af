//! A hold: how far it is, and what can be changed of it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::{BranchCode, Refused};
use desk::{Action, HeldThing, HoldAsk, HoldState, HoldWish, Pause, QueueLine, QueueTurn};
use jiff::civil::Date;
use serde::Deserialize;

use super::queue;
use crate::{
    Door,
    access::{Form, Signed},
    calendar::place_name,
    pages::{
        Number, Trouble,
        desk::{key, known, no_pins, once},
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "hold.html")]
struct HoldPage {
    frame: Frame,
    hold: i64,
    once: String,
    done: bool,
    refused: Vec<String>,
    bib: i64,
    title: String,
    reader: i64,
    name: String,
    card: String,
    about: Vec<(&'static str, String)>,
    /// It waits, and can still be changed.
    waits: bool,
    branches: Vec<(String, String, bool)>,
    last_day: Date,
    paused_until: Option<Date>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    done: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Number(hold): Number,
    Query(told): Query<Told>,
    signed: Signed,
) -> Result<Response, Trouble> {
    one(&door, &signed, hold, told.done == "changed", None).await
}

async fn one(
    door: &Door,
    signed: &Signed,
    hold: i64,
    done: bool,
    refused: Option<&Refused>,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronRead)?;
    signed.require(Action::Hold)?;
    let t = signed.tongue();
    let found = door.desk.hold_in_queue(hold, &signed.at).await?;
    let (queue, line) = found.ok_or(Trouble::NotFound)?;
    let read = serde_json::json!({ "read": "hold" });
    let (action, reader) = (Action::PatronRead, Some(line.reader.id));
    door.desk
        .note_staff(&signed.member, action, reader, &read, &signed.at)
        .await?;
    let book = door.desk.rulebook();
    let pickup = line.pickup;
    let title = format!("{} · {}", t.say("Réservation", "Hold"), queue.title);
    let text = |no: &circulation::Refusal| no.text(t.0, &book);
    let name = format!("{} {}", line.reader.given_name, line.reader.family_name);
    shown(&HoldPage {
        frame: Frame::of(signed, &title, "/staff"),
        hold,
        once: once(signed),
        done,
        refused: refused.map_or_else(Vec::new, |no| no.all().iter().map(text).collect()),
        bib: queue.bib,
        title: queue.title,
        reader: line.reader.id,
        name: name.trim().to_owned(),
        card: line.reader.card.clone(),
        about: vec![
            (t.say("État", "State"), queue::state(t, line.state)),
            (t.say("Place", "Place"), queue::about(t, &line)),
            (
                t.say("À retirer à", "To be collected at"),
                place_name(&book, Some(pickup), t),
            ),
            (t.say("Réservé le", "Placed on"), placed(signed, &line)),
            (
                t.say("Attend jusqu’au", "Waits until"),
                t.day(&line.expires_on),
            ),
        ],
        waits: line.state == HoldState::Waiting && !line.reader.card.is_empty(),
        branches: book
            .branches
            .values()
            .map(|branch| {
                let (code, name) = (branch.code.to_string(), branch.name.clone());
                (code, name, branch.code == pickup)
            })
            .collect(),
        last_day: line.expires_on,
        paused_until: match line.turn {
            QueueTurn::Paused { until } => Some(until),
            _ => None,
        },
    })
}

fn placed(signed: &Signed, line: &QueueLine) -> String {
    let day = line.placed_at.to_zoned(signed.at.time_zone().clone());
    signed.tongue().day(&day.date())
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    card: String,
    pickup: BranchCode,
    /// Days, as a browser writes them; empty: none.
    #[serde(default)]
    needed_until: String,
    #[serde(default)]
    paused_until: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn change(
    State(door): State<Arc<Door>>,
    Number(hold): Number,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::Hold)?;
    let pause = day(&sent.paused_until)?.map_or(Pause::Over, Pause::Until);
    let what = [
        "hold",
        &hold.to_string(),
        &sent.paused_until,
        &sent.needed_until,
        sent.pickup.as_ref(),
    ];
    let ask = HoldAsk {
        actor: signed.actor(),
        wish: HoldWish::Change(pause),
        pin: None,
        visit: no_pins(),
        what: HeldThing::Hold(hold),
        pickup: Some(known(&door, sent.pickup)?),
        needed_until: day(&sent.needed_until)?,
        at: signed.at.clone(),
        key: Some(key(&signed, &sent.once, &what)),
        request: None,
        dry: false,
        card: sent.card,
    };
    match door.desk.hold(ask).await?.outcome {
        Ok(_) => {
            let page = format!("/staff/holds/{hold}?done=changed");
            Ok(Redirect::to(&page).into_response())
        }
        Err(refused) => one(&door, &signed, hold, false, Some(&refused)).await,
    }
}

fn day(text: &str) -> Result<Option<Date>, Trouble> {
    let text = Some(text.trim()).filter(|text| !text.is_empty());
    text.map(str::parse)
        .transpose()
        .map_err(|error: jiff::Error| Trouble::Unreadable(error.to_string()))
}
