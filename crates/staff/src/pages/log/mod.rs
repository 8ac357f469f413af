//! What happened, and what staff read and changed.

mod audit;
mod days;
mod events;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::Door;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/log", get(events::page))
        .route("/staff/audit", get(audit::page))
}
