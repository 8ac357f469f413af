//! What a branch works through every morning.

mod overdue;
mod pull;
mod shelf;
mod shuttle;

use std::sync::Arc;

use axum::{Router, routing::get};
use circulation::{BranchCode, Rulebook};
use serde::Deserialize;

use crate::Door;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/lists/pull", get(pull::page))
        .route("/staff/lists/shuttle", get(shuttle::crates))
        .route(
            "/staff/lists/shuttle/{way}/{branch}",
            get(shuttle::manifest),
        )
        .route("/staff/lists/hold-shelf", get(shelf::page))
        .route("/staff/lists/overdue", get(overdue::page))
}

/// Which part of a list a page's address asks for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    after: Option<String>,
    /// One of a list's kinds; all of them if nothing is said.
    only: Option<String>,
    level: Option<String>,
}

/// The branch's name and commune for people, or its code if the rulebook does not know it.
fn branch_name(book: &Rulebook, code: BranchCode) -> String {
    book.branches
        .get(&code)
        .map_or_else(|| code.to_string(), |branch| branch.name.clone())
}
