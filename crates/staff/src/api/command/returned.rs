//! Taking back (SIP2 09, NCIP CheckInItem).

use std::sync::Arc;

use axum::{extract::State, http::Method, response::Response, routing::post};
use desk::{Action, CheckinAsk, Returned};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
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

/// A return.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReturn {
    /// The item's barcode (SIP2 AB).
    barcode: Scan,
    /// Decide and explain, change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// An item that was taken back.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReturnDone {
    /// It was on loan; otherwise it was only seen here.
    was_lent: bool,
    /// The branch that it now has to travel to (SIP2 CT); none: it stays here.
    to: Option<String>,
    /// It waits on the hold shelf here, until the end of that day.
    #[schema(value_type = Option<String>, format = "date")]
    hold_shelf: Option<Date>,
    /// For whom it is set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    for_whom: Option<ForWhom>,
    /// Calendar days after its due date.
    late_days: u32,
    /// The first day on which its reader may borrow again, if the lateness suspends.
    #[schema(value_type = Option<String>, format = "date")]
    suspended_until: Option<Date>,
    /// A person has to look at it: pieces to count, a state to judge.
    to_staff: bool,
}

/// The reader for whom an item is set aside (SIP2 DA).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ForWhom {
    /// Family name.
    family_name: String,
    /// Given name; empty for groups.
    given_name: String,
    /// The card; empty if there is none.
    card: String,
}

impl Kept for ReturnDone {
    fn kept(&self) -> Option<Value> {
        let nobody = Self {
            for_whom: None,
            ..self.clone()
        };
        serde_json::to_value(nobody).ok()
    }
}

impl From<Returned> for ReturnDone {
    fn from(returned: Returned) -> Self {
        Self {
            was_lent: returned.was_lent,
            to: returned.to.map(|to| to.to_string()),
            hold_shelf: returned.hold_shelf,
            for_whom: returned.for_whom.map(|patron| ForWhom {
                family_name: patron.family_name,
                given_name: patron.given_name,
                card: patron.card,
            }),
            late_days: returned.late_days,
            suspended_until: returned.suspended_until,
            to_staff: returned.to_staff,
        }
    }
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::POST,
        path: "/returns",
        needs: Needs::Here(Action::Circulate),
        name: "take_back",
        summary: "Rendre un document — Take an item back",
        text: "Taken back wherever it was lent (SIP2 09). What somebody waits for is set aside at once; where it has to \
               travel, `to` says so. With a key, a return that comes again takes no later loan back.",
        parameters: &[],
        takes: Some(Shape::of::<NewReturn>(r#"{"barcode": "3620000000019"}"#)),
        gives: Shape::around::<Done<ReturnDone>, ReturnDone>(
            r#"{"outcome": {"was_lent": true, "to": "VIMY", "hold_shelf": null, "late_days": 0, "suspended_until": null,
                "to_staff": false}, "event": 4712, "dry_run": false, "replayed": false}"#,
        ),
        keyed: true,
        serve: || post(take_back),
    }
}

async fn take_back(
    State(door): State<Arc<Door>>,
    command: Command<NewReturn>,
) -> Result<Response, Problem> {
    let dry = command.sent.dry_run;
    once(door, command, dry, |asking, sent, _| async move {
        let ask = CheckinAsk {
            actor: asking.caller.member.actor(),
            barcode: sent.barcode.0,
            at: asking.caller.at.clone(),
            capture: true,
            dry: asking.dry,
        };
        let answer = asking.desk().checkin(ask).await?;
        asking.told(answer, ReturnDone::from)
    })
    .await
}
