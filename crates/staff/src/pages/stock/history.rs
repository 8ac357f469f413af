//! Where an item was.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::Rulebook;
use desk::{Action, Stay, StayPlace};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use crate::{
    Door,
    access::Signed,
    calendar::place_name,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "item_history.html")]
struct HistoryPage {
    frame: Frame,
    barcode: String,
    list: Vec<Line>,
    goes_on: bool,
    next: Option<String>,
}

struct Line {
    since: String,
    until: String,
    place: String,
    about: String,
    /// Whose loan it is or was, for who may see readers.
    reader: Option<i64>,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Path(barcode): Path<String>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::ItemRead)?;
    let t = signed.tongue();
    let from: Option<Timestamp> = after(asked.after.as_deref())?;
    let here = signed.member.branch();
    let copy = door.desk.copy(here, &barcode).await?;
    let Ok(copy) = copy else {
        // Unknown, or of several branches: the item's page says so.
        let item = serde_urlencoded::to_string([("", &barcode)]).unwrap_or_default();
        let item = item.trim_start_matches('=').replace('+', "%20");
        return Ok(Redirect::to(&format!("/staff/items/{item}")).into_response());
    };
    let list = door.desk.item_history(copy.item, from, LINES).await?;
    // Readers appear by their number alone; their files note who looks.
    let reads = signed.member.may(Action::PatronRead);
    let book = door.desk.rulebook();
    let zone = signed.at.time_zone();
    let title = format!(
        "{} · {}",
        copy.shown.title,
        t.say("où il a été", "where it was")
    );
    shown(&HistoryPage {
        frame: Frame::of(&signed, &title, "/staff"),
        barcode: copy.barcode,
        goes_on: from.is_some(),
        next: next(list.next.as_ref()),
        list: list
            .lines
            .into_iter()
            .map(|stay| line(t, &book, zone, stay, reads))
            .collect(),
    })
}

fn line(t: Tongue, book: &Rulebook, zone: &TimeZone, stay: Stay, reads: bool) -> Line {
    let day = |at: Timestamp| t.day(&at.to_zoned(zone.clone()).date());
    let name = |code| place_name(book, Some(code), t);
    let mut about = Vec::new();
    let mut reader = None;
    let place = match stay.place {
        StayPlace::Shelf { branch } => {
            format!("{} {}", t.say("en rayon,", "on the shelf,"), name(branch))
        }
        StayPlace::Transit { from, to, hold } => {
            if hold.is_some() {
                about.push(t.say("pour une réservation", "for a hold").to_owned());
            }
            format!(
                "{} {} → {}",
                t.say("navette", "shuttle"),
                name(from),
                name(to)
            )
        }
        StayPlace::HoldShelf {
            branch,
            ready_until,
            ..
        } => {
            about.push(format!(
                "{} {}",
                t.say("jusqu’au", "until"),
                t.day(&ready_until)
            ));
            format!(
                "{} {}",
                t.say("mis de côté,", "on the hold shelf,"),
                name(branch)
            )
        }
        StayPlace::Loan {
            branch,
            reader: whose,
            lent_by,
            due,
            renewals,
            returned,
            undone,
            ..
        } => {
            reader = whose.filter(|_| reads);
            about.push(format!(
                "{} {}",
                t.say("à rendre le", "due on"),
                t.day(&due)
            ));
            if renewals > 0 {
                about.push(format!(
                    "{renewals} {}",
                    t.say("prolongation(s)", "renewal(s)")
                ));
            }
            about.extend(lent_by);
            if let Some((at, to)) = returned {
                about.push(format!(
                    "{} {}, {}",
                    t.say("rendu le", "returned on"),
                    day(at),
                    name(to)
                ));
            }
            if undone {
                about.push(t.say("annulé aussitôt", "undone at once").to_owned());
            }
            format!("{} {}", t.say("prêté à", "lent at"), name(branch))
        }
    };
    Line {
        since: day(stay.since),
        until: stay.until.map(day).unwrap_or_default(),
        place,
        about: about.join(" · "),
        reader,
    }
}
