//! The API tried out in a browser: a form an operation, asked in the name of who is in, and its answer below. Without
//! script: the question is put by the server, to the very router that programs ask.

mod asked;

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    body::to_bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
    routing::get,
};
use tower::ServiceExt;

use super::{
    Trouble,
    shown::{Frame, page as shown},
};
use crate::{
    Door,
    access::{Form, Signed},
    api::{Operation, operations, routes as api},
};

use asked::{Asked, Field};

/// What of an answer is shown.
const SHOWN: usize = 256 << 10;
const HOME: &str = "/staff/api";

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HOME, get(list))
        .route("/staff/api/{operation}", get(page).post(ask))
}

#[derive(Template)]
#[template(path = "try_list.html")]
struct ListPage {
    frame: Frame,
    /// By the first word of their address.
    groups: Vec<(String, Vec<&'static Operation>)>,
}

async fn list(signed: Signed) -> Result<Response, Trouble> {
    let mut groups = Vec::<(String, Vec<&'static Operation>)>::new();
    for operation in operations() {
        let about = operation.path.trim_start_matches('/');
        let about = about.split('/').next().unwrap_or_default();
        match groups.iter_mut().find(|(name, _)| name == about) {
            Some((_, all)) => all.push(operation),
            None => groups.push((about.to_owned(), vec![operation])),
        }
    }
    let title = signed.tongue().say("Essayer l’API", "Try the API out");
    shown(&ListPage {
        frame: Frame::of(&signed, title, HOME),
        groups,
    })
}

#[derive(Template)]
#[template(path = "try_one.html")]
struct OnePage {
    frame: Frame,
    operation: Operation,
    /// It changes something, and is done for real.
    changes: bool,
    fields: Vec<Field>,
    body: Option<String>,
    answer: Option<Answer>,
}

/// What came back.
struct Answer {
    /// The same question, as a program asks it.
    line: String,
    status: String,
    good: bool,
    headers: Vec<(&'static str, String)>,
    body: String,
}

fn named(name: &str) -> Result<Operation, Trouble> {
    let mut all = operations().iter();
    all.find(|operation| operation.name == name)
        .cloned()
        .ok_or(Trouble::NotFound)
}

async fn page(signed: Signed, Path(name): Path<String>) -> Result<Response, Trouble> {
    let operation = named(&name)?;
    let asked = Asked::first(&operation);
    shown(&one(&signed, operation, asked, None))
}

fn one(signed: &Signed, operation: Operation, asked: Asked, answer: Option<Answer>) -> OnePage {
    OnePage {
        frame: Frame::of(signed, operation.name, HOME),
        changes: !operation.method.is_safe(),
        fields: asked.fields,
        body: asked.body,
        operation,
        answer,
    }
}

async fn ask(
    State(door): State<Arc<Door>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let operation = named(&name)?;
    let asked = Asked::again(&operation, sent);
    let mut question = asked
        .question(&operation)
        .map_err(|error| Trouble::Unreadable(error.to_string()))?;
    let shown_to_api = question.headers_mut();
    if let Some(cookie) = headers.get(header::COOKIE) {
        shown_to_api.insert(header::COOKIE, cookie.clone());
    }
    if let Ok(key) = signed.secret.form_key().parse() {
        shown_to_api.insert("x-relire-form", key);
    }
    question.extensions_mut().insert(signed.origin);
    let line = asked.line(&operation);
    let router = api(&door).with_state(door);
    let answer = match router.oneshot(question).await {
        Ok(answer) => told(line, answer).await?,
        Err(never) => match never {},
    };
    shown(&one(&signed, operation, asked, Some(answer)))
}

async fn told(line: String, answer: Response) -> Result<Answer, Trouble> {
    let (head, body) = answer.into_parts();
    let headers = ["content-type", "etag", "retry-after", "allow"];
    let headers = headers.map(|name| {
        let value = head.headers.get(name).and_then(|value| value.to_str().ok());
        value.map(|value| (name, value.to_owned()))
    });
    let body = to_bytes(body, SHOWN)
        .await
        .map_err(|error| Trouble::Broken(error.to_string()))?;
    let pretty = serde_json::from_slice::<serde_json::Value>(&body)
        .and_then(|json| serde_json::to_string_pretty(&json));
    Ok(Answer {
        line,
        status: head.status.to_string(),
        good: head.status.is_success(),
        headers: headers.into_iter().flatten().collect(),
        body: pretty.unwrap_or_else(|_| String::from_utf8_lossy(&body).into_owned()),
    })
}
