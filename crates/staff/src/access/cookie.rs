//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};
use desk::{SESSION_HOURS, Secret};

use crate::Origin;

/// Over TLS with the prefix that lets no other host or path of the site set it.
fn name(origin: Origin) -> &'static str {
    match origin.encrypted {
        true => "__Host-relire",
        false => "relire",
    }
}

/// The secret that a browser shows.
pub(crate) fn shown(headers: &HeaderMap, origin: Origin) -> Option<Secret> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name(origin))
        .and_then(|cookie| Secret::shown(cookie.value()))
}

/// From now on the browser shows this.
pub(crate) fn remembered(secret: &Secret, origin: Origin) -> Option<HeaderValue> {
    written(secret.reveal(), SESSION_HOURS * 3_600, origin)
}

/// From now on it shows nothing.
pub(crate) fn dismissed(origin: Origin) -> Option<HeaderValue> {
    written("", 0, origin)
}

fn written(value: &str, seconds: i64, origin: Origin) -> Option<HeaderValue> {
    let cookie = Cookie::build((name(origin), value))
        .path("/")
        .http_only(true)
        .secure(origin.encrypted)
        .same_site(SameSite::Strict)
        .max_age(cookie::time::Duration::seconds(seconds));
    let mut value = HeaderValue::try_from(cookie.to_string()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_it_is_sent_over_tls_only() {
        let secret = Secret::shown(&"0f".repeat(32)).unwrap();
        let origin = |encrypted| Origin {
            address: [127, 0, 0, 1].into(),
            encrypted,
        };
        let over = remembered(&secret, origin(true)).unwrap();
        let over = over.to_str().unwrap();
        for part in [
            "__Host-relire=0f",
            "HttpOnly",
            "SameSite=Strict",
            "Secure",
            "Path=/",
            "Max-Age=43200",
        ] {
            assert!(over.contains(part), "{over}");
        }
        let mut headers = HeaderMap::new();
        let sent = over.split(';').next().unwrap();
        headers.insert(header::COOKIE, format!("a=b; {sent}").parse().unwrap());
        assert_eq!(shown(&headers, origin(true)), Some(secret));
        assert_eq!(shown(&headers, origin(false)), None);
    }
}
