//! A machine or partner: read, set, given a new way in, taken out of use.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use desk::{Machine, MachineAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    add::{self, WayIn},
    body::{EXAMPLE, MachineShown, MachineWritten, needs, problem},
};
use crate::{
    Door,
    api::{
        caller::Caller,
        if_match::{IF_MATCH, if_match},
        input::{Command, Named},
        problem::Problem,
        route::{Route, Shape},
        shown::shown,
    },
};

/// Nothing more to say about it.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MachineDone {}

/// A partner’s new path.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct NewPath {
    /// Where it sends to from now on, shown this once.
    path: String,
}

pub(super) fn routes(partner: bool) -> [Route; 4] {
    let of = |terminal, of_partner| if partner { of_partner } else { terminal };
    let path = of("/terminals/{login}", "/partners/{login}");
    [
        Route {
            method: Method::GET,
            path,
            needs: needs(partner),
            name: of("terminal", "partner"),
            summary: of(
                "Les réglages d’un automate — A terminal’s settings",
                "Les réglages d’un partenaire — A partner’s settings",
            ),
            text: "Its `ETag` is what a change shows as `If-Match`. No password and no token is told.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<MachineShown>(EXAMPLE),
            keyed: false,
            serve: match partner {
                false => || get(read::<false>),
                true => || get(read::<true>),
            },
        },
        Route {
            method: Method::PUT,
            path,
            needs: needs(partner),
            name: of("set_terminal", "set_partner"),
            summary: of(
                "Régler un automate — Set a terminal",
                "Régler un partenaire — Set a partner",
            ),
            text: "It goes on under these settings within seconds, from its next message on.",
            parameters: IF_MATCH,
            takes: Some(Shape::of::<MachineWritten>(of(
                r#"{"profile": "self-check", "messages": ["11", "09"], "settings": {"idle": 900}}"#,
                r#"{"profile": "ncip-broker", "settings": {"agencies": ["X"]}}"#,
            ))),
            gives: Shape::of::<MachineShown>(EXAMPLE),
            keyed: false,
            serve: match partner {
                false => || put(set::<false>),
                true => || put(set::<true>),
            },
        },
        Route {
            method: Method::DELETE,
            path,
            needs: needs(partner),
            name: of("revoke_terminal", "revoke_partner"),
            summary: of(
                "Mettre un automate hors service — Take a terminal out of use",
                "Mettre un partenaire hors service — Take a partner out of use",
            ),
            text: "It comes in no more, and is shown the door at once. A body is not needed.",
            parameters: &[],
            takes: Some(Shape::of::<MachineDone>("{}")),
            gives: Shape::of::<MachineDone>("{}"),
            keyed: false,
            serve: match partner {
                false => || delete(revoke::<false>),
                true => || delete(revoke::<true>),
            },
        },
        Route {
            method: Method::POST,
            path: of("/terminals/{login}/password", "/partners/{login}/password"),
            needs: needs(partner),
            name: of("new_terminal_password", "new_partner_password"),
            summary: of(
                "Nouveau mot de passe d’un automate — A terminal’s new password",
                "Nouveau mot de passe d’un partenaire — A partner’s new password",
            ),
            text: "Told this once; what is in stays in. A body is not needed.",
            parameters: &[],
            takes: Some(Shape::of::<MachineDone>("{}")),
            gives: Shape::of::<WayIn>(add::EXAMPLE),
            keyed: false,
            serve: match partner {
                false => || post(password::<false>),
                true => || post(password::<true>),
            },
        },
    ]
}

pub(super) fn route_of_token() -> Route {
    Route {
        method: Method::POST,
        path: "/partners/{login}/token",
        needs: needs(true),
        name: "new_partner_token",
        summary: "Nouveau jeton d’un partenaire — A partner’s new token",
        text: "The path that it sends to from now on, told this once. A body is not needed.",
        parameters: &[],
        takes: Some(Shape::of::<MachineDone>("{}")),
        gives: Shape::of::<NewPath>(r#"{"path": "/ncip/abcdefghjkmnpqrstuvw"}"#),
        keyed: false,
        serve: || post(token),
    }
}

/// A machine of the kind that the address says.
async fn found(
    door: &Door,
    caller: &Caller,
    login: &str,
    partner: bool,
) -> Result<Machine, Problem> {
    let found = door.desk.machine(&caller.member, &door.machines, login);
    let machine = found.await?.map_err(problem)?;
    match machine.is_partner == partner {
        true => Ok(machine),
        false => Err(Problem::not_found()),
    }
}

async fn read<const PARTNER: bool>(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(login): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let machine = found(&door, &caller, &login, PARTNER).await?;
    shown(&headers, &MachineShown::from(&machine))
}

async fn set<const PARTNER: bool>(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    headers: HeaderMap,
    command: Command<MachineWritten>,
) -> Result<Response, Problem> {
    let Command { caller, sent, .. } = command;
    let before = found(&door, &caller, &login, PARTNER).await?;
    if_match(&headers, &MachineShown::from(&before))?;
    let task = tokio::spawn(async move {
        let ask = MachineAsk {
            profile: sent.profile.0,
            messages: sent.messages,
            settings: sent.settings,
            at: caller.at.clone(),
        };
        let seen = (login.as_str(), before.terminal.version);
        let desk = &door.desk;
        let set = desk.change_machine(&caller.member, &door.machines, seen, ask);
        set.await?.map_err(problem)?;
        let after = found(&door, &caller, &login, PARTNER).await?;
        shown(&HeaderMap::new(), &MachineShown::from(&after))
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

async fn revoke<const PARTNER: bool>(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<MachineDone>,
) -> Result<Response, Problem> {
    let caller = command.caller;
    found(&door, &caller, &login, PARTNER).await?;
    let task = tokio::spawn(async move {
        let (member, at) = (&caller.member, &caller.at);
        let revoked = door.desk.revoke_machine(member, &door.machines, &login, at);
        revoked.await?.map_err(problem)?;
        Ok(Json(MachineDone {}).into_response())
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

async fn password<const PARTNER: bool>(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<MachineDone>,
) -> Result<Response, Problem> {
    let caller = command.caller;
    found(&door, &caller, &login, PARTNER).await?;
    let task = tokio::spawn(async move {
        let (member, at) = (&caller.member, &caller.at);
        let desk = &door.desk;
        let made = desk.new_machine_password(member, &door.machines, &login, at);
        let password = made.await?.map_err(problem)?.reveal().to_owned();
        Ok(Json(WayIn { login, password }).into_response())
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

async fn token(
    State(door): State<Arc<Door>>,
    Named(login): Named,
    command: Command<MachineDone>,
) -> Result<Response, Problem> {
    let caller = command.caller;
    let task = tokio::spawn(async move {
        let (member, at) = (&caller.member, &caller.at);
        let desk = &door.desk;
        let made = desk.new_partner_token(member, &door.machines, &login, at);
        let token = made.await?.map_err(problem)?;
        let path = format!("/ncip/{}", token.reveal());
        Ok(Json(NewPath { path }).into_response())
    });
    task.await.unwrap_or_else(|_| Err(ended_early()))
}

pub(super) fn ended_early() -> Problem {
    desk::DeskError::OutcomeUnknown("the question's task ended early".to_owned()).into()
}
