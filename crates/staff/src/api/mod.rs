//! The same for programs: JSON under `/api/v1`.
//!
//! Every route is one line of [`table::routes`]: what it is asked with, what it gives, and the action that it takes of
//! who asks. The router, the check of rights and the OpenAPI document are made of that table, so none of them can say
//! what the others do not.

mod answer;
mod bucket;
mod caller;
mod command;
mod document;
mod if_match;
mod input;
mod keyset;
mod laboratory;
mod machines;
mod network;
mod numbers;
mod operation;
mod own;
mod people;
mod problem;
mod read;
mod readers;
mod records;
mod refusal;
mod route;
mod rules;
mod shown;
mod stock;
mod table;
mod words;

use std::sync::Arc;

use axum::{Router, middleware::from_fn, routing::any};

use crate::Door;

pub(crate) use bucket::Buckets;
#[cfg(test)]
pub(crate) use operation::Parameter;
pub(crate) use operation::{Operation, operations};
pub(crate) use problem::{KINDS, Kind, OTHER_SITE, Problem, UNSAFE_LINE};

/// All of it. What is nowhere else is a problem too.
pub(crate) fn routes(door: &Arc<Door>) -> Router<Arc<Door>> {
    route::router(door, &table::routes())
        .merge(document::routes())
        .route("/api", any(async || Problem::not_found()))
        .route("/api/", any(async || Problem::not_found()))
        .route("/api/{*elsewhere}", any(async || Problem::not_found()))
        .method_not_allowed_fallback(async || {
            Problem::new(
                problem::METHOD,
                "Cette adresse existe, mais pas avec cette méthode.",
                "There is something here, but not with this method.",
            )
        })
        .layer(from_fn(problem::located))
}
