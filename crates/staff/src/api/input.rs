//! What a question says, read to the last byte.

use std::sync::Arc;

use axum::{
    RequestExt,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use desk::{Keyed, RequestKey};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{
    caller::Caller,
    numbers::whole,
    problem::{MEDIA_TYPE, Problem, TOO_LARGE},
};
use crate::Door;

/// The header in which a program names its question.
const KEY_HEADER: &str = "idempotency-key";

/// A question that may change something, and who asks.
#[derive(Debug)]
pub(crate) struct Command<T> {
    pub(crate) caller: Caller,
    pub(crate) sent: T,
    /// What it is known by when it comes again, if it names itself.
    pub(crate) keyed: Option<Keyed>,
    /// How the rules came to the answer is to be told.
    pub(crate) trace: bool,
}

/// What stands behind the question mark of a command's address.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aside {
    #[serde(default)]
    trace: Option<Switch>,
}

/// `1` or `0`.
#[derive(Debug, Clone, Copy, Deserialize)]
enum Switch {
    #[serde(rename = "1")]
    On,
    #[serde(rename = "0")]
    Off,
}

impl<T: DeserializeOwned> FromRequest<Arc<Door>> for Command<T> {
    type Rejection = Problem;

    async fn from_request(mut request: Request, _: &Arc<Door>) -> Result<Self, Problem> {
        let caller = request.extract_parts::<Caller>().await?;
        let aside: Aside = aside(&request)?;
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let headers = request.headers().clone();
        let body =
            Bytes::from_request(request, &())
                .await
                .map_err(|error| match error.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                        TOO_LARGE,
                        "Au plus 64 Kio par question.",
                        "At most 64 KiB a question.",
                    ),
                    _ => {
                        Problem::unreadable("La question s’interrompt.", "The question breaks off.")
                    }
                })?;
        let key = key(&headers)?;
        let keyed = key.map(|key| {
            let parts = ["http", &caller.keyed_by(), method.as_str(), &path, key];
            Keyed {
                key: RequestKey::new(caller.member.id(), &parts),
                said: Sha256::digest(&body).into(),
            }
        });
        let sent = match body.is_empty() {
            // What needs nothing said may be asked without a word.
            true => read(b"{}")?,
            false => {
                is_json(&headers)?;
                read(&body)?
            }
        };
        Ok(Self {
            caller,
            sent,
            keyed,
            trace: matches!(aside.trace, Some(Switch::On)),
        })
    }
}

/// What the address names in its braces; what cannot be a name is nothing.
#[derive(Debug)]
pub(crate) struct Named(pub(crate) String);

impl FromRequestParts<Arc<Door>> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<Self, Problem> {
        let named = Path::<String>::from_request_parts(parts, door).await;
        let Path(named) = named.map_err(|_| Problem::not_found())?;
        match named.chars().any(char::is_control) {
            true => Err(Problem::not_found()),
            false => Ok(Self(named)),
        }
    }
}

/// The two things that the address names in its braces.
#[derive(Debug)]
pub(crate) struct NamedOf(pub(crate) String, pub(crate) String);

impl FromRequestParts<Arc<Door>> for NamedOf {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<Self, Problem> {
        let named = Path::<(String, String)>::from_request_parts(parts, door).await;
        let Path((one, other)) = named.map_err(|_| Problem::not_found())?;
        match [&one, &other]
            .iter()
            .any(|name| name.chars().any(char::is_control))
        {
            true => Err(Problem::not_found()),
            false => Ok(Self(one, other)),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(Problem::sign_in)
    }
}

fn aside<T: DeserializeOwned>(request: &Request) -> Result<T, Problem> {
    query(request.uri().query())
}

/// The parameters behind the question mark.
pub(crate) fn query<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Problem> {
    serde_urlencoded::from_str(query.unwrap_or_default()).map_err(|error| {
        Problem::unreadable(
            format!("Paramètres de l’adresse : {error}."),
            format!("Parameters of the address: {error}."),
        )
    })
}

fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let json = ["application/json", "application/merge-patch+json"];
    match json.iter().any(|json| essence.eq_ignore_ascii_case(json)) {
        true => Ok(()),
        false => Err(Problem::new(
            MEDIA_TYPE,
            "Envoyez du JSON : Content-Type: application/json.",
            "Send JSON: Content-Type: application/json.",
        )),
    }
}

/// A body as a question; what cannot be one says which field is the matter.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // A list is no question, though its values might be taken one after the other.
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first.is_some_and(|first| b"[\"ntf-0123456789".contains(first)) {
        let told = ("Un objet JSON est attendu.", "A JSON object is expected.");
        return Err(Problem::invalid(".", told.0, told.1));
    }
    let body = &whole(body);
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        let error = error.into_inner();
        match error.is_data() {
            true => Problem::invalid(&field, said(&error), said(&error)),
            false => no_json(&error),
        }
    });
    let read = read?;
    reader.end().map_err(|error| no_json(&error))?;
    Ok(read)
}

fn said(error: &serde_json::Error) -> String {
    // What was sent may stand in it, as long as it was.
    error.to_string().chars().take(300).collect()
}

fn no_json(error: &serde_json::Error) -> Problem {
    Problem::unreadable(
        format!("Le JSON est illisible : {}.", said(error)),
        format!("The JSON cannot be read: {}.", said(error)),
    )
}

/// The key that a program chose; one, and visible.
fn key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut given = headers.get_all(KEY_HEADER).iter();
    let (Some(key), more) = (given.next(), given.next()) else {
        return Ok(None);
    };
    let visible = |key: &&str| {
        (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let key = key.to_str().ok().filter(visible);
    key.filter(|_| more.is_none()).map(Some).ok_or_else(|| {
        Problem::unreadable(
            "Idempotency-Key : une seule, de 1 à 128 caractères ASCII visibles.",
            "Idempotency-Key: one, of 1 to 128 visible ASCII characters.",
        )
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read, and looked at no further")]
    struct Asked {
        card: String,
        #[serde(default)]
        inner: Vec<u8>,
    }

    fn problem(body: &[u8]) -> serde_json::Value {
        serde_json::to_value(read::<Asked>(body).unwrap_err()).unwrap()
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands() {
        let wrong = problem(br#"{"card":"1","inner":[1,"x"]}"#);
        assert_eq!(wrong["status"], 422);
        assert_eq!(wrong["field"], "inner[1]");
        for data in [
            &br#"{"card":1}"#[..],
            br#"{"card":"1","card":"2"}"#,
            br#"{"card":"1","more":1}"#,
            b"{}",
            b"[]",
            b"null",
        ] {
            assert_eq!(problem(data)["status"], 422, "{data:?}");
        }
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for text in [
            &b"{"[..],
            b"\xff",
            br#"{"card":"1"} x"#,
            b"{\"card\":\"a\nb\"}",
            b"{\"card\":\"\xc3\x28\"}",
        ] {
            assert_eq!(problem(text)["status"], 400, "{text:?}");
        }
        assert!(read::<serde_json::Value>(deep.as_bytes()).is_err());
    }

    #[test]
    fn a_key_is_one_and_visible() {
        let given = |keys: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for key in keys {
                headers.append(KEY_HEADER, HeaderValue::from_bytes(key).unwrap());
            }
            key(&headers).map(|key| key.map(str::to_owned)).ok()
        };
        assert_eq!(given(&[]), Some(None));
        assert_eq!(given(&[b"a-1"]), Some(Some("a-1".to_owned())));
        assert!(given(&[&[b'a'; 128]]).is_some());
        for wrong in [
            &[&b""[..]][..],
            &[b"a b"],
            &[b"\xc3\xa9"],
            &[&[b'a'; 129]],
            &[b"a", b"a"],
            &[b"a", b"b"],
        ] {
            assert_eq!(given(wrong), None, "{wrong:?}");
        }
    }
}
