//! What somebody has to look at: records that may be one document, and what machines did off line.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, OfflineException, RecordDoubt};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::query,
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Asked, PAGED, Page, shown},
    },
};

/// A title, by its number and as it is called.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Called {
    /// The number of its bib.
    bib: i64,
    /// As it is called.
    title: String,
}

/// Two records that may be of one document, or one that contradicts its own title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Doubt {
    /// Its number.
    number: i64,
    /// `same`: a record joins both; `maybe`: a record may be either; `contradicts`: a record and its own bib.
    #[schema(example = "maybe")]
    kind: String,
    /// The branch whose record showed it.
    record_branch: String,
    /// That record’s control number there.
    record_number: String,
    /// The title.
    bib: Called,
    /// The other one.
    other: Option<Called>,
    /// How much speaks for one document, up to 1000.
    score: i16,
    /// What speaks for it and against it.
    why: Value,
    /// When it was seen first.
    #[schema(value_type = String, format = "date-time")]
    since: Timestamp,
}

impl From<RecordDoubt> for Doubt {
    fn from(doubt: RecordDoubt) -> Self {
        let called = |(bib, title)| Called { bib, title };
        let (record_branch, record_number) = doubt.record;
        Self {
            number: doubt.number,
            kind: doubt.kind,
            record_branch,
            record_number,
            bib: called(doubt.bib),
            other: doubt.other.map(called),
            score: doubt.score,
            why: doubt.why,
            since: doubt.since,
        }
    }
}

/// Something that a machine did off line, to be looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Offline {
    /// Its number.
    number: i64,
    /// `checkout`, `checkin` or `renew`.
    #[schema(example = "checkout")]
    kind: String,
    /// When it happened, as it was counted.
    #[schema(value_type = String, format = "date-time")]
    happened_at: Timestamp,
    /// When the machine reported it.
    #[schema(value_type = String, format = "date-time")]
    reported_at: Timestamp,
    /// What people call the machine.
    terminal: String,
    /// The event that explains it.
    event: i64,
    /// The item’s barcode, if it is known.
    barcode: Option<String>,
    /// Its title.
    title: Option<String>,
    /// The reader’s card, if there is one.
    card: Option<String>,
    /// The number that led nowhere.
    scanned: Option<String>,
    /// Whether it was taken over.
    done: bool,
    /// What is to be looked at, in the words of your language.
    told: Vec<String>,
}

impl From<OfflineException> for Offline {
    fn from(entry: OfflineException) -> Self {
        Self {
            number: entry.id,
            kind: entry.kind,
            happened_at: entry.happened_at.timestamp(),
            reported_at: entry.reported_at.timestamp(),
            terminal: entry.terminal,
            event: entry.event,
            barcode: entry.barcode,
            title: entry.title,
            card: entry.card,
            scanned: entry.scanned,
            done: entry.done,
            told: entry.told,
        }
    }
}

pub(crate) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::GET,
            path: "/work-lists/records",
            needs: Needs::Here(Action::CatalogueMerge),
            name: "record_doubts",
            summary: "Notices à examiner — Records to look at",
            text: "The likeliest first. Never more than 50 are told at a time.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<Doubt>, Doubt>(
                r#"{"items": [{"number": 5, "kind": "maybe", "record_branch": "LENS", "record_number": "000123",
                    "bib": {"bib": 12345, "title": "Germinal"}, "other": {"bib": 777, "title": "Germinal"}, "score": 640,
                    "why": [], "since": "2026-06-09T09:00:00Z"}], "next": null}"#,
            ),
            keyed: false,
            serve: || get(records),
        },
        Route {
            method: Method::GET,
            path: "/work-lists/offline",
            needs: Needs::Here(Action::List),
            name: "offline_exceptions",
            summary: "Opérations hors ligne à examiner — What was done off line, to look at",
            text: "By machines where you work, in the order of its coming. Each look is noted.",
            parameters: PAGED,
            takes: None,
            gives: Shape::around::<Page<Offline>, Offline>(r#"{"items": [], "next": null}"#),
            keyed: false,
            serve: || get(offline),
        },
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paged {
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn records(
    State(door): State<Arc<Door>>,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Paged = query(asked.as_deref())?;
    let place: Option<(i16, i64)> = after("records", asked.cursor.as_deref())?;
    let listed = door.desk.doubts_page(place, most(asked.limit)?).await?;
    let page: Page<Doubt> = Page {
        items: listed.lines.into_iter().map(Doubt::from).collect(),
        next: listed.next.and_then(|last| cursor("records", &last)),
    };
    shown(&headers, &page)
}

async fn offline(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let (desk, member) = (&door.desk, &caller.member);
    let all = desk
        .offline_exceptions(member.branch(), member.language())
        .await?;
    let read = serde_json::json!({ "read": "offline" });
    desk.note_staff(member, Action::List, None, &read, &caller.at)
        .await?;
    let page = asked.page("offline", all)?;
    let page: Page<Offline> = Page {
        items: page.items.into_iter().map(Offline::from).collect(),
        next: page.next,
    };
    shown(&headers, &page)
}
