//! Changing and giving up a hold (SIP2 15 with BO * and -, NCIP UpdateRequestItem and CancelRequestItem).

use std::sync::Arc;

use axum::{
    extract::State,
    http::Method,
    response::Response,
    routing::{delete, patch},
};
use desk::{Action, HeldThing, HoldAsk, HoldWish, Pause};
use serde::Deserialize;
use utoipa::ToSchema;

use super::hold::{EXAMPLE, Hold, asked, known};
use crate::{
    Door,
    api::{
        answer::{Asking, Done, once},
        input::{Command, Named},
        problem::Problem,
        route::{Needs, Route, Shape},
        words::{Branch, Day, OverridesAsked, said},
    },
};

/// What of a hold is to be otherwise; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldPatch {
    /// Where it is to be collected.
    #[serde(default)]
    pickup: Option<Branch>,
    /// The last day on which it is of use.
    #[serde(default)]
    needed_until: Option<Day>,
    /// Until that day others are served first; `null` ends a pause.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = "date")]
    paused_until: Option<Option<Day>>,
    /// Rights to use against a refusal.
    #[serde(default)]
    overrides: Option<OverridesAsked>,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Nothing, or to see what it would come to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldGivenUp {
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

pub(crate) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::PATCH,
            path: "/holds/{hold}",
            needs: Needs::Here(Action::Hold),
            name: "change_hold",
            summary: "Modifier une réservation — Change a hold",
            text: "As long as no copy is set aside for it. It never waits longer than it was given at first.",
            parameters: &[],
            takes: Some(Shape::of::<HoldPatch>(
                r#"{"pickup": "VIMY", "paused_until": null}"#,
            )),
            gives: Shape::around::<Done<Hold>, Hold>(EXAMPLE),
            keyed: true,
            serve: || patch(change),
        },
        Route {
            method: Method::DELETE,
            path: "/holds/{hold}",
            needs: Needs::Here(Action::Hold),
            name: "cancel_hold",
            summary: "Annuler une réservation — Cancel a hold",
            text: "What is set aside for it goes to whoever is next, or back. A body is not needed.",
            parameters: &[],
            takes: Some(Shape::of::<HoldGivenUp>("{}")),
            gives: Shape::around::<Done<Hold>, Hold>(EXAMPLE),
            keyed: true,
            serve: || delete(cancel),
        },
    ]
}

async fn change(
    State(door): State<Arc<Door>>,
    Named(hold): Named,
    command: Command<HoldPatch>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let pickup = known(&asking, sent.pickup)?;
        let pause = match sent.paused_until {
            None => Pause::AsItWas,
            Some(None) => Pause::Over,
            Some(Some(day)) => Pause::Until(day.0),
        };
        let actor = asking.actor(sent.overrides)?;
        let ask = HoldAsk {
            actor,
            pickup,
            needed_until: sent.needed_until.map(|day| day.0),
            key,
            ..of(&asking, &hold, HoldWish::Change(pause)).await?
        };
        let answer = asking.desk().hold(ask).await?;
        asking.told(answer, Hold::from)
    })
    .await
}

async fn cancel(
    State(door): State<Arc<Door>>,
    Named(hold): Named,
    command: Command<HoldGivenUp>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, _, key| async move {
        let ask = of(&asking, &hold, HoldWish::Cancel).await?;
        let answer = asking.desk().hold(HoldAsk { key, ..ask }).await?;
        asking.told(answer, Hold::from)
    })
    .await
}

/// A question about the hold of this number, in the name of whoever has it.
async fn of(asking: &Asking, hold: &str, wish: HoldWish) -> Result<HoldAsk, Problem> {
    let hold = hold.parse().map_err(|_| Problem::not_found())?;
    let card = asking.desk().hold_card(hold).await?;
    let card = card.ok_or_else(Problem::not_found)?;
    Ok(asked(asking, wish, card, HeldThing::Hold(hold)))
}
