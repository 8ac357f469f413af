//! A new machine or partner.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::Method,
    response::{IntoResponse, Response},
    routing::post,
};
use desk::MachineAsk;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{
    body::{needs, problem},
    set::ended_early,
};
use crate::{
    Door,
    api::{
        input::Command,
        problem::Problem,
        route::{Route, Shape},
        words::{Branch, Words},
    },
};

/// A machine or partner to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMachine {
    /// What it logs in with: 1 to 64 letters, digits, dots, dashes and underscores.
    login: Words,
    /// What people call it; the login, if nothing is said.
    #[serde(default)]
    name: Words,
    /// Where it stands, or which branch it speaks to.
    branch: Branch,
    /// The profile that it follows.
    profile: Words,
    /// What it may ask; none: what its profile suggests, or everything.
    #[serde(default)]
    messages: Vec<String>,
    /// Its own settings, which go before those of its profile. What stands in them is told by `/problems/unfit`.
    #[serde(default)]
    #[schema(value_type = Object)]
    settings: Map<String, Value>,
}

/// A machine or partner that was added, or has a new way in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct WayIn {
    /// What it is known by.
    pub(super) login: String,
    /// Its password, shown this once.
    pub(super) password: String,
}

pub(super) const EXAMPLE: &str =
    r#"{"login": "lens-automate-2", "password": "abcdefghjkmnpqrstuvw"}"#;

pub(super) fn route(partner: bool) -> Route {
    let (path, name, summary, example) = match partner {
        false => (
            "/terminals",
            "add_terminal",
            "Ajouter un automate — Add a terminal",
            r#"{"login": "lens-automate-2", "branch": "LENS", "profile": "self-check"}"#,
        ),
        true => (
            "/partners",
            "add_partner",
            "Ajouter un partenaire — Add a partner",
            r#"{"login": "courtier", "branch": "LENS", "profile": "ncip-broker", "settings": {"agencies": ["X"]}}"#,
        ),
    };
    Route {
        method: Method::POST,
        path,
        needs: needs(partner),
        name,
        summary,
        text: "Its password is told this once. A login that is taken is a refusal, so that nothing is added twice.",
        parameters: &[],
        takes: Some(Shape::of::<NewMachine>(example)),
        gives: Shape::of::<WayIn>(EXAMPLE),
        keyed: false,
        serve: match partner {
            false => || post(add::<false>),
            true => || post(add::<true>),
        },
    }
}

async fn add<const PARTNER: bool>(
    State(door): State<Arc<Door>>,
    command: Command<NewMachine>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    let none = Map::new();
    let profiles = door.desk.profiles().await?;
    let of_kind = profiles.iter().any(|profile| {
        profile.name == sent.profile.0
            && (door.machines.is_partner)(&profile.settings, &none) == PARTNER
    });
    if !of_kind {
        let no = desk::MachineRefused::NoProfile(sent.profile.0);
        return Err(problem(no));
    }
    let task = tokio::spawn(async move {
        let ask = MachineAsk {
            profile: sent.profile.0,
            messages: sent.messages,
            settings: sent.settings,
            at: caller.at.clone(),
        };
        let what = (sent.login.0.as_str(), sent.name.0.as_str(), sent.branch.0);
        let desk = &door.desk;
        let added = desk.add_machine(&caller.member, &door.machines, what, ask);
        let password = added.await?.map_err(problem)?;
        let way = WayIn {
            login: sent.login.0.clone(),
            password: password.reveal().to_owned(),
        };
        Ok(Json(way).into_response())
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}
