//! The shuttle: which crates leave and are expected, and what each must hold.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use circulation::{BranchCode, Rulebook};
use desk::{Action, Between, Sent, TravelAfter, TravelAsk, Travelling, UnderWay};
use jiff::{Timestamp, Zoned};

use super::{Asked, branch_name};
use crate::{
    Door,
    access::Signed,
    pages::{
        Trouble,
        after::{LINES, after, next},
        shown::{Frame, page as shown},
    },
};

/// An item that is under way for longer may be lost between two branches.
const LONG: i32 = 7;
const HERE: &str = "/staff/lists/shuttle";

#[derive(Template)]
#[template(path = "shuttle.html")]
struct ShuttlePage {
    frame: Frame,
    /// What goes out, and what is expected, each by the other branch.
    ways: [(&'static str, &'static str, Vec<Crate>); 2],
}

/// What travels between this branch and another.
#[derive(Debug, PartialEq, Eq)]
struct Crate {
    code: BranchCode,
    branch: String,
    items: i64,
    for_holds: i64,
    days: i32,
    late: bool,
}

pub(super) async fn crates(
    State(door): State<Arc<Door>>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let here = signed.member.branch();
    let all = door
        .desk
        .under_way(Between::Either(here), Sent::Ever)
        .await?;
    let (out, coming): (Vec<_>, Vec<_>) = all.into_iter().partition(|way| way.from == here);
    let book = door.desk.rulebook();
    let by = |ways: Vec<UnderWay>, other: fn(&UnderWay) -> BranchCode| {
        ways.iter()
            .map(|way| one(&book, &signed.at, way, other(way)))
            .collect()
    };
    shown(&ShuttlePage {
        frame: Frame::of(&signed, t.say("Navette", "Shuttle"), HERE),
        ways: [
            ("out", t.say("Au départ", "Leaving"), by(out, |way| way.to)),
            (
                "in",
                t.say("Attendus ici", "Expected here"),
                by(coming, |way| way.from),
            ),
        ],
    })
}

fn one(book: &Rulebook, now: &Zoned, way: &UnderWay, other: BranchCode) -> Crate {
    let days = days(now, way.oldest);
    Crate {
        code: other,
        branch: branch_name(book, other),
        items: way.items,
        for_holds: way.for_holds,
        days,
        late: days > LONG,
    }
}

fn days(now: &Zoned, since: Timestamp) -> i32 {
    let sent = since.to_zoned(now.time_zone().clone()).date();
    (now.date() - sent).get_days().max(0)
}

#[derive(Template)]
#[template(path = "manifest.html")]
struct ManifestPage {
    frame: Frame,
    /// It comes here, and is ticked off by scanning.
    comes: bool,
    missing: bool,
    goes_on: bool,
    path: String,
    items: Vec<Row>,
    next: Option<String>,
}

#[derive(Debug)]
struct Row {
    barcode: String,
    title: String,
    call_number: String,
    days: i32,
    late: bool,
    for_hold: bool,
}

pub(super) async fn manifest(
    State(door): State<Arc<Door>>,
    Path((way, other)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::List)?;
    let t = signed.tongue();
    let here = signed.member.branch();
    let book = door.desk.rulebook();
    let other: BranchCode = other.parse().map_err(|_| Trouble::NotFound)?;
    let other_name = branch_name(&book, other);
    let (between, title) = match way.as_str() {
        "out" => (
            Between::Both(here, other),
            format!("{} {other_name}", t.say("Caisse pour", "Crate for")),
        ),
        "in" => (
            Between::Both(other, here),
            format!("{} {other_name}", t.say("Caisse de", "Crate from")),
        ),
        _ => return Err(Trouble::NotFound),
    };
    let missing = asked.only.as_deref() == Some("missing");
    let from: Option<TravelAfter> = after(asked.after.as_deref())?;
    let ask = TravelAsk {
        between,
        sent: match missing {
            true => Sent::Before(LONG.unsigned_abs() as u16),
            false => Sent::Ever,
        },
        after: from,
        most: LINES,
    };
    let list = door.desk.travelling(&ask).await?;
    shown(&ManifestPage {
        frame: Frame::of(&signed, &title, HERE),
        comes: way == "in",
        missing,
        goes_on: from.is_some(),
        path: format!("{HERE}/{way}/{other}"),
        next: next(list.next.as_ref()),
        items: list
            .lines
            .into_iter()
            .map(|item| row(&signed.at, item))
            .collect(),
    })
}

fn row(now: &Zoned, item: Travelling) -> Row {
    let days = days(now, item.since);
    Row {
        days,
        late: days > LONG,
        barcode: item.barcode,
        title: item.title,
        call_number: item.call_number,
        for_hold: item.for_hold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let now: Zoned = "2026-06-09T00:30:00+02:00[Europe/Paris]".parse().unwrap();
        let before = |text: &str| days(&now, text.parse().unwrap());
        assert_eq!(before("2026-06-08T21:59:00Z"), 1);
        assert_eq!(before("2026-06-08T22:01:00Z"), 0);
        assert_eq!(before("2026-06-01T12:00:00Z"), 8);
        // A clock that went back is no reason for nonsense.
        assert_eq!(before("2026-06-12T12:00:00Z"), 0);
    }
}
