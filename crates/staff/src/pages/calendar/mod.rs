//! When branches open: closures announced after a preview, weekly hours, and the branches themselves.

mod branches;
mod closure;
mod hours;
mod page;
mod preview;
mod week;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use circulation::{BranchCode, Rulebook};

use super::Trouble;
use crate::{Door, access::Signed};

/// Where the head's link leads.
const HERE: &str = "/staff/calendar";

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HERE, get(page::page))
        .route(
            "/staff/calendar/closure",
            get(closure::preview).post(closure::announce),
        )
        .route("/staff/calendar/closures/{id}/end", post(closure::end))
        .route(
            "/staff/calendar/week",
            get(week::preview).post(week::change),
        )
        .route("/staff/branches", get(branches::list))
        .route(
            "/staff/branches/new",
            get(branches::new).post(branches::add),
        )
        .route(
            "/staff/branches/{code}",
            get(branches::one).post(branches::change),
        )
}

/// The branch that an address names; the one where they work, if it names none.
fn asked_branch(signed: &Signed, book: &Rulebook, asked: &str) -> Result<BranchCode, Trouble> {
    if asked.is_empty() {
        return Ok(signed.member.branch());
    }
    let code: BranchCode = asked.parse().map_err(|_| Trouble::NotFound)?;
    match book.branches.contains_key(&code) {
        true => Ok(code),
        false => Err(Trouble::NotFound),
    }
}
