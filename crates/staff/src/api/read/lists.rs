//! The lists that a branch works through every morning.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use circulation::BranchCode;
use desk::{Action, SetAside, ToPull, Travelling};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
    },
};

/// A copy to fetch from the shelf: scanned where it stands, it is set aside for whoever waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Pull {
    /// Its barcode.
    barcode: String,
    /// Its title.
    title: String,
    /// Where it stands on the shelf.
    call_number: String,
    /// Where it is then waited for.
    pickup: String,
}

/// An item on its way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Travel {
    /// Its barcode.
    barcode: String,
    /// Its title.
    title: String,
    /// The branch that sent it.
    from: String,
    /// The branch that expects it.
    to: String,
    /// Since when.
    #[schema(value_type = String, format = "date-time")]
    since: Timestamp,
    /// Somebody waits for it there.
    for_hold: bool,
}

/// An item on a hold shelf.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OnHoldShelf {
    /// Its barcode.
    barcode: String,
    /// Its title.
    title: String,
    /// The last day on which it waits.
    #[schema(value_type = String, format = "date")]
    until: Date,
    /// The card of whoever it waits for; none: the hold is over, it is to be cleared away.
    card: Option<String>,
}

impl From<ToPull> for Pull {
    fn from(wanted: ToPull) -> Self {
        Self {
            barcode: wanted.barcode,
            title: wanted.title,
            call_number: wanted.call_number,
            pickup: wanted.pickup.to_string(),
        }
    }
}

impl From<Travelling> for Travel {
    fn from(item: Travelling) -> Self {
        Self {
            barcode: item.barcode,
            title: item.title,
            from: item.from.to_string(),
            to: item.to.to_string(),
            since: item.since,
            for_hold: item.for_hold,
        }
    }
}

impl From<SetAside> for OnHoldShelf {
    fn from(item: SetAside) -> Self {
        Self {
            barcode: item.barcode,
            title: item.title,
            until: item.until,
            card: item.card,
        }
    }
}

/// What they have in common.
fn list(path: &'static str, name: &'static str, gives: Shape) -> Route {
    Route {
        method: Method::GET,
        path,
        needs: Needs::AtBranch(Action::List),
        name,
        summary: "",
        text: "",
        parameters: PAGED,
        takes: None,
        gives,
        keyed: false,
        serve: || get(pull_list),
    }
}

pub(crate) fn routes() -> [Route; 3] {
    [
        Route {
            summary: "À chercher en rayon — What to fetch from the shelves",
            text: "In the order of the shelf; for each hold at most one copy here.",
            serve: || get(pull_list),
            ..list(
                "/branches/{branch}/pull-list",
                "pull_list",
                Shape::around::<Page<Pull>, Pull>(
                    r#"{"items": [{"barcode": "3620000000019", "title": "Germinal", "call_number": "R ZOL", "pickup": "VIMY"}],
                        "next": null}"#,
                ),
            )
        },
        Route {
            summary: "La navette — The shuttle",
            text: "What left the branch, and what is expected there.",
            serve: || get(shuttle),
            ..list(
                "/branches/{branch}/shuttle",
                "shuttle",
                Shape::around::<Page<Travel>, Travel>(
                    r#"{"items": [{"barcode": "3620000000019", "title": "Germinal", "from": "LENS", "to": "VIMY",
                        "since": "2026-06-09T09:00:00Z", "for_hold": true}], "next": null}"#,
                ),
            )
        },
        Route {
            summary: "Les réservations mises de côté — The hold shelf",
            text: "What is to be cleared away first. Cards stand on it, so that each look is noted.",
            serve: || get(hold_shelf),
            ..list(
                "/branches/{branch}/hold-shelf",
                "hold_shelf",
                Shape::around::<Page<OnHoldShelf>, OnHoldShelf>(
                    r#"{"items": [{"barcode": "3620000000019", "title": "Germinal", "until": "2026-06-20",
                        "card": "2620000000017"}], "next": null}"#,
                ),
            )
        },
    ]
}

async fn pull_list(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(branch): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let all = door.desk.pull_list(code(&branch)?, &caller.at).await?;
    page::<_, Pull>("pull", asked, all, &headers)
}

async fn shuttle(
    State(door): State<Arc<Door>>,
    Named(branch): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let all = door.desk.shuttle(code(&branch)?).await?;
    page::<_, Travel>("shuttle", asked, all, &headers)
}

async fn hold_shelf(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(branch): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let desk = &door.desk;
    let all = desk.hold_shelf(code(&branch)?).await?;
    let read = serde_json::json!({ "read": "hold_shelf", "branch": branch });
    desk.note_staff(&caller.member, Action::List, None, &read, &caller.at)
        .await?;
    page::<_, OnHoldShelf>("shelf", asked, all, &headers)
}

fn code(branch: &str) -> Result<BranchCode, Problem> {
    branch.parse().map_err(|_| Problem::not_found())
}

fn page<T, S: From<T> + Serialize>(
    list: &str,
    asked: Option<String>,
    all: Vec<T>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let page = asked.page(list, all)?;
    let page = Page {
        items: page.items.into_iter().map(S::from).collect(),
        next: page.next,
    };
    shown(headers, &page)
}
