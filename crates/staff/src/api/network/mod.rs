//! Branches and when they open.

mod branches;
mod calendar;
mod closures;
mod moves;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    let all = [branches::routes(), calendar::routes(), closures::routes()];
    all.into_iter().flatten().collect()
}
