//! What staff read and changed, the last first.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, AuditAsk, AuditLine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
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

/// Something that a member of staff read or changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AuditShown {
    /// When.
    #[schema(value_type = String, format = "date-time")]
    at: Timestamp,
    /// Who, by login.
    login: String,
    /// Through which token of theirs.
    token: Option<String>,
    /// Where.
    branch: String,
    /// What it took.
    #[schema(example = "patron.read")]
    action: String,
    /// About which reader, by number.
    patron: Option<i64>,
    /// On which occasion. It names no person.
    #[schema(value_type = Object)]
    detail: Value,
}

impl From<AuditLine> for AuditShown {
    fn from(line: AuditLine) -> Self {
        Self {
            at: line.at,
            login: line.login,
            token: line.token,
            branch: line.branch.to_string(),
            action: line.action,
            patron: line.patron,
            detail: line.detail,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    limit: Option<u32>,
    cursor: Option<String>,
    login: Option<String>,
    card: Option<String>,
    action: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

pub(super) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/audit",
        needs: Needs::Here(Action::AuditRead),
        name: "audit",
        summary: "Traces du personnel — What staff did",
        text: "Of where you work, the last first; of every branch for a person whose right holds everywhere. Each look is noted \
               in it. A page looks at 20,000 lines at most: it may be short, or empty, and still have a next one.",
        parameters: &[
            (
                "limit",
                "At most so many, 1 to 100; 50 if nothing is said, and never more than 50 are told.",
            ),
            (
                "cursor",
                "Where to go on: `next` of the page before, as it was given.",
            ),
            ("login", "By the member of staff with this login."),
            ("card", "About the reader who has, or had, this card."),
            ("action", "What it took, by its name in roles."),
            ("from", "On this day or later."),
            ("until", "On this day or earlier."),
        ],
        takes: None,
        gives: Shape::around::<Page<AuditShown>, AuditShown>(r#"{"items": [], "next": null}"#),
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
    let (from, until) = span(&caller.at, asked.from.as_deref(), asked.until.as_deref())?;
    let plain = |text: Option<String>| text.filter(|text| !text.contains('\0'));
    let ask = AuditAsk {
        branch: (!member.may_everywhere(Action::AuditRead)).then(|| member.branch()),
        login: plain(asked.login),
        card: plain(asked.card),
        action: plain(asked.action),
        from,
        until,
        after: after("audit", asked.cursor.as_deref())?,
    };
    let listed = door.desk.audited(member, &ask, most, &caller.at).await?;
    let page: Page<AuditShown> = Page {
        items: listed.lines.into_iter().map(AuditShown::from).collect(),
        next: listed.next.and_then(|last| cursor("audit", &last)),
    };
    shown(&headers, &page)
}
