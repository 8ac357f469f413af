//! The network's branches.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, put},
};
use circulation::{BranchCode, Language};
use desk::{Action, BranchAsk, BranchFile, BranchRefused};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        if_match::{IF_MATCH, if_match},
        input::{Command, Named, query},
        problem::{CHANGED, MISSING_RIGHT, Problem, REFUSED},
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
        words::Words,
    },
    calendar::branch_refused_text,
};

/// A branch.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct BranchShown {
    /// Its code, which stays.
    #[schema(example = "LENS")]
    code: String,
    /// Its name.
    name: String,
    /// The commune that it belongs to.
    commune: String,
    /// Telephone number, empty if none.
    phone: String,
    /// A second one.
    phone2: String,
    /// Street and number.
    street: String,
    /// Postcode.
    postcode: String,
    /// Town of the address.
    town: String,
    /// What colleagues should know.
    note: String,
}

impl From<BranchFile> for BranchShown {
    fn from(branch: BranchFile) -> Self {
        Self {
            code: branch.code.to_string(),
            name: branch.name,
            commune: branch.commune,
            phone: branch.phone,
            phone2: branch.phone2,
            street: branch.street,
            postcode: branch.postcode,
            town: branch.town,
            note: branch.note,
        }
    }
}

/// A branch, written anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BranchWritten {
    /// Its name, in 1 to 120 characters.
    name: Words,
    /// The commune that it belongs to.
    commune: Words,
    /// Telephone number, empty if none.
    phone: Words,
    /// A second one.
    phone2: Words,
    /// Street and number.
    street: Words,
    /// Postcode.
    postcode: Words,
    /// Town of the address.
    town: Words,
    /// What colleagues should know.
    note: Words,
    /// Look whether it would be kept, and do nothing.
    #[serde(default)]
    dry_run: bool,
}

const EXAMPLE: &str = r#"{"code": "LENS", "name": "Médiathèque Robert-Cousin", "commune": "Lens", "phone": "03 21 69 08 30",
    "phone2": "", "street": "1 place de la République", "postcode": "62300", "town": "Lens", "note": ""}"#;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route {
            method: Method::GET,
            path: "/branches",
            needs: Needs::SignedIn,
            name: "branches",
            summary: "Les bibliothèques du réseau — The network’s branches",
            text: "By name.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<BranchShown>, BranchShown>(
                r#"{"items": [], "next": null}"#,
            ),
            keyed: false,
            serve: || get(list),
        },
        Route {
            method: Method::GET,
            path: "/branches/{branch}",
            needs: Needs::SignedIn,
            name: "branch",
            summary: "Une bibliothèque — A branch",
            text: "Its `ETag` is what a change shows as `If-Match`.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<BranchShown>(EXAMPLE),
            keyed: false,
            serve: || get(one),
        },
        Route {
            method: Method::PUT,
            path: "/branches/{branch}",
            needs: Needs::AtBranch(Action::Branch),
            name: "change_branch",
            summary: "Modifier une bibliothèque — Change a branch",
            text: "Everything but its code. A branch is added by a person whose right holds everywhere.",
            parameters: IF_MATCH,
            takes: Some(Shape::of::<BranchWritten>(
                r#"{"name": "Médiathèque Robert-Cousin", "commune": "Lens", "phone": "03 21 69 08 30", "phone2": "",
                    "street": "1 place de la République", "postcode": "62300", "town": "Lens", "note": ""}"#,
            )),
            gives: Shape::of::<BranchShown>(EXAMPLE),
            keyed: false,
            serve: || put(change),
        },
    ]
}

async fn list(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let all = door.desk.branch_files().await?;
    let all = all.into_iter().map(BranchShown::from).collect();
    shown(&headers, &asked.page("branches", all)?)
}

async fn one(
    State(door): State<Arc<Door>>,
    Named(branch): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let branch = found(&door, &branch).await?;
    shown(&headers, &BranchShown::from(branch))
}

async fn found(door: &Door, code: &str) -> Result<BranchFile, Problem> {
    let code: BranchCode = code.parse().map_err(|_| Problem::not_found())?;
    let branch = door.desk.branch_file(code).await?;
    branch.ok_or_else(Problem::not_found)
}

async fn change(
    State(door): State<Arc<Door>>,
    Named(branch): Named,
    headers: HeaderMap,
    command: Command<BranchWritten>,
) -> Result<Response, Problem> {
    let before = found(&door, &branch).await?;
    if_match(&headers, &BranchShown::from(before.clone()))?;
    let Command { caller, sent, .. } = command;
    let after = BranchFile {
        code: before.code,
        name: sent.name.0,
        commune: sent.commune.0,
        phone: sent.phone.0,
        phone2: sent.phone2.0,
        street: sent.street.0,
        postcode: sent.postcode.0,
        town: sent.town.0,
        note: sent.note.0,
    };
    let ask = BranchAsk {
        before: Some(before),
        after: after.clone(),
        dry: sent.dry_run,
        at: caller.at.clone(),
    };
    let task = tokio::spawn(async move {
        let written = door.desk.write_branch(&caller.member, &ask).await?;
        written.map_err(|refused| problem(&refused))?;
        shown(&HeaderMap::new(), &BranchShown::from(after))
    });
    task.await.unwrap_or_else(|_| {
        Err(desk::DeskError::OutcomeUnknown("the question's task ended early".to_owned()).into())
    })
}

fn problem(refused: &BranchRefused) -> Problem {
    let fr = branch_refused_text(refused, Language::French);
    let en = branch_refused_text(refused, Language::English);
    match refused {
        BranchRefused::Right(missing) => (*missing).into(),
        BranchRefused::Unknown(_) => Problem::not_found(),
        BranchRefused::BadCode(_) => Problem::unfit("code", fr, en),
        BranchRefused::BadField(field) => Problem::unfit(field, fr, en),
        BranchRefused::Changed => Problem::new(CHANGED, fr, en),
        BranchRefused::Network => Problem::new(MISSING_RIGHT, fr, en),
        BranchRefused::Taken(_) => Problem::new(REFUSED, fr, en),
    }
}
