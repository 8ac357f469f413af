//! What happened and what was done, in lists; machines; loans that are late.

mod audit;
mod days;
mod events;
mod overdue;
mod terminals;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    vec![
        events::route(),
        audit::route(),
        overdue::route(),
        terminals::route(),
    ]
}
