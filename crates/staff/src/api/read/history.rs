//! Where an item was.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, Stay, StayPlace};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        keyset::{after, cursor, most},
        problem::Problem,
        refusal::nowhere,
        route::{Needs, Route, Shape},
        shown::{PAGED, Page, shown},
    },
};

/// A stay of an item in one place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StayShown {
    /// From when on, as it was recorded.
    #[schema(value_type = String, format = "date-time")]
    since: Timestamp,
    /// Up to when; none: it is there now.
    #[schema(value_type = Option<String>, format = "date-time")]
    until: Option<Timestamp>,
    /// `shelf`, `transit`, `hold_shelf` or `loan`.
    #[schema(value_type = String, example = "loan")]
    at: &'static str,
    /// The branch where it stood, from which it left, or where it was lent.
    branch: String,
    /// Where it was to go.
    to: Option<String>,
    /// The hold that it was set aside for.
    hold: Option<i64>,
    /// The last day of the loan.
    #[schema(value_type = Option<String>, format = "date")]
    due: Option<Date>,
    /// Where it came back.
    returned_to: Option<String>,
    /// The loan was taken back at once, as if it had not been.
    undone: bool,
    /// Who had it, by number, for who may look at readers; none once that was forgotten.
    reader: Option<i64>,
}

pub(crate) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/items/{barcode}/history",
        needs: Needs::Here(Action::ItemRead),
        name: "item_history",
        summary: "Où un exemplaire a été — Where an item was",
        text: "Every stay, the last first. Never more than 50 are told at a time.",
        parameters: PAGED,
        takes: None,
        gives: Shape::around::<Page<StayShown>, StayShown>(
            r#"{"items": [{"since": "2026-06-09T09:00:00Z", "until": null, "at": "loan", "branch": "LENS", "to": null,
                "hold": null, "due": "2026-07-07", "returned_to": null, "undone": false, "reader": 4711}], "next": null}"#,
        ),
        keyed: false,
        serve: || get(history),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn history(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(barcode): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Paged = query(asked.as_deref())?;
    let place: Option<Timestamp> = after("history", asked.cursor.as_deref())?;
    let most = most(asked.limit)?;
    let copy = door.desk.copy(caller.member.branch(), &barcode).await?;
    let copy = copy.map_err(|refusal| nowhere(&door.desk, &refusal))?;
    let listed = door.desk.item_history(copy.item, place, most).await?;
    let reads = caller.member.may(Action::PatronRead);
    let page: Page<StayShown> = Page {
        items: listed
            .lines
            .into_iter()
            .map(|stay| told(stay, reads))
            .collect(),
        next: listed.next.and_then(|last| cursor("history", &last)),
    };
    shown(&headers, &page)
}

fn told(stay: Stay, reads: bool) -> StayShown {
    let told = StayShown {
        since: stay.since,
        until: stay.until,
        at: "shelf",
        branch: String::new(),
        to: None,
        hold: None,
        due: None,
        returned_to: None,
        undone: false,
        reader: None,
    };
    match stay.place {
        StayPlace::Shelf { branch } => StayShown {
            branch: branch.to_string(),
            ..told
        },
        StayPlace::Transit { from, to, hold } => StayShown {
            at: "transit",
            branch: from.to_string(),
            to: Some(to.to_string()),
            hold,
            ..told
        },
        StayPlace::HoldShelf { branch, hold, .. } => StayShown {
            at: "hold_shelf",
            branch: branch.to_string(),
            hold,
            ..told
        },
        StayPlace::Loan {
            branch,
            reader,
            due,
            returned,
            undone,
            ..
        } => StayShown {
            at: "loan",
            branch: branch.to_string(),
            due: Some(due),
            returned_to: returned.map(|(_, to)| to.to_string()),
            undone,
            reader: reader.filter(|_| reads),
            ..told
        },
    }
}
