//! Who waits for a title, in which order and why (NCIP LookupRequest); and one of them.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
    routing::get,
};
use desk::{Action, HoldState, QueueLine, QueueTurn};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Door,
    api::{
        caller::Caller,
        input::Named,
        problem::Problem,
        route::{Needs, Route, Shape},
        shown::shown,
    },
};

/// A hold in its title’s queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Queued {
    /// Its number.
    hold: i64,
    /// The title, by the number of its bib.
    bib: i64,
    /// Its title.
    title: String,
    /// Who waits, for who may look at readers.
    reader: Option<Waiting>,
    /// Where it is to be collected.
    pickup: String,
    /// When it was placed.
    #[schema(value_type = String, format = "date-time")]
    placed_at: Timestamp,
    /// The last day on which it waits to be served.
    #[schema(value_type = String, format = "date")]
    expires_on: Date,
    /// This copy and no other, by its barcode.
    only_this_copy: Option<String>,
    /// `waiting`, `on_its_way` or `ready`.
    #[schema(value_type = String, example = "waiting")]
    state: &'static str,
    /// The copy that is set aside for it, by its barcode.
    set_aside: Option<String>,
    /// Until when it waits to be collected.
    #[schema(value_type = Option<String>, format = "date")]
    ready_until: Option<Date>,
    /// Why it stands where it stands.
    turn: Turn,
}

/// Who waits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Waiting {
    /// The number of the reader.
    patron: i64,
    /// The active card; empty if there is none.
    card: String,
    /// Family name.
    family_name: String,
    /// Given name; empty for groups.
    given_name: String,
}

/// Why a hold stands where it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub(crate) enum Turn {
    /// A copy is set aside for it.
    Served,
    /// It is served after those before it.
    Waits {
        /// How many are before it.
        before: u32,
        /// How many copies may serve it once they are free.
        copies: u32,
    },
    /// It keeps its place, and others are served first.
    Paused {
        /// From this day on it is served.
        #[schema(value_type = String, format = "date")]
        until: Date,
    },
    /// Its last day is over.
    Over,
    /// No copy may serve it under the rules of this day.
    NoCopy,
}

/// A title’s queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Queue {
    /// The title, by the number that it has after merges.
    bib: i64,
    /// Its title.
    title: String,
    /// How many copies there are, withdrawn ones left out, up to a thousand.
    copies: usize,
    /// Its active holds in the order of the queue, the first thousand.
    holds: Vec<Queued>,
}

const EXAMPLE: &str = r#"{"hold": 812, "bib": 12345, "title": "Germinal", "reader": {"patron": 4711, "card": "2620099000024",
    "family_name": "Fictif", "given_name": "Essai"}, "pickup": "VIMY", "placed_at": "2026-06-09T09:00:00Z",
    "expires_on": "2027-06-09", "only_this_copy": null, "state": "waiting", "set_aside": null, "ready_until": null,
    "turn": {"turn": "waits", "before": 0, "copies": 2}}"#;

pub(crate) fn routes() -> [Route; 2] {
    [
        Route {
            method: Method::GET,
            path: "/holds/{hold}",
            needs: Needs::Here(Action::Hold),
            name: "hold",
            summary: "Consulter une réservation — Look at a hold",
            text: "While it is active. Whoever waits is told to who may look at readers, and each such look is noted.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<Queued>(EXAMPLE),
            keyed: false,
            serve: || get(hold),
        },
        Route {
            method: Method::GET,
            path: "/bibs/{bib}/queue",
            needs: Needs::Here(Action::Hold),
            name: "queue",
            summary: "La file d’attente d’un titre — A title’s queue",
            text: "In the order in which they are served, and why. Whoever waits is told to who may look at readers, and each \
                   such look is noted.",
            parameters: &[],
            takes: None,
            gives: Shape::of::<Queue>(
                r#"{"bib": 12345, "title": "Germinal", "copies": 2, "holds": []}"#,
            ),
            keyed: false,
            serve: || get(queue),
        },
    ]
}

async fn hold(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(hold): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let hold = hold.parse().map_err(|_| Problem::not_found())?;
    let found = door.desk.hold_in_queue(hold, &caller.at).await?;
    let (queue, line) = found.ok_or_else(Problem::not_found)?;
    let reads = caller.member.may(Action::PatronRead);
    if reads {
        let read = serde_json::json!({ "read": "hold" });
        let (action, reader) = (Action::PatronRead, Some(line.reader.id));
        door.desk
            .note_staff(&caller.member, action, reader, &read, &caller.at)
            .await?;
    }
    shown(&headers, &queued(queue.bib, &queue.title, line, reads))
}

async fn queue(
    State(door): State<Arc<Door>>,
    caller: Caller,
    Named(bib): Named,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let bib = bib.parse().map_err(|_| Problem::not_found())?;
    let found = door.desk.title_queue(bib, &caller.at).await?;
    let queue = found.ok_or_else(Problem::not_found)?;
    let reads = caller.member.may(Action::PatronRead);
    if reads {
        let read = serde_json::json!({ "read": "title_queue", "bib": queue.bib, "shown": queue.holds.len() });
        let action = Action::PatronRead;
        door.desk
            .note_staff(&caller.member, action, None, &read, &caller.at)
            .await?;
    }
    let line = |line| queued(queue.bib, &queue.title, line, reads);
    let told = Queue {
        holds: queue.holds.into_iter().map(line).collect(),
        copies: queue.copies.len(),
        bib: queue.bib,
        title: queue.title.clone(),
    };
    shown(&headers, &told)
}

fn queued(bib: i64, title: &str, line: QueueLine, reads: bool) -> Queued {
    let (state, ready_until) = match line.state {
        HoldState::Waiting => ("waiting", None),
        HoldState::OnItsWay => ("on_its_way", None),
        HoldState::Ready(until) => ("ready", Some(until)),
    };
    let reader = line.reader;
    Queued {
        hold: line.hold,
        bib,
        title: title.to_owned(),
        reader: reads.then_some(Waiting {
            patron: reader.id,
            card: reader.card,
            family_name: reader.family_name,
            given_name: reader.given_name,
        }),
        pickup: line.pickup.to_string(),
        placed_at: line.placed_at,
        expires_on: line.expires_on,
        only_this_copy: line.asked,
        state,
        set_aside: line.set_aside,
        ready_until,
        turn: match line.turn {
            QueueTurn::Served => Turn::Served,
            QueueTurn::Waits { before, copies } => Turn::Waits { before, copies },
            QueueTurn::Paused { until } => Turn::Paused { until },
            QueueTurn::Over => Turn::Over,
            QueueTurn::NoCopy => Turn::NoCopy,
        },
    }
}
