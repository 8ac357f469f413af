//! A branch's calendar: its weekly hours and its closures to come.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, put},
};
use circulation::{BranchCode, Opening};
use desk::{Action, WeekAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    closures::ClosureShown,
    moves::{Moves, problem},
};
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        caller::Caller,
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::shown,
        words::{ClockTime, Weekday},
    },
};

/// An opening in the week.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpeningAsked {
    /// 1 Monday … 7 Sunday.
    weekday: Weekday,
    /// Local time at which the doors open.
    opens: ClockTime,
    /// Local time at which they close.
    closes: ClockTime,
}

/// An opening in the week.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct OpeningShown {
    /// 1 Monday … 7 Sunday.
    weekday: u8,
    /// Local time at which the doors open.
    #[schema(example = "10:00")]
    opens: String,
    /// Local time at which they close.
    #[schema(example = "12:30")]
    closes: String,
}

impl From<&Opening> for OpeningShown {
    fn from(opening: &Opening) -> Self {
        let clock = |at: jiff::civil::Time| at.strftime("%H:%M").to_string();
        Self {
            weekday: opening.weekday,
            opens: clock(opening.opens),
            closes: clock(opening.closes),
        }
    }
}

/// When a branch is open.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct CalendarShown {
    /// The branch.
    #[schema(example = "LENS")]
    branch: String,
    /// Its weekly openings; none: it counts as always open.
    week: Vec<OpeningShown>,
    /// Its closures that are not over, and those of every branch. Public holidays are closed beside.
    closures: Vec<ClosureShown>,
}

/// A branch’s weekly hours, all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekAsked {
    /// Its openings. None: it counts as always open.
    #[schema(max_items = 28)]
    week: Vec<OpeningAsked>,
    /// Look what it would move, and do nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Hours that were changed, or would be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct WeekChanged {
    /// What the change moves.
    moves: Moves,
}

impl Kept for WeekChanged {}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::GET,
            path: "/branches/{branch}/calendar",
            needs: Needs::SignedIn,
            name: "calendar",
            summary: "Le calendrier d’une bibliothèque — A branch’s calendar",
            text: "Weekly hours, and closures that are not over.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<CalendarShown>(
                r#"{"branch": "LENS", "week": [{"weekday": 2, "opens": "10:00", "closes": "12:00"}], "closures": []}"#,
            ),
            keyed: false,
            serve: || get(one),
        },
        Route {
            method: Method::PUT,
            path: "/branches/{branch}/hours",
            needs: Needs::AtBranch(Action::Calendar),
            name: "change_hours",
            summary: "Changer les horaires — Change weekly hours",
            text: "Good from now on. What is due, from tomorrow on, on a day without opening moves to the next day with one.",
            parameters: &[],
            takes: Some(Shape::around::<WeekAsked, OpeningAsked>(
                r#"{"week": [{"weekday": 2, "opens": "10:00", "closes": "12:00"}]}"#,
            )),
            gives: Shape::around::<Done<WeekChanged>, WeekChanged>(
                r#"{"outcome": {"moves": {"due": [], "readers": 0, "stay": 0, "hold_shelf": []}}, "event": 4721,
                    "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || put(change),
        },
    ]
}

async fn one(
    State(door): State<Arc<Door>>,
    Named(branch): Named,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let code: BranchCode = branch.parse().map_err(|_| Problem::not_found())?;
    let book = door.desk.rulebook_of_now().await?;
    if !book.branches.contains_key(&code) {
        return Err(Problem::not_found());
    }
    let closures = door.desk.closures(Some(code), caller.at.date()).await?;
    let week = book.calendar.openings.get(&code);
    shown(
        &headers,
        &CalendarShown {
            branch: code.to_string(),
            week: week.into_iter().flatten().map(OpeningShown::from).collect(),
            closures: closures.into_iter().map(ClosureShown::from).collect(),
        },
    )
}

async fn change(
    State(door): State<Arc<Door>>,
    Named(branch): Named,
    command: Command<WeekAsked>,
) -> Result<Response, Problem> {
    let code: BranchCode = branch.parse().map_err(|_| Problem::not_found())?;
    let dry = command.sent.dry_run;
    once(door, command, dry, move |asking, sent, _| async move {
        let (member, desk) = (&asking.caller.member, asking.desk());
        let opening = |asked: OpeningAsked| Opening {
            weekday: asked.weekday.0,
            opens: asked.opens.0,
            closes: asked.closes.0,
        };
        let ask = WeekAsk {
            branch: code,
            week: sent.week.into_iter().map(opening).collect(),
            seen: None,
            at: asking.caller.at.clone(),
        };
        let preview = desk.preview_week(member, &ask).await?;
        let preview = preview.map_err(|refused| problem(&refused))?;
        let event = match dry {
            true => None,
            false => {
                let changed = desk.change_week(member, &ask).await?;
                changed.map_err(|refused| problem(&refused))?
            }
        };
        Ok(Done {
            outcome: WeekChanged {
                moves: Moves::from(&preview),
            },
            event,
            dry_run: dry,
            replayed: false,
            item: None,
            trace: None,
        })
    })
    .await
}
