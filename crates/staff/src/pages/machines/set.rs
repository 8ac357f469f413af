//! A machine or partner: its settings and rights, and a new way in.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::{MachineAsk, laid_over};
use serde::Deserialize;

use super::{partners, terminals, words};
use crate::{
    Door,
    access::{Form, Signed},
    calendar::place_name,
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
};

#[derive(Template)]
#[template(path = "machine.html")]
struct MachinePage {
    frame: Frame,
    /// A new password, shown this once.
    password: Option<String>,
    /// A new path that the partner sends to, shown this once.
    path: Option<String>,
    refused: Option<String>,
    partner: bool,
    here: &'static str,
    login: String,
    version: i64,
    about: Vec<(&'static str, String)>,
    /// Why its door does not serve it.
    not_served: Option<String>,
    /// Name, what it is for, and whether it follows that one.
    profiles: Vec<(String, String, bool)>,
    messages: String,
    all_messages: String,
    own: String,
    /// What the settings come to.
    whole: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    signed: Signed,
) -> Result<Response, Trouble> {
    shown_with(&door, &signed, &login, (None, None), None).await
}

/// The page, with a password or token that was just made, or why nothing was done.
pub(super) async fn shown_with(
    door: &Arc<Door>,
    signed: &Signed,
    login: &str,
    (password, token): (Option<String>, Option<String>),
    refused: Option<(String, Sent)>,
) -> Result<Response, Trouble> {
    let (desk, t) = (&door.desk, signed.tongue());
    let found = desk.machine(&signed.member, &door.machines, login).await?;
    let machine = match found {
        Ok(machine) => machine,
        Err(refused) => return Err(words::trouble(t, refused)),
    };
    let (terminal, profile, partner) = (&machine.terminal, &machine.profile, machine.is_partner);
    let kind = match partner {
        true => &door.machines.partner,
        false => &door.machines.terminal,
    };
    let none = Default::default();
    let (refused, sent) = refused.unzip();
    let follows = sent.as_ref().map_or(&profile.name, |sent| &sent.profile);
    let profiles = desk.profiles().await?;
    let token_is = match (partner, machine.has_token()) {
        (false, _) => String::new(),
        (true, true) => t.say("oui", "yes").to_owned(),
        (true, false) => t.say("non", "no").to_owned(),
    };
    let about = [
        (t.say("Nom", "Name"), terminal.name.clone()),
        (
            t.say("Bibliothèque", "Branch"),
            place_name(&desk.rulebook(), Some(terminal.branch), t),
        ),
        (t.say("Jeton", "Token"), token_is),
    ];
    let here = match partner {
        true => partners::HERE,
        false => terminals::HERE,
    };
    shown(&MachinePage {
        frame: Frame::of(signed, &terminal.login, here),
        password,
        path: token.map(|token| format!("/ncip/{token}")),
        refused,
        partner,
        here,
        login: terminal.login.clone(),
        version: terminal.version,
        about: about
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        not_served: machine.not_served.clone(),
        profiles: profiles
            .iter()
            .filter(|other| (door.machines.is_partner)(&other.settings, &none) == partner)
            .map(|other| {
                (
                    other.name.clone(),
                    other.note.clone(),
                    &other.name == follows,
                )
            })
            .collect(),
        messages: match &sent {
            Some(sent) => sent.messages.clone(),
            None => terminal.messages.join(" "),
        },
        all_messages: (kind.messages)().join(" "),
        whole: words::written(&laid_over(&profile.settings, &machine.own())),
        own: match sent {
            Some(sent) => sent.settings,
            None => words::written(&machine.own()),
        },
    })
}

/// A machine’s settings as they are typed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sent {
    version: i64,
    profile: String,
    #[serde(default)]
    messages: String,
    #[serde(default)]
    settings: String,
}

pub(super) async fn change(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    posted: Form<Sent>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = posted;
    let changed = match words::settings(&sent.settings) {
        Err(refused) => Err(refused),
        Ok(settings) => {
            let ask = MachineAsk {
                profile: sent.profile.clone(),
                messages: words::messages(&sent.messages),
                settings,
                at: signed.at.clone(),
            };
            let seen = (login.as_str(), sent.version);
            let desk = &door.desk;
            desk.change_machine(&signed.member, &door.machines, seen, ask)
                .await?
        }
    };
    match changed {
        Ok(()) => Ok(Redirect::to(&address(&login)).into_response()),
        Err(refused) => {
            let told = words::told(signed.tongue(), refused)?;
            shown_with(&door, &signed, &login, (None, None), Some((told, sent))).await
        }
    }
}

fn address(login: &str) -> String {
    let login = serde_urlencoded::to_string([("", login)]).unwrap_or_default();
    let login = login.trim_start_matches('=').replace('+', "%20");
    format!("/staff/terminals/{login}")
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn password(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    posted: Form<Nothing>,
) -> Result<Response, Trouble> {
    let signed = posted.signed;
    let (desk, member) = (&door.desk, &signed.member);
    let made = desk
        .new_machine_password(member, &door.machines, &login, &signed.at)
        .await?;
    match made {
        Ok(password) => {
            let made = Some(password.reveal().to_owned());
            shown_with(&door, &signed, &login, (made, None), None).await
        }
        Err(refused) => Err(words::trouble(signed.tongue(), refused)),
    }
}

pub(super) async fn token(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    posted: Form<Nothing>,
) -> Result<Response, Trouble> {
    let signed = posted.signed;
    let (desk, member) = (&door.desk, &signed.member);
    let made = desk
        .new_partner_token(member, &door.machines, &login, &signed.at)
        .await?;
    match made {
        Ok(token) => {
            let made = Some(token.reveal().to_owned());
            shown_with(&door, &signed, &login, (None, made), None).await
        }
        Err(refused) => Err(words::trouble(signed.tongue(), refused)),
    }
}

pub(super) async fn revoke(
    State(door): State<Arc<Door>>,
    Path(login): Path<String>,
    posted: Form<Nothing>,
) -> Result<Response, Trouble> {
    let signed = posted.signed;
    let (desk, member) = (&door.desk, &signed.member);
    let machine = desk.machine(member, &door.machines, &login).await?;
    let partner = machine.as_ref().is_ok_and(|machine| machine.is_partner);
    let revoked = desk
        .revoke_machine(member, &door.machines, &login, &signed.at)
        .await?;
    match revoked {
        Ok(()) if partner => Ok(Redirect::to(partners::HERE).into_response()),
        Ok(()) => Ok(Redirect::to(terminals::HERE).into_response()),
        Err(refused) => Err(words::trouble(signed.tongue(), refused)),
    }
}
