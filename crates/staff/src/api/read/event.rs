//! What happened, and why.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::Language;
use desk::Action;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::Named,
        problem::Problem,
        refusal::Told,
        route::{Needs, Route, Shape},
        shown::shown,
    },
};

/// An event of the log, and the lines that explain it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EventShown {
    /// Its number, as `relire why` takes it.
    event: i64,
    /// When it happened.
    #[schema(value_type = String, format = "date-time")]
    at: Timestamp,
    /// What was asked.
    #[schema(example = "checkout")]
    kind: String,
    /// Whether it was done; otherwise it was refused.
    done: bool,
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
    /// What a reader was told, if it was refused; the first is the headline.
    told: Vec<Told>,
    /// What would lift each reason, where something does.
    lifted_by: Vec<Told>,
    /// How the rules came to it.
    trace: Vec<String>,
    /// The reason that staff gave for an override.
    reason: Option<String>,
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/events/{event}",
        needs: Needs::Here(Action::EventRead),
        name: "event",
        summary: "Pourquoi ? — Why?",
        text: "Any event of the log, refused ones too. Of an event elsewhere the action is needed there.",
        parameters: &[],
        takes: None,
        gives: Shape::of::<EventShown>(
            r#"{"event": 4711, "at": "2026-06-09T09:00:00Z", "kind": "checkout", "done": true, "branch": "LENS",
                "terminal": null, "staff": "lens", "barcode": "3620000000019", "title": "Germinal", "told": [],
                "lifted_by": [], "trace": ["à rendre le 2026-07-07   loan_days 28 (R0)"], "reason": null}"#,
        ),
        keyed: false,
        serve: || get(event),
    }
}

async fn event(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(event): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let desk = &door.desk;
    let number: i64 = event.parse().map_err(|_| Problem::not_found())?;
    let french = desk.why(number, Language::French).await?;
    let french = french.ok_or_else(Problem::not_found)?;
    if let Some(branch) = french.event.branch {
        caller.member.require_at(Action::EventRead, branch)?;
    }
    let english = desk.why(number, Language::English).await?;
    let english = english.ok_or_else(Problem::not_found)?;
    let both = |fr: Vec<String>, en: Vec<String>| {
        let told = fr.into_iter().zip(en);
        told.map(|(fr, en)| Told { fr, en }).collect()
    };
    let trace = match caller.member.language() {
        Language::French => french.lines,
        Language::English => english.lines,
    };
    let event = french.event;
    let (barcode, title) = event.item.unzip();
    shown(
        &headers,
        &EventShown {
            event: event.id,
            at: event.at,
            kind: event.kind,
            done: event.done,
            branch: event.branch.map(|branch| branch.to_string()),
            terminal: event.terminal,
            staff: event.staff,
            barcode,
            title,
            told: both(french.told, english.told),
            lifted_by: both(french.lifted_by, english.lifted_by),
            trace,
            reason: french.reason,
        },
    )
}
