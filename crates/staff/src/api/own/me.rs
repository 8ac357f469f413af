//! Who asks, and what they may do.

use axum::{
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::Action;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    problem::Problem,
    route::{Needs, Route, Shape},
    shown::shown,
};

/// Who asks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Me {
    /// What they sign in with.
    login: String,
    /// As colleagues see them.
    name: String,
    /// What they are spoken to in.
    #[schema(value_type = String, example = "fr")]
    language: &'static str,
    /// Where they work: what they do happens there.
    branch: String,
    /// A program shows a token in their name, of this number.
    token: Option<i64>,
    /// The actions that they may do there.
    #[schema(value_type = Vec<String>)]
    actions: Vec<&'static str>,
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/me",
        needs: Needs::SignedIn,
        name: "me",
        summary: "Qui suis-je ? — Who am I?",
        text: "Whoever’s token or session this is, where what they do happens, and what they may do there.",
        parameters: &[],
        takes: None,
        gives: Shape::of::<Me>(
            r#"{"login": "lens", "name": "Accueil", "language": "fr", "branch": "LENS", "token": 3,
                "actions": ["circulate", "hold"]}"#,
        ),
        keyed: false,
        serve: || get(me),
    }
}

async fn me(caller: Caller, headers: HeaderMap) -> Result<Response, Problem> {
    let member = &caller.member;
    let actions = Action::all().filter(|action| member.may(*action));
    shown(
        &headers,
        &Me {
            login: member.login().to_owned(),
            name: member.name().to_owned(),
            language: member.language().code(),
            branch: member.branch().to_string(),
            token: member.token(),
            actions: actions.map(Action::name).collect(),
        },
    )
}
