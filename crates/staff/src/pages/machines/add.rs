//! A new machine or partner.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use circulation::BranchCode;
use desk::{Action, MachineAsk};
use serde::Deserialize;

use super::{partners, set, terminals, words};
use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "machine_form.html")]
struct AddPage {
    frame: Frame,
    refused: Option<String>,
    partner: bool,
    sent: Sent,
    branches: Vec<(String, String, bool)>,
    /// Name, what it is for, and whether it is chosen.
    profiles: Vec<(String, String, bool)>,
}

/// A machine as it is typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    branch: String,
    #[serde(default)]
    profile: String,
    #[serde(default)]
    settings: String,
}

pub(super) async fn terminal(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    form(&door, &signed, false, Sent::default(), None).await
}

pub(super) async fn partner(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    form(&door, &signed, true, Sent::default(), None).await
}

const fn action(partner: bool) -> Action {
    match partner {
        true => Action::Partner,
        false => Action::Terminal,
    }
}

async fn form(
    door: &Arc<Door>,
    signed: &Signed,
    partner: bool,
    sent: Sent,
    refused: Option<String>,
) -> Result<Response, Trouble> {
    signed.require(action(partner))?;
    let t = signed.tongue();
    let none = Default::default();
    let profiles = door.desk.profiles().await?;
    let (title, here) = match partner {
        true => (
            t.say("Ajouter un partenaire", "Add a partner"),
            partners::HERE,
        ),
        false => (
            t.say("Ajouter un automate", "Add a terminal"),
            terminals::HERE,
        ),
    };
    let usual = signed.member.branch().to_string();
    let at = Some(sent.branch.as_str()).filter(|code| !code.is_empty());
    let at = at.unwrap_or(&usual).to_owned();
    shown(&AddPage {
        frame: Frame::of(signed, title, here),
        refused,
        partner,
        branches: door
            .desk
            .rulebook()
            .branches
            .values()
            .filter(|branch| signed.member.may_at(action(partner), branch.code))
            .map(|branch| {
                let code = branch.code.to_string();
                let here = code == at;
                (code, branch.name.clone(), here)
            })
            .collect(),
        profiles: profiles
            .into_iter()
            .filter(|profile| (door.machines.is_partner)(&profile.settings, &none) == partner)
            .map(|profile| {
                let chosen = profile.name == sent.profile;
                (profile.name, profile.note, chosen)
            })
            .collect(),
        sent,
    })
}

pub(super) async fn add_terminal(
    State(door): State<Arc<Door>>,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    add(&door, posted, false).await
}

pub(super) async fn add_partner(
    State(door): State<Arc<Door>>,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    add(&door, posted, true).await
}

async fn add(door: &Arc<Door>, posted: Form<Sent>, partner: bool) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    signed.require(action(partner))?;
    let branch: BranchCode = sent
        .branch
        .parse()
        .map_err(|_| Trouble::Unreadable("no branch".to_owned()))?;
    let (login, name) = (sent.login.trim(), sent.name.trim());
    let added = match words::settings(&sent.settings) {
        Err(refused) => Err(refused),
        Ok(settings) => {
            let ask = MachineAsk {
                profile: sent.profile.clone(),
                messages: Vec::new(),
                settings,
                at: signed.at.clone(),
            };
            let desk = &door.desk;
            desk.add_machine(&signed.member, &door.machines, (login, name, branch), ask)
                .await?
        }
    };
    match added {
        Ok(password) => {
            let made = Some(password.reveal().to_owned());
            set::shown_with(door, &signed, login, (made, None), None).await
        }
        Err(refused) => {
            let told = words::told(signed.tongue(), refused)?;
            form(door, &signed, partner, sent, Some(told)).await
        }
    }
}
