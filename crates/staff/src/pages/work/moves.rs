//! What was joined and parted lately, and the way back.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, Librarian, MoveLine};
use serde::Deserialize;

use crate::{
    Door,
    access::{Form, Signed},
    moves::not_moved_text,
    pages::{
        Number, Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

const HERE: &str = "/staff/work/moves";

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    after: Option<String>,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "moves.html")]
struct MovesPage {
    frame: Frame,
    done: bool,
    refused: Option<String>,
    list: Vec<Row>,
    goes_on: bool,
    next: Option<String>,
}

struct Row {
    number: i64,
    what: &'static str,
    from: (i64, String),
    to: (i64, String),
    items: i64,
    holds: i64,
    when: String,
    undone: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Result<Response, Trouble> {
    list(&door, &signed, wanted, None).await
}

async fn list(
    door: &Door,
    signed: &Signed,
    wanted: Wanted,
    refused: Option<String>,
) -> Result<Response, Trouble> {
    signed.require(Action::CatalogueMerge)?;
    let t = signed.tongue();
    let from: Option<i64> = after(wanted.after.as_deref())?;
    let moves = door.desk.moves(from, LINES).await?;
    let title = t.say("Notices réunies ou séparées", "Records joined and parted");
    shown(&MovesPage {
        frame: Frame::of(signed, title, HERE),
        done: wanted.done == "undone",
        refused,
        goes_on: from.is_some(),
        next: next(moves.next.as_ref()),
        list: moves
            .lines
            .into_iter()
            .map(|line| row(t, signed, line))
            .collect(),
    })
}

fn row(t: Tongue, signed: &Signed, line: MoveLine) -> Row {
    let at = line.at.to_zoned(signed.at.time_zone().clone());
    let when = format!("{} {}", t.day(&at.date()), at.strftime("%H:%M"));
    Row {
        number: line.id,
        what: match line.merge {
            true => t.say("réuni à", "joined to"),
            false => t.say("séparé, devenu", "parted, now"),
        },
        from: line.from,
        to: line.to,
        items: line.items,
        holds: line.holds,
        when: [Some(when), line.staff]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        undone: line.undone_at.is_some(),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn undo(
    State(door): State<Arc<Door>>,
    Number(number): Number,
    posted: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form {
        signed,
        sent: Nothing {},
    } = posted;
    signed.require(Action::CatalogueMerge)?;
    let by = Librarian {
        name: signed.member.login(),
        staff_id: Some(signed.member.id()),
    };
    match door.desk.take_back_move(number, by, &signed.at).await? {
        Ok(_) => Ok(Redirect::to(&format!("{HERE}?done=undone")).into_response()),
        Err(not) => {
            let told = not_moved_text(not, signed.tongue().0);
            list(&door, &signed, Wanted::default(), Some(told)).await
        }
    }
}
