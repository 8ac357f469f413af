//! Scans of an inventory, and what was not seen.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, post},
};
use desk::{Action, Finding, NoScan, NotSeen, NotSeenAfter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inventories::{done, found};
use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        caller::Caller,
        command::condition::Condition,
        input::{Command, Named, query},
        keyset::{after, cursor, most},
        problem::{Problem, REFUSED},
        route::{Needs, Route, Shape},
        shown::{PAGED, Page, shown},
        words::Scan,
    },
};

/// A copy in the hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CopyScanned {
    /// Its barcode.
    barcode: Scan,
}

/// What a scan says. Nothing changes by it: where something is amiss, somebody has to act.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct CopyFound {
    /// The title; none: the barcode leads to no item.
    title: Option<String>,
    /// Where it should stand; empty if nothing is known.
    call_number: String,
    /// What is to be said of it, in `finding`: `expected`, `other_shelf`, `elsewhere`, `on_loan`, `travelling`,
    /// `hold_shelf`, `not_in_order`, `withdrawn`, `unknown`, …; with what it is about beside.
    #[schema(value_type = Object)]
    found: Finding,
}

impl Kept for CopyFound {}

/// A copy that should stand there and was not scanned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct CopyMissed {
    /// Its barcode.
    barcode: String,
    /// Its title.
    title: String,
    /// Where it should stand.
    call_number: String,
    /// Whose it is.
    owner: String,
    /// What shape it is in.
    condition: Condition,
}

impl From<NotSeen> for CopyMissed {
    fn from(copy: NotSeen) -> Self {
        Self {
            barcode: copy.barcode,
            title: copy.title,
            call_number: copy.call_number,
            owner: copy.owner.to_string(),
            condition: copy.condition.into(),
        }
    }
}

pub(super) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::POST,
            path: "/inventories/{inventory}/scans",
            needs: Needs::Here(Action::Inventory),
            name: "scan_copy",
            summary: "Compter un exemplaire — Count a copy",
            text: "The same barcode once more counts once, and what is found last stands.",
            parameters: &[],
            takes: Some(Shape::of::<CopyScanned>(r#"{"barcode": "3620000000019"}"#)),
            gives: Shape::around::<Done<CopyFound>, CopyFound>(
                r#"{"outcome": {"title": "Germinal", "call_number": "R ZOL", "found": {"finding": "elsewhere", "branch": "VIMY"}},
                    "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(scan),
        },
        Route {
            method: Method::GET,
            path: "/inventories/{inventory}/missing",
            needs: Needs::Here(Action::Inventory),
            name: "inventory_missing",
            summary: "Non vus — What was not seen",
            text: "What should stand there, in the order of the shelf, as of this moment. Never more than 50 are told at a time.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<CopyMissed>, CopyMissed>(r#"{"items": [], "next": null}"#),
            keyed: false,
            serve: || get(missing),
        },
    ]
}

async fn scan(
    State(door): State<Arc<Door>>,
    Named(number): Named,
    command: Command<CopyScanned>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, sent, _| async move {
        let inventory = found(&asking.door, &asking.caller, &number).await?;
        let (desk, at) = (asking.desk(), &asking.caller.at);
        match desk.scan(inventory.id, &sent.barcode.0, at).await? {
            Ok(answer) => Ok(done(CopyFound {
                title: answer.item.map(|(_, title)| title),
                call_number: answer.call_number,
                found: answer.finding,
            })),
            Err(NoScan::NoInventory) => Err(Problem::not_found()),
            Err(NoScan::Closed) => Err(Problem::new(
                REFUSED,
                "Cet inventaire est clos : rien n’est noté.",
                "This inventory is closed: nothing is taken down.",
            )),
            Err(NoScan::Empty) => Err(Problem::unfit(
                "barcode",
                "Il n’y a rien à lire.",
                "There is nothing to read.",
            )),
        }
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn missing(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(number): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Paged = query(asked.as_deref())?;
    let place: Option<NotSeenAfter> = after("missing", asked.cursor.as_deref())?;
    let most = most(asked.limit)?;
    let inventory = found(&door, &caller, &number).await?;
    let listed = door
        .desk
        .not_seen(inventory.id, place.as_ref(), most, &caller.at)
        .await?;
    let page: Page<CopyMissed> = Page {
        items: listed.lines.into_iter().map(CopyMissed::from).collect(),
        next: listed.next.and_then(|last| cursor("missing", &last)),
    };
    shown(&headers, &page)
}
