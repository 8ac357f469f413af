//! A reader is blocked, with a message.

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, BlockAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::holder;
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        words::Words,
    },
};

/// Why a reader is blocked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockAsked {
    /// What the reader is told; empty if nothing.
    #[serde(default)]
    message: Words,
}

/// Nothing more to say about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Blocked {}

impl Kept for Blocked {}

pub(super) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/patrons/{card}/blocks",
        needs: Needs::Here(Action::PatronEdit),
        name: "block_patron",
        summary: "Bloquer un lecteur — Block a reader",
        text: "They borrow nothing until the block is lifted. The same words, while they stand, add nothing.",
        parameters: &[],
        takes: Some(Shape::of::<BlockAsked>(
            r#"{"message": "Merci de passer à la banque de prêt."}"#,
        )),
        gives: Shape::around::<Done<Blocked>, Blocked>(
            r#"{"outcome": {}, "event": 4723, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(block),
    }
}

async fn block(
    State(door): State<Arc<Door>>,
    Named(card): Named,
    command: Command<BlockAsked>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, sent, _| async move {
        let patron = holder(&asking, card, "card").await;
        let patron = patron.map_err(|_| Problem::not_found())?;
        let ask = BlockAsk {
            actor: asking.caller.member.actor(),
            patron,
            message: sent.message.0,
            at: asking.caller.at.clone(),
        };
        let answer = asking.desk().block_patron(ask).await?;
        asking.told(answer, |()| Blocked {})
    })
    .await
}
