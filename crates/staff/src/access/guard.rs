//! What no question passes without.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    Door, Origin,
    api::{Kind, OTHER_SITE, Problem, UNSAFE_LINE},
};

/// Lets a question through that comes over a safe line, and, where it changes something, from a page of ours.
pub(crate) async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let safe = request
        .extensions()
        .get::<Origin>()
        .is_some_and(|origin| origin.is_safe(&door.settings.plain_from));
    if !safe {
        return no(
            &request,
            UNSAFE_LINE,
            "Les données des lecteurs ne passent que par une connexion chiffrée : utilisez https.",
            "Readers' data is sent over an encrypted line only: use https.",
        );
    }
    if !request.method().is_safe() && comes_from_elsewhere(request.headers()) {
        tracing::warn!("a form of another site was refused");
        metrics::counter!("relire_staff_refused_total", "reason" => "other_site").increment(1);
        return no(
            &request,
            OTHER_SITE,
            "Cette demande vient d'un autre site.",
            "This comes from another site.",
        );
    }
    next.run(request).await
}

/// Pages are told in plain words, programs in theirs.
fn no(request: &Request, kind: Kind, fr: &str, en: &str) -> Response {
    let path = request.uri().path();
    match path == "/api" || path.starts_with("/api/") {
        true => Problem::new(kind, fr, en).at(path).into_response(),
        false => (StatusCode::FORBIDDEN, format!("{fr}\n{en}\n")).into_response(),
    }
}

/// Every browser of today says from where a form was sent. Programs say nothing, and have no cookie.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = said("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = said(header::ORIGIN.as_str()) else {
        return false;
    };
    let host = said(header::HOST.as_str()).unwrap_or_default();
    origin
        .split_once("://")
        .is_none_or(|(_, from)| from != host)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn elsewhere(said: &[(&'static str, &'static str)]) -> bool {
        let headers = said
            .iter()
            .map(|(name, value)| {
                let name = HeaderName::from_static(name);
                (name, HeaderValue::from_static(value))
            })
            .collect();
        comes_from_elsewhere(&headers)
    }

    #[test]
    fn what_another_site_sends_is_known() {
        assert!(!elsewhere(&[]));
        assert!(!elsewhere(&[("sec-fetch-site", "same-origin")]));
        assert!(!elsewhere(&[("sec-fetch-site", "none")]));
        for site in ["cross-site", "same-site", "x"] {
            assert!(elsewhere(&[("sec-fetch-site", site)]), "{site}");
        }
        let host = ("host", "relire.example:8080");
        assert!(!elsewhere(&[
            host,
            ("origin", "https://relire.example:8080")
        ]));
        for origin in ["https://evil.example", "null", "https://relire.example", ""] {
            assert!(elsewhere(&[host, ("origin", origin)]), "{origin}");
        }
    }
}
