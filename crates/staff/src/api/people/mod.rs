//! Staff, their roles and rights. Programs look; only people, in a session, change anything.

mod body;
mod change;
mod lists;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = lists::routes().to_vec();
    routes.extend(change::routes());
    routes
}
