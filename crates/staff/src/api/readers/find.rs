//! Readers, found by what they say of themselves.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, FindAsk, PatronCursor, PatronLine};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::query,
        keyset::{after, cursor, most},
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::{Page, shown},
    },
};

/// A reader, as lists show one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct FoundReader {
    /// The number of the reader.
    patron: i64,
    /// The active card; none where every card is lost, replaced or cancelled.
    card: Option<String>,
    /// Family name.
    family_name: String,
    /// Given name; empty for groups.
    given_name: String,
    /// Date of birth.
    #[schema(value_type = Option<String>, format = "date")]
    born_on: Option<Date>,
    /// The category.
    #[schema(example = "ADU")]
    category: String,
    /// The branch that the reader calls home.
    #[schema(example = "LENS")]
    home_branch: String,
    /// How many loans the reader has.
    loans: usize,
    /// Of these, how many are past their due date.
    overdue: usize,
    /// What the reader owes, in cents.
    owed_cents: i64,
}

impl From<PatronLine> for FoundReader {
    fn from(line: PatronLine) -> Self {
        Self {
            patron: line.id,
            card: line.card.map(|(number, _)| number),
            family_name: line.family_name,
            given_name: line.given_name,
            born_on: line.born_on,
            category: line.category.to_string(),
            home_branch: line.home_branch.to_string(),
            loans: line.loans,
            overdue: line.overdue,
            owed_cents: line.owed_cents,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    limit: Option<u32>,
    cursor: Option<String>,
    #[serde(default)]
    words: String,
}

pub(super) fn route() -> Route {
    Route {
        method: Method::GET,
        path: "/patrons",
        needs: Needs::Here(Action::PatronRead),
        name: "find_patrons",
        summary: "Chercher des lecteurs — Find readers",
        text: "By the beginnings of names in any order, a birth date, four digits or more of a card or telephone number, the \
               beginning of an e-mail address: all of it must fit. Each search is noted, with how many were told.",
        parameters: &[
            (
                "limit",
                "At most so many, 1 to 100; 50 if nothing is said, and never more than 50 are told.",
            ),
            (
                "cursor",
                "Where to go on: `next` of the page before, as it was given.",
            ),
            ("words", "What is looked for; nothing finds nobody."),
        ],
        takes: None,
        gives: Shape::around::<Page<FoundReader>, FoundReader>(r#"{"items": [], "next": null}"#),
        keyed: false,
        serve: || get(find),
    }
}

async fn find(
    State(door): State<Arc<Door>>,
    caller: Caller,
    RawQuery(asked): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked: Asked = query(asked.as_deref())?;
    let place: Option<String> = after("patrons", asked.cursor.as_deref())?;
    let place = place.map(|place| place.parse::<PatronCursor>());
    let ask = FindAsk {
        words: asked.words.replace(char::is_control, " "),
        after: place.transpose().map_err(|_| Problem::cursor())?,
        most: u16::try_from(most(asked.limit)?).unwrap_or(1),
        at: caller.at.clone(),
    };
    let found = door.desk.find_patrons(&ask).await?;
    let read = serde_json::json!({ "by": "search", "shown": found.lines.len() });
    door.desk
        .note_staff(&caller.member, Action::PatronRead, None, &read, &caller.at)
        .await?;
    let page: Page<FoundReader> = Page {
        items: found.lines.into_iter().map(FoundReader::from).collect(),
        next: found
            .next
            .and_then(|last| cursor("patrons", &last.to_string())),
    };
    shown(&headers, &page)
}
