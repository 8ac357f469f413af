//! Readers: found, registered, changed, blocked, made one of two.

mod account;
mod act;
mod doubts;
mod file;
mod form;
mod list;
mod merge;
mod sent;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Door;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/readers", get(list::page))
        .route("/staff/readers/new", get(form::new).post(form::register))
        .route("/staff/readers/{reader}", get(file::page))
        .route(
            "/staff/readers/{reader}/edit",
            get(form::edit).post(form::change),
        )
        .route("/staff/readers/{reader}/account", get(account::page))
        .route("/staff/readers/{reader}/block", post(act::block))
        .route("/staff/readers/{reader}/lift", post(act::lift))
        .route("/staff/readers/{reader}/card", post(act::card))
        .route("/staff/readers/{reader}/close", post(act::close))
        .route(
            "/staff/readers/{reader}/merge",
            get(merge::page).post(merge::merge),
        )
        .route("/staff/work/readers", get(doubts::page))
        .route("/staff/work/readers/{pair}/apart", post(doubts::apart))
}
