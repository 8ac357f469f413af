//! Published versions of the rules.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::Rules;
use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
    },
};

/// A version of the network’s rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PolicyVersionShown {
    /// Its number.
    version: i32,
    /// Its first day.
    #[schema(value_type = String, format = "date")]
    effective_from: Date,
    /// Whether it is in force today.
    in_force: bool,
    /// Who published it.
    author: String,
    /// When.
    #[schema(value_type = String, format = "date-time")]
    published_at: Timestamp,
    /// The draft that it was made of, if it was made of one.
    draft: Option<i64>,
    /// It was withdrawn before its first day.
    withdrawn: bool,
}

/// A version of the network’s rules, with the rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PolicyShown {
    /// Its number.
    version: i32,
    /// Its first day.
    #[schema(value_type = String, format = "date")]
    effective_from: Date,
    /// Whether it is in force today.
    in_force: bool,
    /// The rules.
    rules: Rules,
}

/// For the document: a version with the root rule left out.
const EXAMPLE: &str = r#"{"version": 1, "effective_from": "2025-12-15", "in_force": true, "rules": {"currency": "EUR",
    "roles": {"checkout": ["loan_days"]}, "rule": [{"id": "R-DVD", "document": "DVD", "loan_days": 14}],
    "limit": [{"id": "L-DVD", "of": "patron", "where": "network", "documents": ["DVD"], "max_loans": 5}],
    "float_group": [], "branch_period": []}}"#;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::GET,
            path: "/policies",
            needs: Needs::SignedIn,
            name: "policies",
            summary: "Versions des règles de prêt — Versions of the loan rules",
            text: "The last 200, the one that begins last first.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<PolicyVersionShown>, PolicyVersionShown>(
                r#"{"items": [{"version": 1, "effective_from": "2025-12-15", "in_force": true, "author": "réseau",
                    "published_at": "2025-12-01T09:00:00Z", "draft": null, "withdrawn": false}], "next": null}"#,
            ),
            keyed: false,
            serve: || get(list),
        },
        Route {
            method: Method::GET,
            path: "/policies/{version}",
            needs: Needs::SignedIn,
            name: "policy",
            summary: "Une version des règles — A version of the rules",
            text: "As `rules.toml` has it. One that was withdrawn is none.",
            parameters: &[],
            takes: None,
            gives: Shape::around::<PolicyShown, Rules>(EXAMPLE),
            keyed: false,
            serve: || get(one),
        },
    ]
}

async fn list(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let book = door.desk.rulebook_of_now().await?;
    let in_force = book
        .policy_on(caller.at.date())
        .map(|policy| policy.version);
    let versions = door.desk.policy_versions().await?;
    let all = versions
        .into_iter()
        .map(|version| PolicyVersionShown {
            version: version.version,
            effective_from: version.effective_from,
            in_force: Some(version.version) == in_force,
            author: version.author,
            published_at: version.published_at,
            draft: version.draft.map(|(draft, _)| draft),
            withdrawn: version.withdrawn.is_some(),
        })
        .collect();
    shown(&headers, &asked.page("policies", all)?)
}

async fn one(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(version): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let version: i32 = version.parse().map_err(|_| Problem::not_found())?;
    let book = door.desk.rulebook_of_now().await?;
    let in_force = book
        .policy_on(caller.at.date())
        .map(|policy| policy.version);
    let policy = book
        .policies
        .iter()
        .find(|policy| policy.version == version)
        .ok_or_else(Problem::not_found)?;
    shown(
        &headers,
        &PolicyShown {
            version,
            effective_from: policy.effective_from,
            in_force: Some(version) == in_force,
            rules: policy.document().clone().into(),
        },
    )
}
