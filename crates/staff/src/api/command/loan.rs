//! Lending (SIP2 11, NCIP CheckOutItem).

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, CheckoutAsk, Lent, Visit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        input::Command,
        problem::Problem,
        route::{Needs, Route, Shape},
        words::{Day, OverridesAsked, Scan},
    },
};

/// A loan to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLoan {
    /// The reader's card (SIP2 AA).
    card: Scan,
    /// The item's barcode (SIP2 AB).
    barcode: Scan,
    /// The last day that is asked for: an earlier one than the rules give is granted, a later one never.
    #[serde(default)]
    desired_due: Option<Day>,
    /// Rights to use against a refusal.
    #[serde(default)]
    overrides: Option<OverridesAsked>,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// A loan that was made, or renewed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Loan {
    /// The last day of the loan (SIP2 AH).
    #[schema(value_type = String, format = "date")]
    pub(crate) due: Date,
    /// It was a loan already, and was renewed.
    pub(crate) renewed: bool,
}

impl Kept for Loan {}

impl From<Lent> for Loan {
    fn from(lent: Lent) -> Self {
        let Lent { due, renewed } = lent;
        Self { due, renewed }
    }
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/loans",
        needs: Needs::Here(Action::Circulate),
        name: "lend",
        summary: "Prêter un document — Lend an item",
        text: "The same loan, under the same rules, as a kiosk’s (SIP2 11), as of staff at a desk. An item that the \
               reader has already is refused (`already_lent_to_you`): renew it instead.",
        parameters: &[],
        takes: Some(Shape::of::<NewLoan>(
            r#"{"card": "2620000000017", "barcode": "3620000000019"}"#,
        )),
        gives: Shape::around::<Done<Loan>, Loan>(
            r#"{"outcome": {"due": "2026-07-07", "renewed": false}, "event": 4711, "dry_run": false, "replayed": false,
                "item": {"title": "Germinal", "document": "LIV", "owner": "LENS", "call_number": "R ZOL"}}"#,
        ),
        keyed: true,
        serve: || post(lend),
    }
}

async fn lend(
    State(door): State<Arc<Door>>,
    command: Command<NewLoan>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let ask = CheckoutAsk {
            actor: asking.actor(sent.overrides)?,
            card: sent.card.0,
            barcode: sent.barcode.0,
            pin: None,
            visit: Arc::new(Visit::new()),
            at: asking.caller.at.clone(),
            key,
            desired_due: sent.desired_due.map(|day| day.0),
            renew_if_lent: false,
            dry: asking.dry,
        };
        let answer = asking.desk().checkout(ask).await?;
        asking.told(answer, Loan::from)
    })
    .await
}
