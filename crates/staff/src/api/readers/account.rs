//! Who a reader lives with, and what was charged and paid.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, LedgerLine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{find::FoundReader, noted};
use crate::{
    Door,
    api::{
        caller::Caller,
        input::{Named, query},
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{PAGED, Page, shown},
    },
};

/// Who lives together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct HouseholdShown {
    /// The number of the household.
    household: i64,
    /// Its members, in the order of their numbers.
    members: Vec<FoundReader>,
}

/// A line of a reader’s account. None is ever changed: what is owed is the sum of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AccountLine {
    /// Its number; a fee’s is SIP2 CG.
    line: i64,
    /// When.
    #[schema(value_type = String, format = "date-time")]
    at: Timestamp,
    /// A fee (`late`, `damage`, `loss`, `card`, `other`), or its `payment`, `waiver` or `reversal`.
    #[schema(value_type = String, example = "late")]
    kind: &'static str,
    /// What it adds to what is owed, in cents.
    cents: i64,
    /// What was owed after it, in cents.
    balance: i64,
    /// The fee that was paid, waived or reversed.
    of_fee: Option<i64>,
    /// Where.
    branch: String,
    /// A remark, if there is one.
    note: String,
    /// The event that explains it.
    event: i64,
    /// The colleague who took the payment or let go.
    staff: Option<String>,
    /// The machine that took the payment.
    terminal: Option<String>,
    /// The item whose loan the fee comes from.
    barcode: Option<String>,
    /// Its title.
    title: Option<String>,
}

impl From<LedgerLine> for AccountLine {
    fn from(line: LedgerLine) -> Self {
        let (barcode, title) = line.item.unzip();
        Self {
            line: line.id,
            at: line.at,
            kind: line.kind.name(),
            cents: line.cents,
            balance: line.balance,
            of_fee: line.of_fee,
            branch: line.branch.to_string(),
            note: line.note,
            event: line.event,
            staff: line.staff,
            terminal: line.terminal,
            barcode,
            title,
        }
    }
}

pub(super) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::GET,
            path: "/patrons/{card}/household",
            needs: Needs::Here(Action::PatronRead),
            name: "household",
            summary: "Le foyer d’un lecteur — Who lives with a reader",
            text: "With what each has on loan and owes; the reader is among them. Each look is noted.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<HouseholdShown>(
                r#"{"household": 812, "members": [{"patron": 4711, "card": "2620099000024", "family_name": "Fictif",
                    "given_name": "Essai", "born_on": "1990-05-04", "category": "ADU", "home_branch": "LENS", "loans": 2,
                    "overdue": 0, "owed_cents": 0}]}"#,
            ),
            keyed: false,
            serve: || get(household),
        },
        Route {
            method: Method::GET,
            path: "/patrons/{card}/account",
            needs: Needs::Here(Action::PatronRead),
            name: "account",
            summary: "Les mouvements d’argent d’un lecteur — A reader’s account",
            text: "The last line first. Never more than 50 are told at a time. Each look is noted.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<AccountLine>, AccountLine>(
                r#"{"items": [{"line": 31, "at": "2026-06-09T09:00:00Z", "kind": "card", "cents": 200, "balance": 200,
                    "of_fee": null, "branch": "LENS", "note": "", "event": 4727, "staff": null, "terminal": null,
                    "barcode": null, "title": null}], "next": null}"#,
            ),
            keyed: false,
            serve: || get(account),
        },
    ]
}

async fn household(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(card): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let reader = noted(&door, &caller, card, "household").await?;
    let household = door.desk.household(reader, &caller.at).await?;
    let household = household.ok_or_else(Problem::not_found)?;
    let told = HouseholdShown {
        household: household.id,
        members: household
            .members
            .into_iter()
            .map(FoundReader::from)
            .collect(),
    };
    shown(&headers, &told)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn account(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(card): Named,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Paged = query(asked.as_deref())?;
    let place: Option<i64> = after("account", asked.cursor.as_deref())?;
    let most = most(asked.limit)?;
    let reader = noted(&door, &caller, card, "account").await?;
    let listed = door.desk.ledger(reader, place, most).await?;
    let page: Page<AccountLine> = Page {
        items: listed.lines.into_iter().map(AccountLine::from).collect(),
        next: listed.next.and_then(|last| cursor("account", &last)),
    };
    shown(&headers, &page)
}
