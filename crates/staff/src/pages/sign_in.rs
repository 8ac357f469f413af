//! Coming in, working at another branch, going home.

use std::{fmt, sync::Arc};

use askama::Template;
use axum::{
    Extension, Form as Plain,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use circulation::BranchCode;
use desk::{Pin, StaffSignIn};
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Trouble,
    shown::{Frame, page as shown},
};
use crate::{
    Door, Origin,
    access::{Form, Signed, dismissed, remembered},
    tongue::Tongue,
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    told: Option<String>,
    login: String,
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sent { … }")
    }
}

pub(crate) async fn page(
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    shown(&sign_in_page(&headers, None, String::new(), asked.next))
}

fn sign_in_page(
    headers: &HeaderMap,
    told: Option<String>,
    login: String,
    next: String,
) -> SignInPage {
    let t = tongue(headers);
    SignInPage {
        frame: Frame::of_nobody(t, t.say("Identification", "Sign in")),
        told,
        login,
        next,
    }
}

pub(crate) async fn sign_in(
    State(door): State<Arc<Door>>,
    Extension(origin): Extension<Origin>,
    headers: HeaderMap,
    Plain(sent): Plain<Sent>,
) -> Result<Response, Trouble> {
    let t = tongue(&headers);
    let at = door.desk.now().timestamp();
    let signed = match Pin::typed(&sent.password) {
        // The database takes no NUL, and nobody has one.
        Some(password) if !sent.login.contains('\0') => {
            let (login, address) = (sent.login.trim(), origin.address);
            door.desk
                .staff_sign_in(login, &password, address, at)
                .await?
        }
        _ => StaffSignIn::Refused,
    };
    let told = match signed {
        StaffSignIn::In(secret, member) => {
            tracing::info!(login = member.login(), branch = %member.branch(), "staff came in");
            let cookie = remembered(&secret, origin)
                .ok_or_else(|| Trouble::Broken("no cookie could be written".into()))?;
            let headers = [(header::SET_COOKIE, cookie)];
            return Ok((headers, Redirect::to(local(&sent.next))).into_response());
        }
        StaffSignIn::Refused => t
            .say(
                "Identifiant ou mot de passe incorrect.",
                "The login or the password is wrong.",
            )
            .into(),
        StaffSignIn::Later(until) => later(t, at, until),
    };
    let page = shown(&sign_in_page(&headers, Some(told), sent.login, sent.next))?;
    Ok((StatusCode::UNAUTHORIZED, page).into_response())
}

fn later(t: Tongue, at: Timestamp, until: Timestamp) -> String {
    let seconds = until.duration_since(at).as_secs().max(1);
    match t.0 {
        circulation::Language::French => {
            format!("Trop d’essais : recommencez dans {seconds} secondes.")
        }
        circulation::Language::English => format!("Too many tries: again in {seconds} seconds."),
    }
}

pub(crate) async fn sign_out(
    State(door): State<Arc<Door>>,
    form: Form<Nothing>,
) -> Result<Response, Trouble> {
    door.desk.staff_sign_out(&form.signed.secret).await?;
    let away = Redirect::to("/staff/sign-in");
    Ok(match dismissed(form.signed.origin) {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], away).into_response(),
        None => away.into_response(),
    })
}

/// A form that is its button alone.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

#[derive(Debug, Deserialize)]
pub(crate) struct Elsewhere {
    branch: BranchCode,
}

pub(crate) async fn works_at(
    State(door): State<Arc<Door>>,
    form: Form<Elsewhere>,
) -> Result<Redirect, Trouble> {
    let Form {
        signed: Signed { secret, .. },
        sent,
    } = form;
    if !door.desk.rulebook().branches.contains_key(&sent.branch) {
        return Err(Trouble::NotFound);
    }
    door.desk.staff_works_at(&secret, sent.branch).await?;
    Ok(Redirect::to("/staff"))
}

/// Where to go on: a page of ours, and nowhere else.
fn local(next: &str) -> &str {
    let ours = next == "/staff" || next.starts_with("/staff/") || next.starts_with("/staff?");
    let plain = next
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    match ours && plain && !next.starts_with("/staff/sign-") {
        true => next,
        false => "/staff",
    }
}

fn tongue(headers: &HeaderMap) -> Tongue {
    let accept = headers.get(header::ACCEPT_LANGUAGE);
    Tongue::preferred(accept.and_then(|value| value.to_str().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_away_from_here() {
        for ours in ["/staff", "/staff/patrons/7?x=1", "/staff?q=a"] {
            assert_eq!(local(ours), ours);
        }
        for other in [
            "",
            "https://evil.example/staff",
            "//evil.example",
            "/staffelsewhere",
            "/staff/\\evil",
            "/staff/\r\nSet-Cookie: a=b",
            "/staff/sign-out",
            "/api/v1",
        ] {
            assert_eq!(local(other), "/staff", "{other}");
        }
    }
}
