//! Work lists: records that may be one document, what was decided of them, and what machines did off line.

mod doubts;
mod moves;
mod offline;

use std::sync::Arc;

use crate::Door;
use axum::{
    Router,
    routing::{get, post},
};

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/work/records", get(doubts::page))
        .route("/staff/work/records/{doubt}", post(doubts::decide))
        .route("/staff/work/moves", get(moves::page))
        .route("/staff/work/moves/{number}/undo", post(moves::undo))
        .route("/staff/work/offline", get(offline::page))
        .route("/staff/work/offline/{id}/settle", post(offline::settle))
}
