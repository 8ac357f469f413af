//! Who asks, and what lets them in: a program by its token, a page of ours by its session.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, RawPathParams, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use circulation::BranchCode;
use desk::{Member, Secret};
use jiff::Zoned;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::{
    bucket::Whose,
    problem::{FORM_KEY, Problem, TOO_MANY},
    route::Needs,
};
use crate::{
    Door, Origin,
    access::{same, shown},
};

/// The header in which a page of ours proves that it is one.
pub(crate) const FORM_KEY_HEADER: &str = "x-relire-form";

/// Who asks, and when.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) member: Member,
    pub(crate) at: Zoned,
}

/// Lets in who may ask this of this route, with a [`Caller`] in the extensions.
pub(crate) async fn admit(
    State((door, needs)): State<(Arc<Door>, Needs)>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let caller = recognised(&door, &parts).await?;
    match needs {
        Needs::SignedIn => {}
        Needs::Here(action) => caller.member.require(action)?,
        Needs::AtBranch(action) => {
            let params = RawPathParams::from_request_parts(&mut parts, &()).await;
            let params = params.map_err(|_| Problem::not_found())?;
            let named = params.iter().find(|(name, _)| *name == "branch");
            let code = named.and_then(|(_, code)| code.parse::<BranchCode>().ok());
            let code = code.ok_or_else(Problem::not_found)?;
            caller.member.require_at(action, code)?;
            if !door.desk.rulebook().branches.contains_key(&code) {
                return Err(Problem::not_found());
            }
        }
    }
    parts.extensions.insert(caller);
    Ok(next.run(Request::from_parts(parts, body)).await)
}

async fn recognised(door: &Door, parts: &Parts) -> Result<Caller, Problem> {
    let origin = parts.extensions.get::<Origin>().copied();
    let origin = origin.ok_or_else(Problem::not_found)?;
    let at = door.desk.now();
    let now = Instant::now();
    let headers = &parts.headers;
    let (secret, program) = match bearer(headers)? {
        Some(secret) => (Some(secret), true),
        None => (shown(headers, origin), false),
    };
    let Some(secret) = secret else {
        return Err(Problem::sign_in());
    };
    let whose = digest(&[b"secret ", secret.reveal().as_bytes()]);
    let take = || {
        let taken = door.buckets.take(whose, now);
        taken.map_err(|wait| too_many(wait.as_secs() + 1))
    };
    // Whoever shows what nobody has pays for it with their address, before the database is asked; and those who are
    // known do not pay for others behind the same one.
    let address = digest(&[b"address ", origin.address.to_string().as_bytes()]);
    let known = door.buckets.knows(&whose);
    if known {
        take()?;
    } else if !door.buckets.has(&address, now) {
        return Err(too_many(1));
    }
    let member = match program {
        true => door.desk.staff_program(&secret, at.timestamp()).await?,
        false => door.desk.staff_at(&secret, at.timestamp()).await?,
    };
    let Some(member) = member else {
        let _ = door.buckets.take(address, now);
        return Err(Problem::sign_in());
    };
    if !known {
        take()?;
    }
    if !program && !parts.method.is_safe() {
        from_our_page(headers, &secret)?;
    }
    Ok(Caller { member, at })
}

/// The token of an `Authorization: Bearer` header. Something else in that header is nobody's.
fn bearer(headers: &HeaderMap) -> Result<Option<Secret>, Problem> {
    let mut shown = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (shown.next(), shown.next()) else {
        return match headers.contains_key(header::AUTHORIZATION) {
            true => Err(Problem::sign_in()),
            false => Ok(None),
        };
    };
    let (scheme, token) = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .unwrap_or_default();
    let secret = scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| Secret::shown(token.trim()))
        .flatten();
    secret.map(Some).ok_or_else(Problem::sign_in)
}

/// A cookie comes with whatever a browser sends; the key of a form does not.
fn from_our_page(headers: &HeaderMap, secret: &Secret) -> Result<(), Problem> {
    let key = headers.get(FORM_KEY_HEADER);
    let key = key.and_then(|key| key.to_str().ok()).unwrap_or_default();
    if same(key, &secret.form_key()) {
        return Ok(());
    }
    Err(Problem::new(
        FORM_KEY,
        "L’en-tête X-Relire-Form doit porter la clé de formulaire de cette session.",
        "The header X-Relire-Form has to carry the form key of this session.",
    ))
}

fn too_many(seconds: u64) -> Problem {
    metrics::counter!("relire_staff_refused_total", "reason" => "too_many").increment(1);
    Problem::new(
        TOO_MANY,
        "Au plus 50 questions par seconde, 200 d’un coup : réessayez plus tard.",
        "At most 50 questions a second, 200 at once: try again later.",
    )
    .later(seconds)
}

fn digest(parts: &[&[u8]]) -> Whose {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

impl Caller {
    /// What sets this caller's keys apart from those of others.
    pub(crate) fn keyed_by(&self) -> String {
        match self.member.token() {
            Some(token) => format!("token {token}"),
            None => "session".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn said(values: &[&str]) -> Result<Option<Secret>, Problem> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        bearer(&headers)
    }

    #[test]
    fn a_token_is_shown_once_and_in_its_scheme() {
        let token = "0f".repeat(32);
        assert!(said(&[]).unwrap().is_none());
        assert!(said(&[&format!("Bearer {token}")]).unwrap().is_some());
        assert!(said(&[&format!("bearer  {token}")]).unwrap().is_some());
        let twice = format!("Bearer {token}");
        for wrong in [
            &[token.as_str()][..],
            &["Bearer"],
            &["Bearer x"],
            &["Basic YTpi"],
            &[&twice, &twice],
        ] {
            assert!(said(wrong).is_err(), "{wrong:?}");
        }
    }
}
