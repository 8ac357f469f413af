//! Taking the last movement of an item back (SIP2 09 and 11 with BI).

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, Undo, UndoAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::Command,
        problem::Problem,
        route::{Needs, Route, Shape},
        words::Scan,
    },
};

/// Which movement is taken back.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Movement {
    /// A loan.
    Loan,
    /// A return.
    Return,
}

/// A movement to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUndo {
    /// The item's barcode (SIP2 AB).
    barcode: Scan,
    /// What it was.
    movement: Movement,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// A movement that was taken back.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// What it was.
    movement: Movement,
}

impl Kept for Undone {}

pub(crate) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/undo",
        needs: Needs::Here(Action::Circulate),
        name: "undo",
        summary: "Annuler le dernier mouvement d’un document — Undo an item’s last movement",
        text: "Within ten minutes, and as long as nothing happened to the item since: as if it had not been (SIP2 BI).",
        parameters: &[],
        takes: Some(Shape::of::<NewUndo>(
            r#"{"barcode": "3620000000019", "movement": "loan"}"#,
        )),
        gives: Shape::around::<Done<Undone>, Undone>(
            r#"{"outcome": {"movement": "loan"}, "event": 4714, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(undo),
    }
}

async fn undo(
    State(door): State<Arc<Door>>,
    command: Command<NewUndo>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let ask = UndoAsk {
            actor: asking.caller.member.actor(),
            what: match sent.movement {
                Movement::Loan => Undo::Loan,
                Movement::Return => Undo::Return,
            },
            barcode: sent.barcode.0,
            key,
            at: asking.caller.at.clone(),
        };
        let answer = match asking.dry {
            false => asking.desk().undo(ask).await?,
            true => asking.desk().would_undo(ask).await?,
        };
        let movement = sent.movement;
        asking.told(answer, |()| Undone { movement })
    })
    .await
}
