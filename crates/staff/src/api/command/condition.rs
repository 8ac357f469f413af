//! What shape an item is in, as staff declare it.

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, DeclareAsk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

/// What shape an item is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Condition {
    /// Fit to be lent.
    Good,
    /// Set aside for repair.
    Damaged,
    /// For use in the branch only.
    OnSiteOnly,
    /// Being catalogued or equipped.
    InProcess,
    /// Ordered, not yet here.
    OnOrder,
    /// Declared lost.
    Lost,
    /// Not found on the shelf.
    Missing,
    /// The reader says that it was given back.
    ClaimedReturned,
    /// Taken out of the stock.
    Withdrawn,
}

macro_rules! same {
    ($($name:ident)*) => {
        impl From<circulation::Condition> for Condition {
            fn from(condition: circulation::Condition) -> Self {
                match condition { $(circulation::Condition::$name => Self::$name),* }
            }
        }
        impl From<Condition> for circulation::Condition {
            fn from(condition: Condition) -> Self {
                match condition { $(Condition::$name => Self::$name),* }
            }
        }
    };
}
same!(Good Damaged OnSiteOnly InProcess OnOrder Lost Missing ClaimedReturned Withdrawn);

/// A declaration about an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Declaration {
    /// What shape it is in from now on.
    condition: Condition,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What was declared.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Declared {
    /// What shape it is in now.
    condition: Condition,
}

impl Kept for Declared {}

pub(crate) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/items/{barcode}/condition",
        needs: Needs::Here(Action::ItemEdit),
        name: "declare",
        summary: "Déclarer l’état d’un document — Declare an item’s condition",
        text: "A loan stays a loan whatever its item’s condition; a lent item cannot be withdrawn; what is good again \
               stands on the shelf where you work.",
        parameters: &[],
        takes: Some(Shape::of::<Declaration>(r#"{"condition": "damaged"}"#)),
        gives: Shape::around::<Done<Declared>, Declared>(
            r#"{"outcome": {"condition": "damaged"}, "event": 4717, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(declare),
    }
}

async fn declare(
    State(door): State<Arc<Door>>,
    Named(barcode): Named,
    command: Command<Declaration>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, _| async move {
        let barcode = Scan::try_from(barcode).map_err(|_| Problem::not_found())?;
        let ask = DeclareAsk {
            actor: asking.caller.member.actor(),
            barcode: barcode.0,
            condition: sent.condition.into(),
            at: asking.caller.at.clone(),
        };
        let answer = match asking.dry {
            false => asking.desk().declare(ask).await?,
            true => asking.desk().would_declare(ask).await?,
        };
        let condition = sent.condition;
        asking.told(answer, |()| Declared { condition })
    })
    .await
}
