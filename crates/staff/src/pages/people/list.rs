//! Staff by login, and somebody new.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use circulation::Language;
use desk::{Action, StaffFile, StaffRefused};
use serde::Deserialize;

use super::HERE;
use crate::{
    Door,
    access::{Form, Signed},
    calendar::place_name,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
    staff::refused_text,
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct New {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    branch: String,
}

#[derive(Template)]
#[template(path = "users.html")]
struct ListPage {
    frame: Frame,
    told: Option<String>,
    /// Who was added, and their first password.
    made: Option<(String, String)>,
    typed: New,
    branches: Vec<(String, String, bool)>,
    list: Vec<Line>,
    goes_on: bool,
    next: Option<String>,
}

struct Line {
    login: String,
    name: String,
    branch: String,
    roles: String,
    seen: String,
    disabled: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    show(&door, &signed, asked, None, None, New::default()).await
}

async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    asked: Asked,
    told: Option<String>,
    made: Option<(String, String)>,
    typed: New,
) -> Result<Response, Trouble> {
    signed.require(Action::User)?;
    let t = signed.tongue();
    let from: Option<String> = after(asked.after.as_deref())?;
    let login = from.clone().unwrap_or_default();
    let list = door.desk.staff_files(&signed.member, &login, LINES).await?;
    let book = door.desk.rulebook();
    let chosen = match typed.branch.as_str() {
        "" => signed.member.branch().to_string(),
        code => code.to_owned(),
    };
    shown(&ListPage {
        frame: Frame::of(signed, t.say("Personnel", "Staff"), HERE),
        told,
        made,
        typed,
        branches: book
            .branches
            .values()
            .filter(|branch| signed.member.may_at(Action::User, branch.code))
            .map(|branch| {
                let code = branch.code.to_string();
                let here = code == chosen;
                (code, branch.name.clone(), here)
            })
            .collect(),
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|file| Line {
                branch: place_name(&book, Some(file.branch), t),
                roles: roles(&file),
                seen: file
                    .seen_at
                    .map(|at| t.day(&at.to_zoned(signed.at.time_zone().clone()).date()))
                    .unwrap_or_default(),
                disabled: file.disabled_at.is_some(),
                login: file.login,
                name: file.name,
            })
            .collect(),
    })
}

fn roles(file: &StaffFile) -> String {
    let held = file.roles.iter().chain(&file.rights);
    let said: Vec<_> = held
        .map(|(name, branch)| match branch {
            Some(branch) => format!("{name}@{branch}"),
            None => name.clone(),
        })
        .collect();
    said.join(", ")
}

pub(super) async fn add(
    State(door): State<Arc<Door>>,
    form: Form<New>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    signed.require(Action::User)?;
    let t = signed.tongue();
    let Ok(branch) = sent.branch.parse() else {
        let told = t.say("Choisissez une bibliothèque.", "Choose a branch.");
        return show(
            &door,
            &signed,
            Asked::default(),
            Some(told.into()),
            None,
            sent,
        )
        .await;
    };
    let new = StaffFile {
        id: 0,
        login: sent.login.trim().to_owned(),
        name: sent.name.trim().to_owned(),
        branch,
        language: Language::French,
        disabled_at: None,
        seen_at: None,
        roles: Vec::new(),
        rights: Vec::new(),
        actions: Vec::new(),
    };
    match door
        .desk
        .add_staff_file(&signed.member, &new, &signed.at)
        .await?
    {
        Ok(password) => {
            let made = (new.login, password.reveal().to_owned());
            show(
                &door,
                &signed,
                Asked::default(),
                None,
                Some(made),
                New::default(),
            )
            .await
        }
        Err(StaffRefused::Right(missing)) => Err(missing.into()),
        Err(refused) => {
            let told = refused_text(&refused, t.0);
            show(&door, &signed, Asked::default(), Some(told), None, sent).await
        }
    }
}
