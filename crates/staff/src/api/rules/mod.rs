//! Loan rules for programs: versions, drafts, their check and publication.

mod body;
mod cell;
mod draft;
mod draft_change;
mod publish;
mod refused;
mod version;

use super::route::Route;

pub(super) fn routes() -> Vec<Route> {
    [
        version::routes(),
        cell::routes(),
        draft::routes(),
        draft_change::routes(),
        publish::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
