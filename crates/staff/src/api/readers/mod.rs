//! Readers: found, registered, changed, blocked.

mod account;
mod block;
mod card;
mod file;
mod file_shown;
mod find;
mod lift;
mod merge;
mod register;

use std::sync::Arc;

use desk::{Action, PatronAsk, Visit};

use super::{answer::Asking, caller::Caller, problem::Problem, refusal::nowhere, route::Route};
use crate::Door;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        find::route(),
        register::route(),
        card::route(),
        block::route(),
    ];
    routes.extend(file::routes());
    routes.extend(account::routes());
    routes.extend(lift::routes());
    routes.extend(merge::routes());
    routes
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

/// The reader who has this card, once it is noted that somebody looks.
async fn noted(
    door: &Door,
    caller: &Caller,
    card: String,
    what: &'static str,
) -> Result<i64, Problem> {
    let ask = PatronAsk {
        actor: caller.member.actor(),
        card,
        pin: None,
        visit: Arc::new(Visit::new()),
        at: caller.at.clone(),
    };
    let found = door.desk.patron(ask).await?;
    let reader = found.map_err(|refusal| nowhere(&door.desk, &refusal))?.id;
    let (action, read) = (Action::PatronRead, serde_json::json!({ "read": what }));
    door.desk
        .note_staff(&caller.member, action, Some(reader), &read, &caller.at)
        .await?;
    Ok(reader)
}
