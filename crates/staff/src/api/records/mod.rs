//! What happened and what was done, in lists; loans that are late.

mod audit;
mod days;
mod events;
mod overdue;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    vec![events::route(), audit::route(), overdue::route()]
}
