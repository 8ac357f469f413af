//! A draft of rules, written anew or thrown away.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
    response::{IntoResponse, Response},
    routing::{delete, put},
};
use desk::{Action, PolicyDraft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Rules,
    draft::{DraftShown, EXAMPLE, found},
    refused::problem,
};
use crate::{
    Door,
    api::{
        if_match::{IF_MATCH, if_match},
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::shown,
    },
};

/// A draft’s rules, all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftRules {
    /// The rules. What stands in each is told by `/problems/unfit`, with the field that will not do.
    #[schema(value_type = Rules)]
    rules: serde_json::Map<String, serde_json::Value>,
}

impl DraftRules {
    fn read(self) -> Result<Rules, Problem> {
        let value = serde_json::Value::Object(self.rules);
        serde_path_to_error::deserialize(value).map_err(|error| {
            let field = format!("rules.{}", error.path());
            let said: String = error.inner().to_string().chars().take(300).collect();
            Problem::unfit(&field, &said, &said)
        })
    }
}

/// Nothing more to say about it.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftGone {}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::PUT,
            path: "/policies/drafts/{draft}",
            needs: Needs::Here(Action::Policy),
            name: "change_policy_draft",
            summary: "Récrire un brouillon de règles — Write a draft of rules anew",
            text: "All its rules, sound or not. Who has the action at one branch only changes rules that name that branch, and \
                   nothing else.",
            parameters: IF_MATCH,
            takes: Some(Shape::around::<DraftRules, Rules>(
                r#"{"rules": {"currency": "EUR", "roles": {"checkout": ["loan_days"]},
                    "rule": [{"id": "R-DVD", "document": "DVD", "loan_days": 21}]}}"#,
            )),
            gives: Shape::around::<DraftShown, Rules>(EXAMPLE),
            keyed: false,
            serve: || put(change),
        },
        Route {
            method: Method::DELETE,
            path: "/policies/drafts/{draft}",
            needs: Needs::Here(Action::Policy),
            name: "drop_policy_draft",
            summary: "Supprimer un brouillon de règles — Throw a draft of rules away",
            text: "One that was not published: your own, or any for who changes rules everywhere. A body is not needed.",
            parameters: IF_MATCH,
            takes: Some(Shape::of::<DraftGone>("{}")),
            gives: Shape::of::<DraftGone>("{}"),
            keyed: false,
            serve: || delete(throw_away),
        },
    ]
}

/// The draft that the caller has read, or that it is another by now.
async fn read_before(
    door: &Door,
    number: &str,
    headers: &HeaderMap,
) -> Result<PolicyDraft, Problem> {
    let draft = found(door, number).await?;
    if_match(headers, &DraftShown::from(draft.clone()))?;
    Ok(draft)
}

async fn change(
    State(door): State<Arc<Door>>,
    Named(draft): Named,
    headers: HeaderMap,
    command: Command<DraftRules>,
) -> Result<Response, Problem> {
    let draft = read_before(&door, &draft, &headers).await?;
    let Command { caller, sent, .. } = command;
    let rules = sent.read()?;
    let task = tokio::spawn(async move {
        let (id, version) = (draft.line.id, draft.line.version);
        let (member, document) = (&caller.member, rules.document());
        let changed = door
            .desk
            .change_policy_draft(member, id, version, document, &caller.at)
            .await?;
        let changed = changed.map_err(|refused| problem(&refused, &door.desk.rulebook()))?;
        shown(&HeaderMap::new(), &DraftShown::from(changed))
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

async fn throw_away(
    State(door): State<Arc<Door>>,
    Named(draft): Named,
    headers: HeaderMap,
    command: Command<DraftGone>,
) -> Result<Response, Problem> {
    let draft = read_before(&door, &draft, &headers).await?;
    let caller = command.caller;
    let task = tokio::spawn(async move {
        let seen = Some(draft.line.version);
        let dropped = door
            .desk
            .drop_policy_draft(&caller.member, draft.line.id, seen, &caller.at)
            .await?;
        dropped.map_err(|refused| problem(&refused, &door.desk.rulebook()))?;
        Ok(Json(DraftGone {}).into_response())
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

fn ended_early() -> Problem {
    desk::DeskError::OutcomeUnknown("the question's task ended early".to_owned()).into()
}
