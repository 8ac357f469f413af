//! Records joined and parted, and the way back.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, post},
};
use circulation::Language;
use desk::{Action, Librarian, MoveLine, Moved, NotMoved};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inventories::done;
use crate::{
    Door,
    api::{
        answer::{Asking, Done, Kept, once},
        input::{Command, Named, query},
        keyset::{after, cursor, most},
        problem::{Problem, REFUSED},
        route::{Needs, Route, Shape},
        shown::{PAGED, Page, shown},
        words::{Branch, Scan},
    },
    moves::not_moved_text,
};

/// The title that ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BibMerge {
    /// By the number of its bib.
    from: i64,
}

/// A record that is of another document than its title.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordSplit {
    /// The branch that it came from.
    branch: Branch,
    /// Its control number there.
    number: Scan,
}

/// Nothing to say about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveUndo {}

/// What was moved.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct RecordsMoved {
    /// Its number, to take it back by.
    number: i64,
    /// The bib that things left.
    from: i64,
    /// The bib that they went to.
    to: i64,
    /// How many records went over.
    records: usize,
    /// How many copies.
    items: usize,
    /// How many active holds.
    holds: usize,
    /// How many holds ended, or, on the way back, came to life again.
    closed: usize,
}

impl Kept for RecordsMoved {}

impl From<Moved> for RecordsMoved {
    fn from(moved: Moved) -> Self {
        Self {
            number: moved.id,
            from: moved.from_bib,
            to: moved.to_bib,
            records: moved.sources,
            items: moved.items,
            holds: moved.holds,
            closed: moved.closed,
        }
    }
}

/// A move that somebody decided.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct MoveShown {
    /// Its number, to take it back by.
    number: i64,
    /// Two titles were joined; otherwise a record left its title.
    merge: bool,
    /// The bib that things left.
    from: i64,
    /// The bib that they went to.
    to: i64,
    /// How many copies went over.
    items: i64,
    /// How many active holds.
    holds: i64,
    /// When.
    #[schema(value_type = String, format = "date-time")]
    at: Timestamp,
    /// Who, if it was a member of staff.
    staff: Option<String>,
    /// When it was taken back.
    #[schema(value_type = Option<String>, format = "date-time")]
    undone_at: Option<Timestamp>,
}

impl From<MoveLine> for MoveShown {
    fn from(line: MoveLine) -> Self {
        Self {
            number: line.id,
            merge: line.merge,
            from: line.from.0,
            to: line.to.0,
            items: line.items,
            holds: line.holds,
            at: line.at,
            staff: line.staff,
            undone_at: line.undone_at,
        }
    }
}

const DONE: &str = r#"{"outcome": {"number": 9, "from": 777, "to": 12345, "records": 1, "items": 2, "holds": 0, "closed": 0},
    "event": null, "dry_run": false, "replayed": false}"#;

fn command(
    path: &'static str,
    name: &'static str,
    (summary, text): (&'static str, &'static str),
    takes: Shape,
) -> Route {
    Route {
        method: Method::POST,
        path,
        needs: Needs::Here(Action::CatalogueMerge),
        name,
        summary,
        text,
        parameters: &[],
        takes: Some(takes),
        gives: Shape::around::<Done<RecordsMoved>, RecordsMoved>(DONE),
        keyed: true,
        serve: || post(merge),
    }
}

pub(super) fn routes() -> [Route; 5] {
    [
        command(
            "/bibs/{bib}/merge",
            "merge_bibs",
            (
                "Réunir deux titres — Join two titles",
                "The title of the address stays; records, copies and holds of the other go over. Who waits for both waits once.",
            ),
            Shape::of::<BibMerge>(r#"{"from": 777}"#),
        ),
        Route {
            serve: || post(split),
            ..command(
                "/records/split",
                "split_record",
                (
                    "Détacher une notice — Part a record",
                    "It gets a title of its own, with the copies that came with it.",
                ),
                Shape::of::<RecordSplit>(r#"{"branch": "LENS", "number": "000123"}"#),
            )
        },
        Route {
            serve: || post(undo),
            ..command(
                "/moves/{move}/undo",
                "undo_move",
                (
                    "Défaire — Take a move back",
                    "What changed meanwhile and has another place now stays there. A body is not needed.",
                ),
                Shape::of::<MoveUndo>("{}"),
            )
        },
        Route {
            gives: Shape::around::<Done<KeptApart>, KeptApart>(
                r#"{"outcome": {}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            serve: || post(apart),
            ..command(
                "/work-lists/records/{doubt}/apart",
                "keep_records_apart",
                (
                    "Laisser ainsi — Leave them as they are",
                    "The doubt is settled, and not raised again. A body is not needed.",
                ),
                Shape::of::<MoveUndo>("{}"),
            )
        },
        Route {
            method: Method::GET,
            path: "/moves",
            needs: Needs::Here(Action::CatalogueMerge),
            name: "moves",
            summary: "Réunis, séparés — What was joined and parted",
            text: "By people, the last first. Never more than 50 are told at a time.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<MoveShown>, MoveShown>(r#"{"items": [], "next": null}"#),
            keyed: false,
            serve: || get(moves),
        },
    ]
}

/// Nothing more to say about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct KeptApart {}

impl Kept for KeptApart {}

fn by(asking: &Asking) -> Librarian<'_> {
    Librarian {
        name: asking.caller.member.login(),
        staff_id: Some(asking.caller.member.id()),
    }
}

fn told(moved: Result<Moved, NotMoved>) -> Result<Done<RecordsMoved>, Problem> {
    let problem = |not| {
        let fr = not_moved_text(not, Language::French);
        let en = not_moved_text(not, Language::English);
        Problem::new(REFUSED, fr, en)
    };
    moved
        .map(|moved| done(RecordsMoved::from(moved)))
        .map_err(problem)
}

async fn merge(
    State(door): State<Arc<Door>>,
    Named(bib): Named,
    command: Command<BibMerge>,
) -> Result<Response, Problem> {
    let to = bib.parse().map_err(|_| Problem::not_found())?;
    once(door, command, false, move |asking, sent, _| async move {
        let (desk, at) = (asking.desk(), &asking.caller.at);
        told(desk.merge_bibs(sent.from, to, by(&asking), at).await?)
    })
    .await
}

async fn split(
    State(door): State<Arc<Door>>,
    command: Command<RecordSplit>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, sent, _| async move {
        let (desk, at) = (asking.desk(), &asking.caller.at);
        let (branch, number) = (sent.branch.0, &sent.number.0);
        told(desk.split_record(branch, number, by(&asking), at).await?)
    })
    .await
}

async fn undo(
    State(door): State<Arc<Door>>,
    Named(number): Named,
    command: Command<MoveUndo>,
) -> Result<Response, Problem> {
    let number = number.parse().map_err(|_| Problem::not_found())?;
    once(door, command, false, move |asking, _, _| async move {
        let (desk, at) = (asking.desk(), &asking.caller.at);
        match desk.take_back_move(number, by(&asking), at).await? {
            Err(NotMoved::NoMove(_)) => Err(Problem::not_found()),
            moved => told(moved),
        }
    })
    .await
}

async fn apart(
    State(door): State<Arc<Door>>,
    Named(doubt): Named,
    command: Command<MoveUndo>,
) -> Result<Response, Problem> {
    let doubt = doubt.parse().map_err(|_| Problem::not_found())?;
    once(door, command, false, move |asking, _, _| async move {
        let (desk, at) = (asking.desk(), &asking.caller.at);
        match desk.keep_apart(doubt, by(&asking), at).await? {
            true => Ok(done(KeptApart {})),
            false => Err(Problem::not_found()),
        }
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn moves(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Paged = query(asked.as_deref())?;
    let place: Option<i64> = after("moves", asked.cursor.as_deref())?;
    let listed = door.desk.moves(place, most(asked.limit)?).await?;
    let page: Page<MoveShown> = Page {
        items: listed.lines.into_iter().map(MoveShown::from).collect(),
        next: listed.next.and_then(|last| cursor("moves", &last)),
    };
    shown(&headers, &page)
}
