//! The stock: counted with a scanner; records that are one document or are not.

mod count;
mod inventories;
mod moves;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = inventories::routes().to_vec();
    routes.extend(count::routes());
    routes.extend(moves::routes());
    routes
}
