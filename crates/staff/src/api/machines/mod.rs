//! Machines that speak SIP2 and partner systems that speak NCIP: listed, added, set, taken out of use.

mod add;
mod body;
mod lists;
mod set;
mod terminals;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![terminals::route()];
    routes.extend(lists::routes());
    for partner in [false, true] {
        routes.push(add::route(partner));
        routes.extend(set::routes(partner));
    }
    routes.push(set::route_of_token());
    routes
}
