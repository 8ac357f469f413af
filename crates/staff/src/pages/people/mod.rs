//! Staff: who may do what where; and one's own way in.

mod change;
mod file;
mod list;
mod own;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Door;

/// Where the head's link leads.
const HERE: &str = "/staff/users";

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HERE, get(list::page).post(list::add))
        .route("/staff/users/{login}", get(file::page).post(change::change))
        .route("/staff/users/{login}/give", post(change::give))
        .route("/staff/users/{login}/take", post(change::take))
        .route("/staff/users/{login}/access", post(change::access))
        .route("/staff/users/{login}/password", post(change::password))
        .route("/staff/me", get(own::page))
        .route("/staff/me/password", post(own::password))
        .route("/staff/me/sessions", post(own::end_sessions))
        .route("/staff/me/tokens/{token}/end", post(own::end_token))
}
