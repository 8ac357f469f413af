//! Machines that speak SIP2 and partner systems: which are alive, what is wrong, how each is set.

mod add;
mod partners;
mod set;
mod terminals;
mod words;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Door;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/terminals", get(terminals::page))
        .route("/staff/partners", get(partners::page))
        .route(
            "/staff/terminals/new",
            get(add::terminal).post(add::add_terminal),
        )
        .route(
            "/staff/partners/new",
            get(add::partner).post(add::add_partner),
        )
        .route("/staff/terminals/{login}", get(set::page).post(set::change))
        .route("/staff/terminals/{login}/password", post(set::password))
        .route("/staff/terminals/{login}/token", post(set::token))
        .route("/staff/terminals/{login}/revoke", post(set::revoke))
}
