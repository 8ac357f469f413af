//! Loan rules: versions, the matrix, why a cell says what it says, drafts.

mod compare;
mod draft;
mod limit;
mod list;
mod matrix;
mod publish;
mod rule;
mod version;
mod why;
mod words;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use circulation::{BranchCode, Case, CategoryCode, DocumentCode};

use super::{Trouble, shown};
use crate::Door;

/// Where the head's links lead.
const HERE: &str = "/staff/rules";

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HERE, get(list::page))
        .route("/staff/rules/compare", get(compare::page))
        .route("/staff/rules/drafts", post(draft::make))
        .route("/staff/rules/drafts/{id}", get(draft::page))
        .route("/staff/rules/drafts/{id}/matrix", get(draft::matrix))
        .route("/staff/rules/drafts/{id}/why", get(why::of_draft))
        .route(
            "/staff/rules/drafts/{id}/rule",
            get(rule::page).post(rule::write),
        )
        .route(
            "/staff/rules/drafts/{id}/limit",
            get(limit::page).post(limit::write),
        )
        .route("/staff/rules/drafts/{id}/drop", post(draft::throw_away))
        .route("/staff/rules/drafts/{id}/publish", post(publish::publish))
        .route("/staff/rules/{version}", get(version::page))
        .route("/staff/rules/{version}/why", get(why::of_version))
        .route("/staff/rules/{version}/withdraw", post(publish::withdraw))
}

/// The case that a cell is about: one branch in every role.
const fn case(branch: BranchCode, category: CategoryCode, document: DocumentCode) -> Case {
    Case {
        checkout: branch,
        owner: branch,
        pickup: branch,
        category: Some(category),
        document,
    }
}

/// A number of an address; what is none is nothing.
fn number<T: std::str::FromStr>(text: &str) -> Result<T, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}
