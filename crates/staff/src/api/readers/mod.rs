//! Readers: found, registered, blocked.

mod block;
mod find;
mod register;

use std::sync::Arc;

use desk::{PatronAsk, Visit};

use super::{answer::Asking, problem::Problem, route::Route};

pub(super) fn routes() -> Vec<Route> {
    vec![find::route(), register::route(), block::route()]
}

/// The reader who has this card; what names nobody does not go with the rest of the question.
async fn holder(asking: &Asking, card: String, field: &str) -> Result<i64, Problem> {
    let ask = PatronAsk {
        actor: asking.caller.member.actor(),
        card,
        pin: None,
        visit: Arc::new(Visit::new()),
        at: asking.caller.at.clone(),
    };
    let found = asking.desk().patron(ask).await?;
    found.map(|view| view.id).map_err(|_| {
        Problem::unfit(
            field,
            "Aucun lecteur n’a cette carte.",
            "No reader has this card.",
        )
    })
}
