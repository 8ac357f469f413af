//! Staff are added and changed: by people, in a session.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
    response::{IntoResponse, Response},
    routing::{patch, post},
};
use circulation::{BranchCode, Language};
use desk::{Action, StaffChange, StaffFile, StaffRefused};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{EXAMPLE, UserShown, problem};
use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::shown,
        words::{Branch, Words},
    },
};

/// What pages are written in.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum PageLanguage {
    #[default]
    Fr,
    En,
}

impl From<PageLanguage> for Language {
    fn from(language: PageLanguage) -> Self {
        match language {
            PageLanguage::Fr => Self::French,
            PageLanguage::En => Self::English,
        }
    }
}

/// A member of staff to be added, who may do nothing yet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUser {
    /// What they sign in with: 2 to 60 letters, digits, full stops, low lines and hyphens.
    login: Words,
    /// Their name, as colleagues see it.
    name: Words,
    /// Where they work; where you do, if nothing is said.
    #[serde(default)]
    branch: Option<Branch>,
    /// What their pages are written in.
    #[serde(default)]
    language: PageLanguage,
}

/// A password, shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct FirstPassword {
    /// Whose.
    login: String,
    /// It.
    password: String,
}

/// What of a member of staff is to be otherwise; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserPatch {
    /// Their name.
    #[serde(default)]
    name: Option<Words>,
    /// Where they work.
    #[serde(default)]
    branch: Option<Branch>,
    /// What their pages are written in.
    #[serde(default)]
    language: Option<PageLanguage>,
    /// They may not come in any more, or may again.
    #[serde(default)]
    disabled: Option<bool>,
}

/// What is given or taken.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum GrantKind {
    /// A role, by its name.
    Role,
    /// A single action, by its name.
    Right,
}

/// A role or right, at a branch or everywhere.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantAsked {
    /// Which of the two.
    kind: GrantKind,
    /// Its name.
    name: Words,
    /// The branch; `null`: everywhere.
    #[serde(default)]
    branch: Option<Branch>,
}

/// Nothing to say about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoWords {}

const PASSWORD: &str = r#"{"login": "claire", "password": "abcdefghjkmnpqrstuvw"}"#;
const GRANT: &str = r#"{"kind": "role", "name": "librarian", "branch": "LENS"}"#;

fn route(
    method: Method,
    path: &'static str,
    name: &'static str,
    takes: Shape,
    gives: Shape,
) -> Route {
    Route {
        method,
        path,
        needs: Needs::Here(Action::User),
        name,
        summary: "",
        text: "By a person in a session, never by a program. Nobody gives what they do not have there, changes who may more \
               than they, or themselves.",
        parameters: &[],
        takes: Some(takes),
        gives,
        keyed: false,
        serve: || post(add),
    }
}

pub(super) fn routes() -> [Route; 5] {
    let (user, password) = (
        || Shape::of::<UserShown>(EXAMPLE),
        || Shape::of::<FirstPassword>(PASSWORD),
    );
    let new =
        Shape::of::<NewUser>(r#"{"login": "claire", "name": "Claire Fictive", "branch": "LENS"}"#);
    let change = Shape::of::<UserPatch>(r#"{"name": "Claire F.", "disabled": false}"#);
    let grant = || Shape::of::<GrantAsked>(GRANT);
    [
        Route {
            summary: "Ajouter une personne — Add a member of staff",
            ..route(Method::POST, "/users", "add_user", new, password())
        },
        Route {
            summary: "Modifier une personne — Change a member of staff",
            serve: || patch(edit),
            ..route(
                Method::PATCH,
                "/users/{user}",
                "change_user",
                change,
                user(),
            )
        },
        Route {
            summary: "Donner un rôle ou un droit — Give a role or right",
            serve: || post(give),
            ..route(
                Method::POST,
                "/users/{user}/grants",
                "grant",
                grant(),
                user(),
            )
        },
        Route {
            summary: "Retirer un rôle ou un droit — Take a role or right away",
            serve: || post(take),
            ..route(
                Method::POST,
                "/users/{user}/grants/end",
                "end_grant",
                grant(),
                user(),
            )
        },
        Route {
            summary: "Nouveau mot de passe — A new password",
            serve: || post(reset),
            ..route(
                Method::POST,
                "/users/{user}/password",
                "new_user_password",
                Shape::of::<NoWords>("{}"),
                password(),
            )
        },
    ]
}

/// Whether it is somebody who asks: a program manages nobody.
fn in_session(caller: &Caller) -> Result<(), Problem> {
    match caller.member.token() {
        None => Ok(()),
        Some(_) => Err(problem(&StaffRefused::Program)),
    }
}

async fn add(
    State(door): State<Arc<Door>>,
    command: Command<NewUser>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    in_session(&caller)?;
    let new = StaffFile {
        id: 0,
        login: sent.login.0.trim().to_owned(),
        name: sent.name.0.trim().to_owned(),
        branch: sent
            .branch
            .map_or(caller.member.branch(), |branch| branch.0),
        language: sent.language.into(),
        disabled_at: None,
        seen_at: None,
        roles: Vec::new(),
        rights: Vec::new(),
        actions: Vec::new(),
    };
    let task = tokio::spawn(async move {
        let added = door.desk.add_staff_file(&caller.member, &new, &caller.at);
        let password = added.await?.map_err(|refused| problem(&refused))?;
        Ok(told(new.login, password.reveal()))
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

fn told(login: String, password: &str) -> Response {
    let password = password.to_owned();
    Json(FirstPassword { login, password }).into_response()
}

async fn edit(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<UserPatch>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    in_session(&caller)?;
    let now = door.desk.staff_file(&caller.member, &login).await?;
    let now = now.map_err(|refused| problem(&refused))?;
    let mut changes = Vec::new();
    if sent.name.is_some() || sent.branch.is_some() || sent.language.is_some() {
        changes.push(StaffChange::File {
            name: sent.name.map_or(now.name, |name| name.0.trim().to_owned()),
            branch: sent.branch.map_or(now.branch, |branch| branch.0),
            language: sent.language.map_or(now.language, Language::from),
        });
    }
    changes.extend(sent.disabled.map(|disabled| match disabled {
        true => StaffChange::Disable,
        false => StaffChange::Enable,
    }));
    all(door, caller, login, changes).await
}

async fn give(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<GrantAsked>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    in_session(&caller)?;
    let change = grant(sent, StaffChange::GiveRole, StaffChange::GiveRight)?;
    all(door, caller, login, vec![change]).await
}

async fn take(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<GrantAsked>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    in_session(&caller)?;
    let change = grant(sent, StaffChange::TakeRole, StaffChange::TakeRight)?;
    all(door, caller, login, vec![change]).await
}

fn grant(
    sent: GrantAsked,
    role: impl FnOnce(String, Option<BranchCode>) -> StaffChange,
    right: impl FnOnce(Action, Option<BranchCode>) -> StaffChange,
) -> Result<StaffChange, Problem> {
    let place = sent.branch.map(|branch| branch.0);
    match sent.kind {
        GrantKind::Role => Ok(role(sent.name.0, place)),
        GrantKind::Right => {
            let action = Action::all().find(|action| action.name() == sent.name.0);
            let unknown = || problem(&StaffRefused::Unknown(sent.name.0.clone()));
            action
                .map(|action| right(action, place))
                .ok_or_else(unknown)
        }
    }
}

/// One change after the other; the answer is who they are then.
async fn all(
    door: Arc<Door>,
    caller: Caller,
    login: String,
    changes: Vec<StaffChange>,
) -> Result<Response, Problem> {
    let task = tokio::spawn(async move {
        let (desk, member) = (&door.desk, &caller.member);
        for change in &changes {
            let changed = desk.change_staff_file(member, &login, change, &caller.at);
            changed.await?.map_err(|refused| problem(&refused))?;
        }
        let file = desk.staff_file(member, &login).await?;
        let file = file.map_err(|refused| problem(&refused))?;
        shown(&HeaderMap::new(), &UserShown::from(file))
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

async fn reset(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<NoWords>,
) -> Result<Response, Problem> {
    let caller = command.caller;
    in_session(&caller)?;
    let task = tokio::spawn(async move {
        let (desk, member) = (&door.desk, &caller.member);
        let reset = desk.reset_staff_password(member, &login, &caller.at);
        let password = reset.await?.map_err(|refused| problem(&refused))?;
        Ok(told(login.clone(), password.reveal()))
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

fn ended_early() -> Problem {
    desk::DeskError::OutcomeUnknown("the question's task ended early".to_owned()).into()
}
