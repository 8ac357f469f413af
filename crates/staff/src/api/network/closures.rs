//! Closures: announced, read, taken back.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::{delete, get, post},
};
use circulation::Closure;
use desk::{Action, ClosureAsk, ClosureEnded, ClosureLine};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moves::{Moves, problem};
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::shown,
        words::{Branch, Day, Words},
    },
};

/// A closure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct ClosureShown {
    /// Its number.
    closure: i64,
    /// Which branch is closed; none: every branch.
    #[schema(example = "LENS")]
    branch: Option<String>,
    /// The first closed day.
    #[schema(value_type = String, format = "date")]
    first: Date,
    /// The last closed day.
    #[schema(value_type = String, format = "date")]
    last: Date,
    /// Why, in French, as readers see it.
    reason: String,
    /// Who announced it; none: it came with the network’s files.
    announced_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = "date-time")]
    announced_at: Option<Timestamp>,
    /// How many due dates it has moved.
    due_moved: i64,
    /// How many waits on hold shelves it has made longer.
    waits_moved: i64,
}

impl From<ClosureLine> for ClosureShown {
    fn from(line: ClosureLine) -> Self {
        let (announced_by, announced_at) = line.announced.unzip();
        Self {
            closure: line.id,
            branch: line.closure.branch.map(|branch| branch.to_string()),
            first: line.closure.first,
            last: line.closure.last,
            reason: line.closure.reason,
            announced_by,
            announced_at,
            due_moved: line.loans,
            waits_moved: line.shelves,
        }
    }
}

/// A closure to be announced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewClosure {
    /// Which branch is closed; left out: every branch, for a person whose right holds everywhere.
    #[serde(default)]
    branch: Option<Branch>,
    /// The first closed day: a month ago at the earliest.
    first: Day,
    /// The last closed day, at most a year later.
    last: Day,
    /// Why, in French, in 1 to 120 characters: readers see it.
    #[schema(value_type = String, max_length = 120, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "Inondation")]
    reason: Words,
    /// Look what it would move, and do nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What was announced, or would be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Announcement {
    /// The closure’s number; none for a dry run.
    closure: Option<i64>,
    /// What it moves.
    moves: Moves,
}

impl Kept for Announcement {}

/// Nothing more to say about it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndAsked {}

/// A closure that was taken back.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct ClosureOver {
    /// Its last day, where it had begun; none: it is as if it had not been.
    #[schema(value_type = Option<String>, format = "date")]
    ended_on: Option<Date>,
}

impl Kept for ClosureOver {}

const ONE: &str = r#"{"closure": 12, "branch": "LENS", "first": "2026-07-01", "last": "2026-07-04", "reason": "Inondation",
    "announced_by": "Anne", "announced_at": "2026-06-09T09:00:00Z", "due_moved": 41, "waits_moved": 3}"#;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::POST,
            path: "/closures",
            needs: Needs::Here(Action::Calendar),
            name: "announce_closure",
            summary: "Annoncer une fermeture — Announce a closure",
            text: "Due dates within it move to the next day on which the branch opens, and holds wait longer. Takes \
                   the action at that branch too.",
            parameters: &[],
            takes: Some(Shape::of::<NewClosure>(
                r#"{"branch": "LENS", "first": "2026-07-01", "last": "2026-07-04", "reason": "Inondation"}"#,
            )),
            gives: Shape::around::<Done<Announcement>, Announcement>(
                r#"{"outcome": {"closure": 12, "moves": {"due": [{"from": "2026-07-02", "to": "2026-07-07", "count": 41}],
                    "readers": 30, "stay": 0, "hold_shelf": []}}, "event": 4720, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(announce),
        },
        Route {
            method: Method::GET,
            path: "/closures/{closure}",
            needs: Needs::SignedIn,
            name: "closure",
            summary: "Une fermeture — A closure",
            text: "With what it has moved so far.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<ClosureShown>(ONE),
            keyed: false,
            serve: || get(one),
        },
        Route {
            method: Method::DELETE,
            path: "/closures/{closure}",
            needs: Needs::Here(Action::Calendar),
            name: "end_closure",
            summary: "Retirer une fermeture — Take a closure back",
            text: "One that has begun ends with yesterday. What it has moved stays as readers were told. Takes the \
                   action at that branch too. A body is not needed.",
            parameters: &[],
            takes: Some(Shape::of::<EndAsked>("{}")),
            gives: Shape::around::<Done<ClosureOver>, ClosureOver>(
                r#"{"outcome": {"ended_on": null}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || delete(end),
        },
    ]
}

async fn announce(
    State(door): State<Arc<Door>>,
    command: Command<NewClosure>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, move |asking, sent, _| async move {
        let (member, desk) = (&asking.caller.member, asking.desk());
        let ask = ClosureAsk {
            closure: Closure {
                branch: sent.branch.map(|Branch(code)| code),
                first: sent.first.0,
                last: sent.last.0,
                reason: sent.reason.0.trim().to_owned(),
            },
            seen: None,
            at: asking.caller.at.clone(),
        };
        let preview = desk.preview_closure(member, &ask).await?;
        if dry {
            let preview = preview.map_err(|refused| problem(&refused))?;
            return Ok(done(None, None, Moves::from(&preview), true));
        }
        // The same closure once more is no overlap: the announcement tells them apart.
        let moves = preview.as_ref().map(Moves::from).unwrap_or_default();
        let announced = desk.announce_closure(member, &ask).await?;
        let announced = announced.map_err(|refused| problem(&refused))?;
        Ok(done(Some(announced.closure), announced.event, moves, false))
    })
    .await
}

fn done(
    closure: Option<i64>,
    event: Option<i64>,
    moves: Moves,
    dry_run: bool,
) -> Done<Announcement> {
    Done {
        outcome: Announcement { closure, moves },
        event,
        dry_run,
        replayed: false,
        item: None,
        trace: None,
    }
}

async fn one(
    State(door): State<Arc<Door>>,
    Named(closure): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let number: i64 = closure.parse().map_err(|_| Problem::not_found())?;
    let line = door.desk.closure(number).await?;
    let line = line.ok_or_else(Problem::not_found)?;
    shown(&headers, &ClosureShown::from(line))
}

async fn end(
    State(door): State<Arc<Door>>,
    Named(closure): Named,
    command: Command<EndAsked>,
) -> Result<Response, Problem> {
    let number: i64 = closure.parse().map_err(|_| Problem::not_found())?;
    once(door, command, false, move |asking, _, _| async move {
        let caller = &asking.caller;
        let ended = asking
            .desk()
            .end_closure(&caller.member, number, &caller.at)
            .await?;
        let ended = ended.map_err(|refused| problem(&refused))?;
        Ok(Done {
            outcome: ClosureOver {
                ended_on: match ended {
                    ClosureEnded::Gone => None,
                    ClosureEnded::EndedOn(day) => Some(day),
                },
            },
            event: None,
            dry_run: false,
            replayed: false,
            item: None,
            trace: None,
        })
    })
    .await
}
