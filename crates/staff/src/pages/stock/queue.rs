//! Who waits for a title, in which order and why.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use circulation::Rulebook;
use desk::{Action, HoldState, QueueLine, QueueTurn};

use crate::{
    Door,
    access::Signed,
    calendar::place_name,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "title_queue.html")]
struct QueuePage {
    frame: Frame,
    bib: i64,
    author: String,
    copies: usize,
    holds: Vec<Line>,
}

struct Line {
    hold: i64,
    name: String,
    card: String,
    reader: i64,
    pickup: String,
    placed: String,
    state: String,
    about: String,
    /// It can still be cancelled here.
    waits: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path(bib): Path<i64>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::PatronRead)?;
    signed.require(Action::Hold)?;
    let t = signed.tongue();
    let queue = door.desk.title_queue(bib, &signed.at).await?;
    let queue = queue.ok_or(Trouble::NotFound)?;
    let read =
        serde_json::json!({ "read": "title_queue", "bib": queue.bib, "shown": queue.holds.len() });
    door.desk
        .note_staff(&signed.member, Action::PatronRead, None, &read, &signed.at)
        .await?;
    let book = door.desk.rulebook();
    let title = format!("{} · {}", queue.title, t.say("file d’attente", "queue"));
    shown(&QueuePage {
        frame: Frame::of(&signed, &title, "/staff"),
        bib: queue.bib,
        author: queue.author,
        copies: queue.copies.len(),
        holds: queue
            .holds
            .into_iter()
            .map(|line| row(t, &book, &signed, line))
            .collect(),
    })
}

/// How far a hold has come.
pub(super) fn state(t: Tongue, state: HoldState) -> String {
    match state {
        HoldState::Waiting => t.say("attend", "waits").to_owned(),
        HoldState::OnItsWay => t.say("en route", "on its way").to_owned(),
        HoldState::Ready(until) => {
            format!(
                "{} {}",
                t.say("à retirer jusqu’au", "to be collected until"),
                t.day(&until)
            )
        }
    }
}

/// Why it stands where it stands, and what it is after.
pub(super) fn about(t: Tongue, line: &QueueLine) -> String {
    let mut about = vec![match line.turn {
        QueueTurn::Served => t
            .say("un exemplaire est mis de côté", "a copy is set aside")
            .to_owned(),
        QueueTurn::Waits { before, copies } => format!(
            "{before} {} · {copies} {}",
            t.say("avant", "before"),
            t.say("exemplaire(s) pouvant servir", "copies that can serve it")
        ),
        QueueTurn::Paused { until } => format!(
            "{} {}",
            t.say("en pause jusqu’au", "paused until"),
            t.day(&until)
        ),
        QueueTurn::Over => t.say("échue", "over").to_owned(),
        QueueTurn::NoCopy => t
            .say("aucun exemplaire ne peut la servir", "no copy can serve it")
            .to_owned(),
    }];
    about.extend(line.asked.as_ref().map(|barcode| {
        let only = t.say("cet exemplaire seulement :", "this copy only:");
        format!("{only} {barcode}")
    }));
    about.extend(line.set_aside.clone());
    about.join(" · ")
}

fn row(t: Tongue, book: &Rulebook, signed: &Signed, line: QueueLine) -> Line {
    let zone = signed.at.time_zone().clone();
    let about = about(t, &line);
    let name = format!("{} {}", line.reader.family_name, line.reader.given_name);
    Line {
        hold: line.hold,
        name: name.trim().to_owned(),
        waits: !line.reader.card.is_empty(),
        card: line.reader.card,
        reader: line.reader.id,
        pickup: place_name(book, Some(line.pickup), t),
        placed: t.day(&line.placed_at.to_zoned(zone).date()),
        state: state(t, line.state),
        about,
    }
}
