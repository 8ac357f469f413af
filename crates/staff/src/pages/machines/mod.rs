//! Machines that speak SIP2: which are alive, and what is wrong.

mod terminals;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Door;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/terminals", get(terminals::page))
        .route(
            "/staff/terminals/{login}/password",
            post(terminals::password),
        )
        .route("/staff/terminals/{login}/revoke", post(terminals::revoke))
}
