//! Inventories of a branch's shelves: begun, looked at, closed.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{get, post},
};
use desk::{Action, Inventory, ShelfRange};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        answer::{Done, Kept, once},
        caller::Caller,
        input::{Command, Named, query},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
        words::Words,
    },
};

/// An inventory of a branch’s shelves.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct InventoryShown {
    /// Its number.
    inventory: i64,
    /// Whose shelves.
    branch: String,
    /// From this call number on; none: all shelves.
    first: Option<String>,
    /// To this call number, and what begins like it.
    last: Option<String>,
    /// When it was begun.
    #[schema(value_type = String, format = "date-time")]
    started_at: Timestamp,
    /// Who began it.
    started_by: String,
    /// When it was closed; none: it is open.
    #[schema(value_type = Option<String>, format = "date-time")]
    closed_at: Option<Timestamp>,
    /// How many barcodes were scanned, each counted once.
    scanned: i64,
    /// Of these, how many stand where they should.
    expected: i64,
}

impl From<Inventory> for InventoryShown {
    fn from(inventory: Inventory) -> Self {
        let (first, last) = inventory.range.unzip();
        Self {
            inventory: inventory.id,
            branch: inventory.branch.to_string(),
            first,
            last,
            started_at: inventory.started_at,
            started_by: inventory.started_by,
            closed_at: inventory.closed_at,
            scanned: inventory.scanned,
            expected: inventory.expected,
        }
    }
}

/// Which shelves are counted: all of them, or from one call number to another.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInventory {
    /// The first call number; empty: from the beginning, if `last` is empty too.
    #[serde(default)]
    first: Words,
    /// The last call number, and what begins like it.
    #[serde(default)]
    last: Words,
}

/// An inventory that was begun.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct InventoryBegun {
    /// Its number.
    inventory: i64,
}

impl Kept for InventoryBegun {}

/// Nothing to say about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InventoryClosing {}

/// Nothing more to say about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct InventoryClosed {}

impl Kept for InventoryClosed {}

const EXAMPLE: &str = r#"{"inventory": 3, "branch": "LENS", "first": "R A", "last": "R M",
    "started_at": "2026-06-09T09:00:00Z", "started_by": "Claire Fictive", "closed_at": null, "scanned": 120, "expected": 117}"#;

pub(super) fn routes() -> [Route; 4] {
    let needs = Needs::Here(Action::Inventory);
    [
        Route {
            method: Method::GET,
            path: "/inventories",
            needs,
            name: "inventories",
            summary: "Inventaires — Inventories",
            text: "Of your branch, the open ones first, then the last; fifty at most.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<InventoryShown>, InventoryShown>(
                r#"{"items": [], "next": null}"#,
            ),
            keyed: false,
            serve: || get(list),
        },
        Route {
            method: Method::POST,
            path: "/inventories",
            needs,
            name: "begin_inventory",
            summary: "Commencer un inventaire — Begin an inventory",
            text: "Of your branch’s shelves.",
            parameters: &[],
            takes: Some(Shape::of::<NewInventory>(
                r#"{"first": "R A", "last": "R M"}"#,
            )),
            gives: Shape::around::<Done<InventoryBegun>, InventoryBegun>(
                r#"{"outcome": {"inventory": 3}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(begin),
        },
        Route {
            method: Method::GET,
            path: "/inventories/{inventory}",
            needs,
            name: "inventory",
            summary: "Un inventaire — An inventory",
            text: "How far it is.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<InventoryShown>(EXAMPLE),
            keyed: false,
            serve: || get(one),
        },
        Route {
            method: Method::POST,
            path: "/inventories/{inventory}/close",
            needs,
            name: "close_inventory",
            summary: "Clore un inventaire — Close an inventory",
            text: "Nothing more is taken down. One that is closed stays so. A body is not needed.",
            parameters: &[],
            takes: Some(Shape::of::<InventoryClosing>("{}")),
            gives: Shape::around::<Done<InventoryClosed>, InventoryClosed>(
                r#"{"outcome": {}, "event": null, "dry_run": false, "replayed": false}"#,
            ),
            keyed: true,
            serve: || post(close),
        },
    ]
}

/// The inventory of this number, of a branch where they may take stock.
pub(super) async fn found(
    door: &Door,
    caller: &Caller,
    number: &str,
) -> Result<Inventory, Problem> {
    let number = number.parse().map_err(|_| Problem::not_found())?;
    let inventory = door.desk.inventory(number).await?;
    let inventory = inventory.ok_or_else(Problem::not_found)?;
    caller
        .member
        .require_at(Action::Inventory, inventory.branch)?;
    Ok(inventory)
}

pub(super) fn done<S>(outcome: S) -> Done<S> {
    Done {
        outcome,
        event: None,
        dry_run: false,
        replayed: false,
        item: None,
        trace: None,
    }
}

async fn list(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let all = door.desk.inventories(caller.member.branch()).await?;
    let all = all.into_iter().map(InventoryShown::from).collect();
    shown(&headers, &asked.page("inventories", all)?)
}

async fn one(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(number): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let inventory = found(&door, &caller, &number).await?;
    shown(&headers, &InventoryShown::from(inventory))
}

async fn begin(
    State(door): State<Arc<Door>>,
    command: Command<NewInventory>,
) -> Result<Response, Problem> {
    once(door, command, false, |asking, sent, _| async move {
        let range = match (sent.first.0.trim(), sent.last.0.trim()) {
            ("", "") => None,
            (first, "") => ShelfRange::new(first, first),
            (first, last) => Some(ShelfRange::new(first, last).ok_or_else(|| {
                Problem::unfit(
                    "last",
                    "La dernière cote vient avant la première.",
                    "The last call number comes before the first.",
                )
            })?),
        };
        let (member, at) = (&asking.caller.member, &asking.caller.at);
        let desk = asking.desk();
        let inventory = desk
            .begin_inventory(member.id(), member.branch(), range.as_ref(), at)
            .await?;
        Ok(done(InventoryBegun { inventory }))
    })
    .await
}

async fn close(
    State(door): State<Arc<Door>>,
    Named(number): Named,
    command: Command<InventoryClosing>,
) -> Result<Response, Problem> {
    once(door, command, false, move |asking, _, _| async move {
        let inventory = found(&asking.door, &asking.caller, &number).await?;
        asking
            .desk()
            .close_inventory(inventory.id, &asking.caller.at)
            .await?;
        Ok(done(InventoryClosed {}))
    })
    .await
}
