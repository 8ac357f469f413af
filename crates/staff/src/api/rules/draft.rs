//! Drafts of rules: listed, made, read.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, post},
};
use desk::{Action, PolicyDraft, PolicyDraftLine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{body::Rules, refused::problem};
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::{Command, Named, query},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, cursor, shown},
        words::Words,
    },
};

/// A draft of rules, without the rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DraftLine {
    /// Its number.
    draft: i64,
    /// What it is called; no two are called the same.
    name: String,
    /// The version that it began as.
    based_on: i32,
    /// Who made it.
    made_by: String,
    /// When.
    #[schema(value_type = String, format = "date-time")]
    made_at: Timestamp,
    /// Who changed it last.
    changed_by: String,
    /// When.
    #[schema(value_type = String, format = "date-time")]
    changed_at: Timestamp,
    /// The version that was made of it.
    published: Option<i32>,
}

impl From<PolicyDraftLine> for DraftLine {
    fn from(line: PolicyDraftLine) -> Self {
        Self {
            draft: line.id,
            name: line.name,
            based_on: line.based_on,
            made_by: line.made_by.1,
            made_at: line.made_at,
            changed_by: line.changed_by,
            changed_at: line.changed_at,
            published: line.published,
        }
    }
}

/// A draft of rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DraftShown {
    /// What it is called, who made it and who changed it.
    #[serde(flatten)]
    line: DraftLine,
    /// Its rules, sound or not.
    rules: Rules,
}

impl From<PolicyDraft> for DraftShown {
    fn from(draft: PolicyDraft) -> Self {
        Self {
            line: draft.line.into(),
            rules: draft.document.into(),
        }
    }
}

/// A draft to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftAsked {
    /// What it is to be called, in 1 to 80 characters.
    #[schema(value_type = String, max_length = 80, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "DVD d’été")]
    name: Words,
    /// The version that it begins as.
    #[schema(minimum = 1)]
    from: i32,
}

/// A draft that was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DraftMade {
    /// Its number.
    draft: i64,
}

impl Kept for DraftMade {}

pub(super) const EXAMPLE: &str = r#"{"draft": 3, "name": "DVD d’été", "based_on": 1, "made_by": "Anne",
    "made_at": "2026-06-09T09:00:00Z", "changed_by": "Anne", "changed_at": "2026-06-09T09:00:00Z", "published": null,
    "rules": {"currency": "EUR", "roles": {"checkout": ["loan_days"]},
    "rule": [{"id": "R-DVD", "document": "DVD", "loan_days": 21}], "limit": [], "float_group": [], "branch_period": []}}"#;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::GET,
            path: "/policies/drafts",
            needs: Needs::Here(Action::Policy),
            name: "policy_drafts",
            summary: "Brouillons de règles — Drafts of rules",
            text: "The last made first, published ones among them.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<DraftLine>, DraftLine>(r#"{"items": [], "next": null}"#),
            keyed: false,
            serve: || get(list),
        },
        Route {
            method: Method::POST,
            path: "/policies/drafts",
            needs: Needs::Here(Action::Policy),
            name: "make_policy_draft",
            summary: "Commencer un brouillon de règles — Begin a draft of rules",
            text: "It begins as a published version and changes nothing until it is published.",
            parameters: &[],
            takes: Some(Shape::of::<DraftAsked>(
                r#"{"name": "DVD d’été", "from": 1}"#,
            )),
            gives: Shape::around::<Done<DraftMade>, DraftMade>(
                r#"{"outcome": {"draft": 3}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(make),
        },
        Route {
            method: Method::GET,
            path: "/policies/drafts/{draft}",
            needs: Needs::Here(Action::Policy),
            name: "policy_draft",
            summary: "Un brouillon de règles — A draft of rules",
            text: "Its `ETag` is what a change shows as `If-Match`.",
            parameters: &[],
            takes: None,
            gives: Shape::around::<DraftShown, Rules>(EXAMPLE),
            keyed: false,
            serve: || get(one),
        },
    ]
}

async fn list(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let most = u32::try_from(asked.limit()?).unwrap_or(1);
    let listed = door
        .desk
        .policy_drafts(asked.after("drafts")?, most)
        .await?;
    let page: Page<DraftLine> = Page {
        items: listed.lines.into_iter().map(DraftLine::from).collect(),
        next: listed.next.map(|last| cursor("drafts", last)),
    };
    shown(&headers, &page)
}

async fn one(
    State(door): State<Arc<Door>>,
    Named(draft): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let draft = found(&door, &draft).await?;
    shown(&headers, &DraftShown::from(draft))
}

/// The draft that an address names.
pub(super) async fn found(door: &Door, number: &str) -> Result<PolicyDraft, Problem> {
    let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
    let draft = door.desk.policy_draft(number).await?;
    draft.ok_or_else(Problem::not_found)
}

async fn make(
    State(door): State<Arc<Door>>,
    command: Command<DraftAsked>,
) -> Result<Response, Problem> {
    once(door, command, false, |asking, sent, _| async move {
        let (member, at) = (&asking.caller.member, &asking.caller.at);
        let desk = asking.desk();
        let made = desk
            .make_policy_draft(member, &sent.name.0, sent.from, at)
            .await?;
        let made = made.map_err(|refused| problem(&refused, &desk.rulebook()))?;
        Ok(Done {
            outcome: DraftMade {
                draft: made.line.id,
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
