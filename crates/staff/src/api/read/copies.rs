//! A title's copies.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, CopiesAsk};
use serde::Serialize;
use utoipa::ToSchema;

use super::item::Item;
use crate::{
    Door,
    api::{
        input::{Named, query},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, cursor, shown},
    },
};

/// A page of a title’s copies. What comes, goes or moves between two pages makes no other be told twice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TitleCopies {
    /// The title, by the number that it has after merges.
    bib: i64,
    /// Its title.
    title: String,
    /// Its author; empty if none.
    author: String,
    /// How many wait for it.
    waiting: u32,
    /// The copies; withdrawn ones are not among them.
    items: Vec<Item>,
    /// Where the next page begins; none: this is the last.
    next: Option<String>,
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/bibs/{bib}/copies",
        needs: Needs::Here(Action::ItemRead),
        name: "copies",
        summary: "Exemplaires d’un titre — Copies of a title",
        text: "In all branches, in the order of their numbers.",
        parameters: PAGED,
        takes: None,
        gives: Shape::of::<TitleCopies>(
            r#"{"bib": 12345, "title": "Germinal", "author": "Zola, Émile", "waiting": 0, "items": [], "next": null}"#,
        ),
        keyed: false,
        serve: || get(copies),
    }
}

async fn copies(
    State(door): State<Arc<Door>>,
    Named(bib): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let ask = CopiesAsk {
        bib: bib.parse().map_err(|_| Problem::not_found())?,
        after: asked.after("copies")?,
        most: u32::try_from(asked.limit()?).unwrap_or(1),
    };
    let found = door.desk.copies(&ask).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    let last = found.copies.last().filter(|_| found.more);
    let next = last.map(|last| cursor("copies", last.item));
    shown(
        &headers,
        &TitleCopies {
            bib: found.bib,
            title: found.title,
            author: found.author,
            waiting: found.waiting,
            items: found.copies.into_iter().map(Item::from).collect(),
            next,
        },
    )
}
