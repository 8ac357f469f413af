//! The pages, a file each beside its templates.

mod after;
mod assets;
mod calendar;
mod desk;
mod figures;
pub(crate) mod laboratory;
mod lists;
mod log;
mod machines;
mod menu;
mod number;
mod people;
mod problems;
mod readers;
mod reasons;
mod rules;
mod shown;
mod sign_in;
mod stock;
mod trouble;
mod try_out;
mod work;

use std::sync::Arc;

use axum::{
    Router,
    response::Redirect,
    routing::{any, get, post},
};

use crate::Door;

pub(crate) use number::Number;
pub(crate) use trouble::Trouble;

pub(crate) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/", get(async || Redirect::permanent("/staff")))
        .merge(calendar::routes())
        .merge(desk::routes())
        .merge(laboratory::routes())
        .merge(lists::routes())
        .merge(log::routes())
        .merge(machines::routes())
        .merge(stock::routes())
        .merge(figures::routes())
        .merge(people::routes())
        .merge(problems::routes())
        .merge(readers::routes())
        .merge(try_out::routes())
        .merge(work::routes())
        .merge(rules::routes())
        .route("/staff/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/staff/sign-out", post(sign_in::sign_out))
        .route("/staff/branch", post(sign_in::works_at))
        .route("/staff/assets/{name}", get(assets::asset))
        .route("/staff/{*elsewhere}", any(async || Trouble::NotFound))
}
