//! Two records that may be one document: joined, or kept apart.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, Librarian, RecordDoubt, doubt_reasons};
use serde::Deserialize;

use crate::{
    Door,
    access::{Form, Signed},
    moves::not_moved_text,
    pages::{
        Number, Trouble,
        after::{after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

const HERE: &str = "/staff/work/records";
/// Each takes a look at two titles.
const A_PAGE: u32 = 20;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    after: Option<String>,
    #[serde(default)]
    done: String,
    #[serde(default)]
    number: String,
}

#[derive(Template)]
#[template(path = "doubts.html")]
struct DoubtsPage {
    frame: Frame,
    done: Option<&'static str>,
    /// The move that was just made, to be taken back.
    made: String,
    refused: Option<String>,
    list: Vec<Row>,
    goes_on: bool,
    next: Option<String>,
}

struct Row {
    number: i64,
    bib: (i64, String),
    other: Option<(i64, String)>,
    record: String,
    score: i16,
    why: String,
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
    let from: Option<(i16, i64)> = after(wanted.after.as_deref())?;
    let doubts = door.desk.doubts_page(from, A_PAGE).await?;
    let title = t.say("Notices en double ?", "Records of one document?");
    shown(&DoubtsPage {
        frame: Frame::of(signed, title, HERE),
        done: match wanted.done.as_str() {
            "merged" => Some(t.say(
                "Les deux titres n’en font qu’un.",
                "The two titles are one.",
            )),
            "apart" => Some(t.say(
                "Les deux titres restent séparés.",
                "The two titles stay apart.",
            )),
            "split" => Some(t.say(
                "La notice a son propre titre.",
                "The record has a title of its own.",
            )),
            _ => None,
        },
        made: match wanted.number.parse::<i64>() {
            Ok(number) => number.to_string(),
            Err(_) => String::new(),
        },
        refused,
        goes_on: from.is_some(),
        next: next(doubts.next.as_ref()),
        list: doubts
            .lines
            .into_iter()
            .map(|doubt| row(t, doubt))
            .collect(),
    })
}

fn row(t: Tongue, doubt: RecordDoubt) -> Row {
    let why = doubt_reasons(&doubt, t.0).join(", ");
    let (branch, number) = &doubt.record;
    Row {
        number: doubt.number,
        record: format!("{branch} {number}"),
        bib: doubt.bib,
        other: doubt.other,
        score: doubt.score / 10,
        why,
    }
}

/// What somebody decided of a doubt, with what they saw of it.
#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    how: String,
    from: i64,
    to: i64,
    #[serde(default)]
    record: String,
}

pub(super) async fn decide(
    State(door): State<Arc<Door>>,
    Number(doubt): Number,
    posted: Form<Decision>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(Action::CatalogueMerge)?;
    let by = Librarian {
        name: signed.member.login(),
        staff_id: Some(signed.member.id()),
    };
    let (desk, at) = (&door.desk, &signed.at);
    let moved = match sent.how.as_str() {
        "merge" => desk.merge_bibs(sent.from, sent.to, by, at).await?,
        "split" => {
            let (branch, number) = sent.record.split_once(' ').ok_or(Trouble::NotFound)?;
            let branch = branch.parse().map_err(|_| Trouble::NotFound)?;
            desk.split_record(branch, number, by, at).await?
        }
        "apart" => {
            desk.keep_apart(doubt, by, at).await?;
            return Ok(Redirect::to(&format!("{HERE}?done=apart")).into_response());
        }
        _ => return Err(Trouble::NotFound),
    };
    let done = match sent.how.as_str() {
        "merge" => "merged",
        _ => "split",
    };
    match moved {
        Ok(moved) => {
            let told = format!("{HERE}?done={done}&number={}", moved.id);
            Ok(Redirect::to(&told).into_response())
        }
        Err(not) => {
            let told = not_moved_text(not, signed.tongue().0);
            list(&door, &signed, Wanted::default(), Some(told)).await
        }
    }
}
