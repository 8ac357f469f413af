//! NCIP over HTTP and HTTPS.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Extension, Path, RawQuery, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ALLOW, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::any,
};
use ncip::{limits::BYTES, lists::Messaging};
use tokio::time::timeout;

use crate::{
    body,
    door::{Door, Envelope, Outcome},
    origin::Origin,
};

/// `/ncip` and `/ncip/{token}`. Whoever serves it puts an [`Origin`] into each request's extensions; without one nothing
/// is answered.
pub fn router(door: Arc<Door>) -> Router {
    Router::new()
        .route("/ncip", any(plainly))
        .route("/ncip/", any(plainly))
        .route("/ncip/{token}", any(with_token))
        .with_state(door)
}

async fn plainly(
    State(door): State<Arc<Door>>,
    Extension(origin): Extension<Origin>,
    RawQuery(query): RawQuery,
    request: axum::extract::Request,
) -> Response {
    // Some forms have a place for a key only here.
    let key = query.as_deref().and_then(|query| {
        let mut pairs = query.split('&');
        pairs.find_map(|pair| pair.strip_prefix("apikey="))
    });
    answer(&door, &origin, key, request).await
}

async fn with_token(
    State(door): State<Arc<Door>>,
    Extension(origin): Extension<Origin>,
    Path(token): Path<String>,
    request: axum::extract::Request,
) -> Response {
    answer(&door, &origin, Some(&token), request).await
}

/// Every problem is told with 200: programs that look at the number first would not read the text that says why.
async fn answer(
    door: &Door,
    origin: &Origin,
    token: Option<&str>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if parts.method != axum::http::Method::POST {
        return person(parts.method == axum::http::Method::GET);
    }
    if is_packed(&parts.headers) {
        let detail =
            "Content-Encoding n'est pas accepté : envoyer le XML tel quel / send the XML as it is";
        return xml(door.never_came(Messaging::Protocol, detail), true);
    }
    let bytes = match timeout(door.settings.body, read(body)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(())) => {
            let detail = format!(
                "plus de {BYTES} octets, ou un corps interrompu / more than {BYTES} bytes, or broken off"
            );
            return xml(door.never_came(Messaging::InvalidSyntax, &detail), true);
        }
        Err(_) => {
            let detail = "le corps n'est pas arrivé à temps : Content-Length est-il juste ? / the body did not come in time: is Content-Length right?";
            return xml(door.never_came(Messaging::InvalidSyntax, detail), true);
        }
    };
    let envelope = Envelope {
        origin,
        token,
        charset: charset(&parts.headers),
    };
    match door.answer(&body::document(&bytes), envelope).await {
        Outcome::Answer(answer) => xml(answer, false),
        // No refusal: what was asked for may have been done.
        Outcome::Unknown => (StatusCode::GATEWAY_TIMEOUT, [(CONNECTION, "close")]).into_response(),
    }
}

async fn read(body: Body) -> Result<axum::body::Bytes, ()> {
    to_bytes(body, BYTES).await.map_err(|_| ())
}

fn is_packed(headers: &HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING);
    encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The character set that the header names.
fn charset(headers: &HeaderMap) -> Option<&str> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let mut parameters = kind.split(';').skip(1).map(str::trim);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then_some(value.trim())
    })?;
    Some(value.trim_matches('"'))
}

/// *Part 2, section 7.3.* Where the rest of a body may still come, the connection ends.
fn xml(text: String, close: bool) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/xml; charset=\"utf-8\""),
    );
    if close {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whoever opens the address in a browser learns what it is.
fn person(reads: bool) -> Response {
    let text = "NCIP : envoyer une question par POST. / NCIP: send a question by POST.\n";
    let kind = [(ALLOW, "POST"), (CONTENT_TYPE, "text/plain; charset=utf-8")];
    let status = if reads {
        StatusCode::OK
    } else {
        StatusCode::METHOD_NOT_ALLOWED
    };
    (status, kind, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_character_set_of_a_header() {
        let of = |kind: &'static str| {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]);
            charset(&headers).map(str::to_owned)
        };
        assert_eq!(
            of("application/xml; charset=\"utf-8\"").as_deref(),
            Some("utf-8")
        );
        assert_eq!(
            of("text/xml;Charset=ISO-8859-1").as_deref(),
            Some("ISO-8859-1")
        );
        assert_eq!(of("application/x-www-form-urlencoded"), None);
    }
}
