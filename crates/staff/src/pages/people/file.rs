//! A member of staff: what is told of them, and what they may do.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use circulation::BranchCode;
use desk::{Action, Role, StaffFile, StaffRefused};
use serde::Deserialize;

use super::HERE;
use crate::{
    Door,
    access::Signed,
    calendar::place_name,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "user.html")]
struct UserPage {
    frame: Frame,
    told: Option<(bool, String)>,
    /// A new password, shown this once.
    password: Option<String>,
    file: StaffFile,
    oneself: bool,
    branches: Vec<(String, String, bool)>,
    grants: Vec<Grant>,
    /// What can be given: value, label.
    roles: Vec<(String, String)>,
    rights: Vec<(String, String)>,
    everywhere: bool,
    english: bool,
}

/// A role or right that they have.
struct Grant {
    /// `role` or `right`.
    kind: &'static str,
    name: String,
    label: String,
    branch: String,
    place: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    Query(done): Query<Done>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let told = match done.done.as_str() {
        "kept" => Some((true, t.say("Enregistré.", "Kept.").to_owned())),
        _ => None,
    };
    show(&door, &signed, &login, told, None).await
}

/// The page, with what is to be told on it.
pub(super) async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    login: &str,
    told: Option<(bool, String)>,
    password: Option<String>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let file = match door.desk.staff_file(&signed.member, login).await? {
        Ok(file) => file,
        Err(StaffRefused::Right(missing)) => return Err(missing.into()),
        Err(_) => {
            // Who manages nobody is not told who there is.
            signed.require(Action::User)?;
            return Err(Trouble::NotFound);
        }
    };
    let book = door.desk.rulebook();
    let roles = door.desk.staff_roles().await?;
    let everywhere = signed.member.may_everywhere(Action::User);
    let place = |branch: Option<BranchCode>| match branch {
        Some(_) => place_name(&book, branch, t),
        None => t.say("partout", "everywhere").to_owned(),
    };
    let grant = |kind, label: String, (name, branch): &(String, Option<BranchCode>)| Grant {
        kind,
        name: name.clone(),
        label,
        branch: branch.map_or_else(|| "*".to_owned(), |branch| branch.to_string()),
        place: place(*branch),
    };
    let mut grants: Vec<_> = file
        .roles
        .iter()
        .map(|held| grant("role", role_label(t, &roles, &held.0), held))
        .collect();
    grants.extend(
        file.rights
            .iter()
            .map(|held| grant("right", right_label(t, &held.0), held)),
    );
    shown(&UserPage {
        frame: Frame::of(signed, &file.name, HERE),
        told,
        password,
        oneself: file.id == signed.member.id(),
        branches: book
            .branches
            .values()
            .filter(|branch| signed.member.may_at(Action::User, branch.code))
            .map(|branch| {
                let here = branch.code == file.branch;
                (branch.code.to_string(), branch.name.clone(), here)
            })
            .collect(),
        grants,
        roles: roles
            .iter()
            .map(|role| (role.name.clone(), role_label(t, &roles, &role.name)))
            .collect(),
        rights: Action::all()
            .map(|action| (action.name().to_owned(), action.label(t.0).to_owned()))
            .collect(),
        everywhere,
        english: file.language == circulation::Language::English,
        file,
    })
}

fn role_label(t: Tongue, roles: &[Role], name: &str) -> String {
    let role = roles.iter().find(|role| role.name == name);
    role.map_or_else(
        || name.to_owned(),
        |role| match t.0 {
            circulation::Language::French => role.labels.0.clone(),
            circulation::Language::English => role.labels.1.clone(),
        },
    )
}

fn right_label(t: Tongue, name: &str) -> String {
    let action = Action::all().find(|action| action.name() == name);
    action.map_or_else(|| name.to_owned(), |action| action.label(t.0).to_owned())
}
