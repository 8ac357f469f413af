//! Machines that speak SIP2.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, TerminalSeen, TerminalState};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::query,
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
    },
};

/// A terminal in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct TerminalShown {
    /// What it logs in with (SIP2 CN).
    login: String,
    /// Where it stands.
    branch: String,
    /// The profile that it follows.
    profile: String,
    /// `certificate_over`, `out_of_paper`, `shutting_down`, `gone`, `silent`, `garbled`, `certificate_ends`, `well` or
    /// `never_seen`.
    #[schema(example = "well")]
    state: &'static str,
    /// How many connections it has.
    connections: i32,
    /// When it was last heard.
    #[schema(value_type = Option<String>, format = "date-time")]
    last_seen: Option<Timestamp>,
    /// The SIP2 code of its last message.
    last_code: String,
    /// How many messages it has sent.
    messages: i64,
    /// How many of them did not arrive whole.
    trouble: i64,
}

fn one((state, seen): (TerminalState, TerminalSeen)) -> TerminalShown {
    TerminalShown {
        login: seen.login,
        branch: seen.branch.to_string(),
        profile: seen.profile,
        state: match state {
            TerminalState::CertificateOver => "certificate_over",
            TerminalState::OutOfPaper => "out_of_paper",
            TerminalState::ShuttingDown => "shutting_down",
            TerminalState::Gone => "gone",
            TerminalState::Silent => "silent",
            TerminalState::Garbled => "garbled",
            TerminalState::CertificateEnds => "certificate_ends",
            TerminalState::Well => "well",
            TerminalState::NeverSeen => "never_seen",
        },
        connections: seen.connections,
        last_seen: seen.last_seen,
        last_code: seen.last_code,
        messages: seen.messages,
        trouble: seen.trouble,
    }
}

pub(super) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/terminals",
        needs: Needs::Here(Action::Terminal),
        name: "terminals",
        summary: "Automates — Terminals",
        text: "Those of branches where you have the action, what is wrong first.",
        parameters: PAGED,
        takes: None,
        gives: Shape::around::<Page<TerminalShown>, TerminalShown>(
            r#"{"items": [], "next": null}"#,
        ),
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
    let all = door
        .desk
        .terminals_seen(&caller.member, &door.machines)
        .await?;
    let all = all.into_iter().map(one).collect();
    shown(&headers, &asked.page("terminals", all)?)
}
