//! A reader gets a new card.

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, CardAsk, OldCard, Whose};
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
        words::Scan,
    },
};

/// What becomes of the card that was active.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Former {
    /// It was lost: whoever finds it opens nothing with it.
    Lost,
    /// It was handed in, and opens nothing any more.
    Replaced,
    /// It still opens the account, as an older number.
    Alias,
}

/// A new card.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCard {
    /// The number of a blank card, as scanned. Your branch issues it.
    number: Scan,
    /// What becomes of the card that was active.
    former: Former,
}

/// Nothing more to say about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct CardReplaced {}

impl Kept for CardReplaced {}

pub(super) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/patrons/{card}/cards",
        needs: Needs::Here(Action::PatronEdit),
        name: "replace_card",
        summary: "Remplacer la carte d’un lecteur — Give a reader a new card",
        text: "In place of the active one, if there is one. Loans, holds and debts stay with the reader.",
        parameters: &[],
        takes: Some(Shape::of::<NewCard>(
            r#"{"number": "2620099000031", "former": "lost"}"#,
        )),
        gives: Shape::around::<Done<CardReplaced>, CardReplaced>(
            r#"{"outcome": {}, "event": 4725, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(replace),
    }
}

async fn replace(
    State(door): State<Arc<Door>>,
    Named(card): Named,
    command: Command<NewCard>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, sent, key| async move {
        let patron = holder(&asking, card, "card").await;
        let patron = patron.map_err(|_| Problem::not_found())?;
        let ask = CardAsk {
            actor: asking.caller.member.actor(),
            reader: Whose::Patron(patron),
            old: match sent.former {
                Former::Lost => OldCard::Lost,
                Former::Replaced => OldCard::Replaced,
                Former::Alias => OldCard::Alias,
            },
            number: sent.number.0,
            key,
            at: asking.caller.at.clone(),
        };
        let answer = asking.desk().replace_card(ask).await?;
        asking.told(answer, |()| CardReplaced {})
    })
    .await
}
