//! One's own way in: password, sessions, tokens.

use std::{fmt, sync::Arc};

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::Pin;
use serde::Deserialize;

use crate::{
    Door,
    access::{Form, Signed},
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    staff::refused_text,
};

const HERE: &str = "/staff/me";

#[derive(Template)]
#[template(path = "me.html")]
struct OwnPage {
    frame: Frame,
    told: Option<(bool, String)>,
    login: String,
    name: String,
    /// Sessions that are open, this one among them.
    sessions: i64,
    tokens: Vec<Token>,
}

struct Token {
    id: i64,
    name: String,
    about: String,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    show(&door, &signed, None).await
}

async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    told: Option<(bool, String)>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let (tokens, sessions) = door
        .desk
        .own_ways_in(&signed.member, signed.at.timestamp())
        .await?;
    let zone = signed.at.time_zone();
    let day = |at: jiff::Timestamp| t.day(&at.to_zoned(zone.clone()).date());
    shown(&OwnPage {
        frame: Frame::of(signed, t.say("Mon compte", "My account"), HERE),
        told,
        login: signed.member.login().to_owned(),
        name: signed.member.name().to_owned(),
        sessions,
        tokens: tokens
            .into_iter()
            .map(|token| Token {
                id: token.id,
                about: format!(
                    "{} · {} {}{}",
                    token.branch,
                    t.say("jusqu’au", "until"),
                    day(token.expires_at),
                    token
                        .seen_at
                        .map(|at| format!(" · {} {}", t.say("vu le", "seen on"), day(at)))
                        .unwrap_or_default()
                ),
                name: token.name,
            })
            .collect(),
    })
}

#[derive(Deserialize)]
pub(super) struct Passwords {
    old: String,
    new: String,
    again: String,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords { … }")
    }
}

pub(super) async fn password(
    State(door): State<Arc<Door>>,
    form: Form<Passwords>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let t = signed.tongue();
    let typed = (Pin::typed(&sent.old), Pin::typed(&sent.new));
    let told = match typed {
        (Some(old), Some(new)) if sent.new == sent.again => {
            let changed = door
                .desk
                .change_own_password(
                    &signed.member,
                    &signed.secret,
                    (&old, &new),
                    signed.origin.address,
                    &signed.at,
                )
                .await?;
            match changed {
                Ok(()) => (
                    true,
                    t.say(
                        "Le mot de passe est changé ; vos autres sessions sont fermées.",
                        "The password is changed; your other sessions are closed.",
                    )
                    .to_owned(),
                ),
                Err(refused) => (false, refused_text(&refused, t.0)),
            }
        }
        _ => (
            false,
            t.say(
                "Les deux saisies du nouveau mot de passe diffèrent : rien n’a changé.",
                "The new password was not typed the same twice: nothing has changed.",
            )
            .to_owned(),
        ),
    };
    show(&door, &signed, Some(told)).await
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn end_sessions(
    State(door): State<Arc<Door>>,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form { signed, .. } = form;
    door.desk
        .end_own_sessions(&signed.member, &signed.secret)
        .await?;
    Ok(Redirect::to(HERE).into_response())
}

pub(super) async fn end_token(
    State(door): State<Arc<Door>>,
    Path(token): Path<i64>,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    let Form { signed, .. } = form;
    let at = signed.at.timestamp();
    let ended = door
        .desk
        .revoke_staff_token(&signed.member, token, at)
        .await?;
    match ended {
        true => Ok(Redirect::to(HERE).into_response()),
        false => Err(Trouble::NotFound),
    }
}
