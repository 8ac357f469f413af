//! What is changed of a member of staff.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::{BranchCode, Language};
use desk::{Action, StaffChange, StaffRefused};
use serde::Deserialize;

use super::{HERE, file::show};
use crate::{
    Door,
    access::{Form, Signed},
    pages::Trouble,
    staff::refused_text,
};

#[derive(Debug, Deserialize)]
pub(super) struct Told {
    name: String,
    branch: BranchCode,
    #[serde(default)]
    language: String,
}

pub(super) async fn change(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    form: Form<Told>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let change = StaffChange::File {
        name: sent.name,
        branch: sent.branch,
        language: match sent.language.as_str() {
            "en" => Language::English,
            _ => Language::French,
        },
    };
    done(&door, &signed, &login, &change).await
}

/// A role or a right, at a branch or everywhere.
#[derive(Debug, Deserialize)]
pub(super) struct Granted {
    /// `role` or `right`.
    kind: String,
    name: String,
    /// A branch's code; `*`: everywhere.
    place: String,
}

impl Granted {
    fn place(&self) -> Result<Option<BranchCode>, Trouble> {
        match self.place.as_str() {
            "*" => Ok(None),
            code => code.parse().map(Some).map_err(|_| Trouble::NotFound),
        }
    }

    /// The right of this name, if it is one.
    fn right(&self) -> Result<Action, Trouble> {
        let action = Action::all().find(|action| action.name() == self.name);
        action.ok_or(Trouble::NotFound)
    }
}

pub(super) async fn give(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    form: Form<Granted>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let place = sent.place()?;
    let change = match sent.kind.as_str() {
        "role" => StaffChange::GiveRole(sent.name, place),
        _ => StaffChange::GiveRight(sent.right()?, place),
    };
    done(&door, &signed, &login, &change).await
}

pub(super) async fn take(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    form: Form<Granted>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let place = sent.place()?;
    let change = match sent.kind.as_str() {
        "role" => StaffChange::TakeRole(sent.name, place),
        _ => StaffChange::TakeRight(sent.right()?, place),
    };
    done(&door, &signed, &login, &change).await
}

#[derive(Debug, Deserialize)]
pub(super) struct Access {
    /// `no`: they may not come in any more.
    access: String,
}

pub(super) async fn access(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    form: Form<Access>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let change = match sent.access.as_str() {
        "no" => StaffChange::Disable,
        _ => StaffChange::Enable,
    };
    done(&door, &signed, &login, &change).await
}

async fn done(
    door: &Arc<Door>,
    signed: &Signed,
    login: &str,
    change: &StaffChange,
) -> Result<Response, Trouble> {
    let changed = door
        .desk
        .change_staff_file(&signed.member, login, change, &signed.at)
        .await?;
    match changed {
        Ok(file) => Ok(Redirect::to(&format!("{HERE}/{}?done=kept", file.login)).into_response()),
        Err(refused) => told(door, signed, login, &refused).await,
    }
}

async fn told(
    door: &Arc<Door>,
    signed: &Signed,
    login: &str,
    refused: &StaffRefused,
) -> Result<Response, Trouble> {
    match refused {
        StaffRefused::Right(missing) => Err((*missing).into()),
        refused => {
            let told = refused_text(refused, signed.tongue().0);
            show(door, signed, login, Some((false, told)), None).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn password(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form { signed, .. } = form;
    let reset = door
        .desk
        .reset_staff_password(&signed.member, &login, &signed.at)
        .await?;
    match reset {
        Ok(password) => {
            let password = Some(password.reveal().to_owned());
            show(&door, &signed, &login, None, password).await
        }
        Err(refused) => told(&door, &signed, &login, &refused).await,
    }
}
