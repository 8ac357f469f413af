//! What a branch works through every morning.

use std::sync::Arc;

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use circulation::{BranchCode, Rulebook};
use desk::{Action, SetAside, ToPull, Travelling};

use super::{
    Trouble,
    shown::{Frame, page as shown},
};
use crate::{Door, access::Signed, tongue::Tongue};

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/staff/lists/pull", get(pull))
        .route("/staff/lists/shuttle", get(shuttle))
        .route("/staff/lists/hold-shelf", get(hold_shelf))
}

#[derive(Template)]
#[template(path = "pull.html")]
struct PullPage {
    frame: Frame,
    list: Vec<ToPull>,
}

async fn pull(State(door): State<Arc<Door>>, signed: Signed) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let list = door
        .desk
        .pull_list(signed.member.branch(), &signed.at)
        .await?;
    let title = t.say("À chercher en rayon", "To pull from the shelves");
    shown(&PullPage {
        frame: Frame::of(&signed, title, "/staff/lists/pull"),
        list,
    })
}

#[derive(Template)]
#[template(path = "shuttle.html")]
struct ShuttlePage {
    frame: Frame,
    /// What goes out, and what is expected, each by the other branch.
    ways: [(&'static str, Vec<Crate>); 2],
}

/// What travels between this branch and another.
#[derive(Debug, PartialEq, Eq)]
struct Crate {
    branch: String,
    items: Vec<CrateRow>,
}

#[derive(Debug, PartialEq, Eq)]
struct CrateRow {
    barcode: String,
    title: String,
    days: i32,
    for_hold: bool,
}

async fn shuttle(State(door): State<Arc<Door>>, signed: Signed) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let here = signed.member.branch();
    let travelling = door.desk.shuttle(here).await?;
    let (out, coming): (Vec<_>, Vec<_>) =
        travelling.into_iter().partition(|item| item.from == here);
    let book = door.desk.rulebook();
    let today = signed.at.date();
    let days = |item: &Travelling| {
        let sent = item.since.to_zoned(signed.at.time_zone().clone()).date();
        (today - sent).get_days()
    };
    shown(&ShuttlePage {
        frame: Frame::of(&signed, t.say("Navette", "Shuttle"), "/staff/lists/shuttle"),
        ways: [
            (
                t.say("Au départ", "Leaving"),
                crates(&book, out, |item| item.to, days),
            ),
            (
                t.say("Attendus ici", "Expected here"),
                crates(&book, coming, |item| item.from, days),
            ),
        ],
    })
}

fn crates(
    book: &Rulebook,
    items: Vec<Travelling>,
    other: impl Fn(&Travelling) -> BranchCode,
    days: impl Fn(&Travelling) -> i32,
) -> Vec<Crate> {
    let mut crates = std::collections::BTreeMap::<BranchCode, Vec<CrateRow>>::new();
    for item in items {
        crates.entry(other(&item)).or_default().push(CrateRow {
            days: days(&item),
            barcode: item.barcode,
            title: item.title,
            for_hold: item.for_hold,
        });
    }
    let name = |code: BranchCode| {
        book.branches
            .get(&code)
            .map_or_else(|| code.to_string(), |branch| branch.name.clone())
    };
    crates
        .into_iter()
        .map(|(code, items)| Crate {
            branch: name(code),
            items,
        })
        .collect()
}

#[derive(Template)]
#[template(path = "hold_shelf.html")]
struct HoldShelfPage {
    frame: Frame,
    list: Vec<ShelfRow>,
}

#[derive(Debug)]
struct ShelfRow {
    barcode: String,
    title: String,
    until: String,
    /// Nobody waits for it any more, or the last day is over.
    clear: bool,
    card: Option<String>,
}

async fn hold_shelf(State(door): State<Arc<Door>>, signed: Signed) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let list = door.desk.hold_shelf(signed.member.branch()).await?;
    let title = t.say("Étagère des réservations", "Hold shelf");
    let reads = signed.member.may(Action::PatronRead);
    shown(&HoldShelfPage {
        frame: Frame::of(&signed, title, "/staff/lists/hold-shelf"),
        list: list
            .into_iter()
            .map(|item| row(t, &signed, reads, item))
            .collect(),
    })
}

fn row(t: Tongue, signed: &Signed, reads: bool, item: SetAside) -> ShelfRow {
    ShelfRow {
        clear: item.card.is_none() || item.until < signed.at.date(),
        until: t.day(&item.until),
        barcode: item.barcode,
        title: item.title,
        card: item.card.filter(|_| reads),
    }
}
