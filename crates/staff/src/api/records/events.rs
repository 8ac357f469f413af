//! The log, the last first.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::BranchCode;
use desk::{Action, LogAsk, LogLine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::days::span;
use crate::{
    Door,
    api::{
        caller::Caller,
        input::query,
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Page, shown},
    },
};

/// A line of the log, without its reasons: those `/events/{event}` tells.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct EventLine {
    /// Its number.
    event: i64,
    /// When it happened.
    #[schema(value_type = String, format = "date-time")]
    at: Timestamp,
    /// What was asked.
    #[schema(example = "checkout")]
    kind: String,
    /// Whether it was done; otherwise it was refused.
    done: bool,
    /// The name of the first reason, if it was refused.
    refused: Option<String>,
    /// Where.
    branch: Option<String>,
    /// Through which terminal.
    terminal: Option<String>,
    /// By which member of staff.
    staff: Option<String>,
    /// The item’s barcode.
    barcode: Option<String>,
    /// The item’s title.
    title: Option<String>,
}

impl From<LogLine> for EventLine {
    fn from(line: LogLine) -> Self {
        let (barcode, title) = line
            .item
            .map(|(_, barcode, title)| (barcode, title))
            .unzip();
        Self {
            event: line.event,
            at: line.at,
            kind: line.kind,
            done: line.done,
            refused: line.headline,
            branch: line.branch.map(|branch| branch.to_string()),
            terminal: line.terminal.map(|(_, name)| name),
            staff: line.staff.map(|(_, name)| name),
            barcode,
            title,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    limit: Option<u32>,
    cursor: Option<String>,
    branch: Option<BranchCode>,
    kind: Option<String>,
    outcome: Option<String>,
    barcode: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

pub(super) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/events",
        needs: Needs::Here(Action::EventRead),
        name: "events",
        summary: "Le journal — The log",
        text: "Of one branch, the last first. A page looks at 20,000 lines at most: where a filter seldom fits it may be short, \
               or empty, and still have a next one.",
        parameters: &[
            (
                "limit",
                "At most so many, 1 to 100; 50 if nothing is said, and never more than 50 are told.",
            ),
            (
                "cursor",
                "Where to go on: `next` of the page before, as it was given.",
            ),
            (
                "branch",
                "The branch’s code; where you work, if nothing is said.",
            ),
            (
                "kind",
                "What was asked: `checkout`, `checkin`, `renew`, `hold`, …",
            ),
            ("outcome", "`done` or `refused`."),
            ("barcode", "About this item."),
            ("from", "On this day or later."),
            ("until", "On this day or earlier."),
        ],
        takes: None,
        gives: Shape::around::<Page<EventLine>, EventLine>(r#"{"items": [], "next": null}"#),
        keyed: false,
        serve: || get(list),
    }
}

async fn list(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let most = most(asked.limit)?;
    let member = &caller.member;
    let branch = asked.branch.unwrap_or(member.branch());
    member.require_at(Action::EventRead, branch)?;
    let (from, until) = span(&caller.at, asked.from.as_deref(), asked.until.as_deref())?;
    let done = match asked.outcome.as_deref() {
        None => None,
        Some("done") => Some(true),
        Some("refused") => Some(false),
        Some(_) => {
            return Err(Problem::unfit(
                "outcome",
                "done ou refused.",
                "done or refused.",
            ));
        }
    };
    let item = match &asked.barcode {
        None => None,
        Some(barcode) => {
            let copy = door.desk.copy(member.branch(), barcode).await?;
            let unknown = |_| {
                Problem::unfit(
                    "barcode",
                    "Aucun document n’a ce code-barres.",
                    "No item has this barcode.",
                )
            };
            Some(copy.map_err(unknown)?.item)
        }
    };
    let ask = LogAsk {
        branch: Some(branch),
        kind: asked.kind.filter(|kind| !kind.contains('\0')),
        done,
        item,
        from,
        until,
        after: after("events", asked.cursor.as_deref())?,
        ..LogAsk::default()
    };
    let listed = door.desk.log(&ask, most).await?;
    let page: Page<EventLine> = Page {
        items: listed.lines.into_iter().map(EventLine::from).collect(),
        next: listed.next.and_then(|last| cursor("events", &last)),
    };
    shown(&headers, &page)
}
