//! Placing a hold (SIP2 15 with BO +, NCIP RequestItem).

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use circulation::BranchCode;
use desk::{Action, HeldThing, HoldAsk, HoldDone, HoldWish, Visit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        answer::{Asking, Done, Kept, once},
        input::Command,
        problem::Problem,
        route::{Needs, Route, Shape},
        words::{Branch, Day, OverridesAsked, Scan},
    },
};

/// A hold to place: on a title, by the number of its bib or by one of its copies; or on one copy and no other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewHold {
    /// The reader’s card (SIP2 AA).
    card: Scan,
    /// The title, by the number of its bib.
    #[serde(default)]
    bib: Option<i64>,
    /// The title of this copy (SIP2 AB).
    #[serde(default)]
    barcode: Option<Scan>,
    /// That copy and no other.
    #[serde(default)]
    only_this_copy: bool,
    /// Where it is to be collected (SIP2 BS); where you work if nothing is said.
    #[serde(default)]
    pickup: Option<Branch>,
    /// The last day on which it is of use (SIP2 BW).
    #[serde(default)]
    needed_until: Option<Day>,
    /// Rights to use against a refusal.
    #[serde(default)]
    overrides: Option<OverridesAsked>,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// A hold, as its reader is told.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Hold {
    /// Its number; none for a dry run.
    hold: Option<i64>,
    /// Where it is to be collected.
    pickup: String,
    /// The last day on which it waits to be served.
    #[schema(value_type = String, format = "date")]
    expires_on: Date,
    /// How many wait before (SIP2 BR); none once it is cancelled.
    before: Option<usize>,
    /// A copy stands on a shelf and can be fetched for it at once.
    available: bool,
}

impl Kept for Hold {}

impl From<HoldDone> for Hold {
    fn from(done: HoldDone) -> Self {
        Self {
            hold: done.hold,
            pickup: done.pickup.to_string(),
            expires_on: done.expires_on,
            before: done.before,
            available: done.available,
        }
    }
}

pub(crate) const EXAMPLE: &str = r#"{"outcome": {"hold": 81, "pickup": "LENS", "expires_on": "2027-06-09", "before": 2,
    "available": false}, "event": 4715, "dry_run": false, "replayed": false}"#;

pub(crate) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/holds",
        needs: Needs::Here(Action::Hold),
        name: "place_hold",
        summary: "Réserver — Place a hold",
        text: "Give `bib` or `barcode`, one of them (SIP2 15). With `only_this_copy` the copy of that barcode and no \
               other is waited for.",
        parameters: &[],
        takes: Some(Shape::of::<NewHold>(
            r#"{"card": "2620000000017", "bib": 12345, "pickup": "LENS", "needed_until": "2026-12-31"}"#,
        )),
        gives: Shape::around::<Done<Hold>, Hold>(EXAMPLE),
        keyed: true,
        serve: || post(place),
    }
}

async fn place(
    State(door): State<Arc<Door>>,
    command: Command<NewHold>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, key| async move {
        let what = match (sent.bib, sent.barcode, sent.only_this_copy) {
            (Some(bib), None, false) => HeldThing::Title(bib),
            (None, Some(copy), false) => HeldThing::TitleOf(copy.0),
            (None, Some(copy), true) => HeldThing::Copy(copy.0),
            _ => {
                return Err(Problem::unfit(
                    "bib",
                    "Donnez bib ou barcode, l’un des deux ; only_this_copy demande barcode.",
                    "Give bib or barcode, one of them; only_this_copy needs barcode.",
                ));
            }
        };
        let pickup = known(&asking, sent.pickup)?;
        let actor = asking.actor(sent.overrides)?;
        let ask = HoldAsk {
            actor,
            pickup,
            needed_until: sent.needed_until.map(|day| day.0),
            key,
            ..asked(&asking, HoldWish::Place, sent.card.0, what)
        };
        let answer = asking.desk().hold(ask).await?;
        asking.told(answer, Hold::from)
    })
    .await
}

/// A question about a hold that says no more than this.
pub(crate) fn asked(asking: &Asking, wish: HoldWish, card: String, what: HeldThing) -> HoldAsk {
    HoldAsk {
        actor: asking.caller.member.actor(),
        wish,
        card,
        pin: None,
        visit: Arc::new(Visit::new()),
        what,
        pickup: None,
        needed_until: None,
        at: asking.caller.at.clone(),
        key: None,
        request: None,
        dry: asking.dry,
    }
}

/// Nothing is collected at a branch that there is not.
pub(crate) fn known(
    asking: &Asking,
    pickup: Option<Branch>,
) -> Result<Option<BranchCode>, Problem> {
    let book = asking.desk().rulebook();
    let pickup = pickup.map(|Branch(code)| code);
    match pickup.is_none_or(|pickup| book.branches.contains_key(&pickup)) {
        true => Ok(pickup),
        false => Err(Problem::unfit(
            "pickup",
            "Cette bibliothèque n’existe pas dans le réseau.",
            "The network has no such branch.",
        )),
    }
}
