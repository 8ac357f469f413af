//! What stands against a reader is lifted.

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::delete};
use desk::{Action, LiftAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::holder;
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::{Command, NamedOf},
        problem::Problem,
        route::{Needs, Route, Shape},
    },
};

/// Nothing to say about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LiftAsked {}

/// Nothing more to say about it; without an event it did not stand any more.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Lifted {}

impl Kept for Lifted {}

pub(super) fn routes() -> [Route; 2] {
    let block = Route {
        method: Method::DELETE,
        path: "/patrons/{card}/blocks/{block}",
        needs: Needs::Here(Action::PatronEdit),
        name: "lift_block",
        summary: "Lever un blocage — Lift a block",
        text: "Of any kind, whoever placed it. One that does not stand any more is lifted already. A body is not needed.",
        parameters: &[],
        takes: Some(Shape::of::<LiftAsked>("{}")),
        gives: Shape::around::<Done<Lifted>, Lifted>(
            r#"{"outcome": {}, "event": 4726, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || delete(lift_block),
    };
    let suspension = Route {
        path: "/patrons/{card}/suspensions/{suspension}",
        name: "lift_suspension",
        summary: "Lever une suspension — Lift a suspension",
        text: "Before its day. One that does not stand any more is lifted already. A body is not needed.",
        serve: || delete(lift_suspension),
        ..block.clone()
    };
    [block, suspension]
}

async fn lift_block(
    State(door): State<Arc<Door>>,
    named: NamedOf,
    command: Command<LiftAsked>,
) -> Result<Response, Problem> {
    lift(door, named, command, true).await
}

async fn lift_suspension(
    State(door): State<Arc<Door>>,
    named: NamedOf,
    command: Command<LiftAsked>,
) -> Result<Response, Problem> {
    lift(door, named, command, false).await
}

async fn lift(
    door: Arc<Door>,
    NamedOf(card, number): NamedOf,
    command: Command<LiftAsked>,
    block: bool,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, _, _| async move {
        let number = number.parse().map_err(|_| Problem::not_found())?;
        let patron = holder(&asking, card, "card").await;
        let patron = patron.map_err(|_| Problem::not_found())?;
        let ask = LiftAsk {
            actor: asking.caller.member.actor(),
            patron,
            number,
            at: asking.caller.at.clone(),
        };
        let answer = match block {
            true => asking.desk().lift_block(ask).await?,
            false => asking.desk().lift_suspension(ask).await?,
        };
        asking.told(answer, |()| Lifted {})
    })
    .await
}
