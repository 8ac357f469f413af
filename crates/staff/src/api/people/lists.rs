//! Who works here, and which roles there are.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::Action;
use serde::Deserialize;

use super::body::{EXAMPLE, RoleShown, UserShown, problem};
use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
    },
};

pub(super) fn routes() -> [Route; 3] {
    [
        Route {
            method: Method::GET,
            path: "/users",
            needs: Needs::Here(Action::User),
            name: "users",
            summary: "Le personnel — Staff",
            text: "Of your branch, by login; of all where you manage staff everywhere. Never more than 50 are told at a time.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<UserShown>, UserShown>(r#"{"items": [], "next": null}"#),
            keyed: false,
            serve: || get(users),
        },
        Route {
            method: Method::GET,
            path: "/users/{user}",
            needs: Needs::Here(Action::User),
            name: "user",
            summary: "Une personne du personnel — A member of staff",
            text: "Of a branch where you manage staff.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<UserShown>(EXAMPLE),
            keyed: false,
            serve: || get(user),
        },
        Route {
            method: Method::GET,
            path: "/roles",
            needs: Needs::Here(Action::User),
            name: "roles",
            summary: "Les rôles — Roles",
            text: "With the actions that each is made of.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<RoleShown>, RoleShown>(r#"{"items": [], "next": null}"#),
            keyed: false,
            serve: || get(roles),
        },
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn users(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Paged = query(asked.as_deref())?;
    let place: Option<String> = after("users", asked.cursor.as_deref())?;
    let place = place.unwrap_or_default();
    if place.contains('\0') {
        return Err(Problem::cursor());
    }
    let most = most(asked.limit)?;
    let listed = door.desk.staff_files(&caller.member, &place, most).await?;
    let page: Page<UserShown> = Page {
        items: listed.lines.into_iter().map(UserShown::from).collect(),
        next: listed.next.and_then(|last| cursor("users", &last)),
    };
    shown(&headers, &page)
}

async fn user(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(login): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let file = door.desk.staff_file(&caller.member, &login).await?;
    let file = file.map_err(|refused| problem(&refused))?;
    shown(&headers, &UserShown::from(file))
}

async fn roles(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let roles = door.desk.staff_roles().await?;
    let roles = roles.into_iter().map(RoleShown::from).collect();
    shown(&headers, &asked.page("roles", roles)?)
}
