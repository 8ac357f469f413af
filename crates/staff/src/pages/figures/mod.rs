//! What happened, and how things stand, at a branch or in the network: plots with their numbers beside them.

mod plot;

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use circulation::{BranchCode, Language, Rulebook};
use desk::{Action, MovedTimes};
use jiff::{Span, civil::Date};
use serde::Deserialize;

use super::{
    Trouble, reasons,
    shown::{Frame, page as shown},
};
use crate::{
    Door,
    access::Signed,
    figures::{Asked, Figures},
    tongue::Tongue,
};

use plot::{HEIGHT, Plot, grouped};

const HERE: &str = "/staff/figures";
/// The longest period.
const MOST_DAYS: i32 = 366;

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route(HERE, get(page))
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    period: Option<String>,
    first: Option<String>,
    last: Option<String>,
    branch: Option<String>,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct FiguresPage {
    frame: Frame,
    asked: Asked,
    /// Its branch as an address has it.
    place: String,
    /// For whom it may be of the whole network.
    branches: Vec<(String, String, bool)>,
    first: String,
    last: String,
    as_of: String,
    moved: [(&'static str, String); 3],
    plots: Vec<Plot>,
    /// Bars' height and the drawing's, with room for its labels.
    high: f64,
    tables: Vec<Table>,
}

/// A table of counts.
struct Table {
    id: &'static str,
    title: &'static str,
    heads: Vec<&'static str>,
    rows: Vec<(String, Vec<String>)>,
}

async fn page(
    State(door): State<Arc<Door>>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Result<Response, Trouble> {
    signed.require(Action::Figures)?;
    let t = signed.tongue();
    let asked = asked(&signed, &wanted)?;
    let book = door.desk.rulebook();
    if asked
        .branch
        .is_some_and(|code| !book.branches.contains_key(&code))
    {
        return Err(Trouble::NotFound);
    }
    let figures = door.counts.figures(&door.desk, asked, &signed.at).await?;
    let total = total(&figures);
    let french = t.0 == Language::French;
    let moved = [
        (t.say("prêts", "loans"), grouped(total.loans, french)),
        (t.say("retours", "returns"), grouped(total.returns, french)),
        (
            t.say("prolongations", "renewals"),
            grouped(total.renewals, french),
        ),
    ];
    shown(&FiguresPage {
        frame: Frame::of(&signed, t.say("Tableau de bord", "Dashboard"), HERE),
        asked,
        place: asked
            .branch
            .map_or_else(|| "*".to_owned(), |code| code.to_string()),
        branches: choices(&signed, &book, asked.branch),
        first: t.day(&asked.first),
        last: t.day(&asked.last),
        as_of: figures.at.strftime("%H:%M:%S").to_string(),
        moved,
        plots: plots(t, &figures),
        high: HEIGHT,
        tables: tables(t, &book, &figures),
    })
}

/// The days and the branch, within what may be seen.
fn asked(signed: &Signed, wanted: &Wanted) -> Result<Asked, Trouble> {
    let today = signed.at.date();
    let back = |days: i64| today.checked_sub(Span::new().days(days)).unwrap_or(today);
    let read = |text: &Option<String>, other: Date| match text.as_deref() {
        None | Some("") => Ok(other),
        Some(text) => text
            .parse::<Date>()
            .map_err(|error| Trouble::Unreadable(error.to_string())),
    };
    let (first, last) = match wanted.period.as_deref() {
        Some("today") => (today, today),
        Some("month") => (back(29), today),
        Some("own") => {
            let last = read(&wanted.last, today)?.min(today);
            (read(&wanted.first, last)?, last)
        }
        _ => (back(6), today),
    };
    let days = last.since(first).map_or(-1, |span| span.get_days());
    if !(0..MOST_DAYS).contains(&days) {
        return Err(Trouble::Unreadable("a period of 1 to 366 days".into()));
    }
    let member = &signed.member;
    let branch = match wanted.branch.as_deref() {
        None | Some("") => Some(member.branch()),
        Some("*") if member.may_everywhere(Action::Figures) => None,
        Some("*") => Some(member.branch()),
        Some(code) => {
            let code = code.parse().map_err(|_| Trouble::NotFound)?;
            member.require_at(Action::Figures, code)?;
            Some(code)
        }
    };
    Ok(Asked {
        first,
        last,
        branch,
    })
}

/// The branches whose figures they may see, the whole network first.
fn choices(
    signed: &Signed,
    book: &Rulebook,
    chosen: Option<BranchCode>,
) -> Vec<(String, String, bool)> {
    let member = &signed.member;
    let network = member.may_everywhere(Action::Figures).then(|| {
        let all = signed.tongue().say("Tout le réseau", "The whole network");
        ("*".to_owned(), all.to_owned(), chosen.is_none())
    });
    let branches = book
        .branches
        .iter()
        .filter(|(code, _)| member.may_at(Action::Figures, **code))
        .map(|(code, branch)| {
            let name = format!("{code} · {}", branch.name);
            (code.to_string(), name, chosen == Some(*code))
        });
    network.into_iter().chain(branches).collect()
}

fn total(figures: &Figures) -> MovedTimes {
    let mut total = MovedTimes::default();
    for (_, moved) in &figures.activity.by_hour {
        total.loans += moved.loans;
        total.returns += moved.returns;
        total.renewals += moved.renewals;
    }
    total
}

fn plots(t: Tongue, figures: &Figures) -> Vec<Plot> {
    let french = t.0 == Language::French;
    let by_hour = &figures.activity.by_hour;
    let first = by_hour
        .iter()
        .map(|(hour, _)| *hour)
        .min()
        .unwrap_or(9)
        .min(9);
    let last = by_hour
        .iter()
        .map(|(hour, _)| *hour)
        .max()
        .unwrap_or(18)
        .max(18);
    let of_hour = |hour: u8| {
        let found = by_hour.iter().find(|(at, _)| *at == hour);
        found.map_or(0, |(_, moved)| moved.loans)
    };
    let hours = (first..=last).map(|hour| (hour.to_string(), of_hour(hour)));
    let branches = figures.activity.by_branch.iter();
    let branches = branches.map(|(code, moved)| (code.to_string(), moved.loans));
    let documents = figures.activity.by_document.iter();
    let documents = documents.map(|(code, moved)| (code.to_string(), moved.loans));
    let plot = |id, title, head, values| Plot::new(id, title, head, values, french);
    let mut plots = vec![plot(
        "hours",
        t.say("Prêts par heure", "Loans by hour"),
        t.say("Heure", "Hour"),
        hours.collect(),
    )];
    let branches: Vec<_> = branches.collect();
    if branches.len() > 1 {
        plots.push(plot(
            "branches",
            t.say("Prêts par bibliothèque", "Loans by branch"),
            t.say("Bibliothèque", "Branch"),
            branches,
        ));
    }
    plots.push(plot(
        "documents",
        t.say("Prêts par type de document", "Loans by document type"),
        t.say("Type", "Type"),
        documents.collect(),
    ));
    let mut refused = BTreeMap::<String, i64>::new();
    for times in &figures.refusals {
        let name = times.rule.as_ref().unwrap_or(&times.code);
        *refused.entry(name.clone()).or_default() += times.times;
    }
    let mut refused: Vec<_> = refused.into_iter().collect();
    refused.sort_by_key(|(_, times)| Reverse(*times));
    refused.truncate(12);
    plots.push(plot(
        "refusals",
        t.say("Refus par règle ou motif", "Refusals by rule or reason"),
        t.say("Règle ou motif", "Rule or reason"),
        refused,
    ));
    plots
}

fn tables(t: Tongue, book: &Rulebook, figures: &Figures) -> Vec<Table> {
    let french = t.0 == Language::French;
    let n = |value: i64| grouped(value, french);
    let name = |code: BranchCode| {
        let branch = book.branches.get(&code);
        branch.map_or_else(
            || code.to_string(),
            |branch| format!("{code} · {}", branch.name),
        )
    };
    let refusals = figures.refusals.iter().map(|times| {
        let rule = times.rule.clone().unwrap_or_default();
        let what = reasons::label(t, &times.code);
        (
            what,
            vec![
                rule,
                reasons::asked(t, &times.kind).to_owned(),
                n(times.times),
            ],
        )
    });
    let overdue = figures.overdue.iter().map(|(level, loans)| {
        let level = match level {
            0 => t.say("aucun rappel", "no recall").to_owned(),
            level => format!("{} {level}", t.say("rappel", "recall")),
        };
        (level, vec![n(*loans)])
    });
    let holds = figures.holds.iter().map(|at| {
        let counts = [at.waiting, at.on_their_way, at.ready];
        (name(at.branch), counts.map(n).to_vec())
    });
    let under_way = figures.under_way.iter().map(|way| {
        let days = figures.at.timestamp().duration_since(way.oldest).as_hours() / 24;
        let route = format!("{} → {}", way.from, way.to);
        (
            route,
            [way.items, way.for_holds, days.max(0)].map(n).to_vec(),
        )
    });
    vec![
        Table {
            id: "refused",
            title: t.say("Refus", "Refusals"),
            heads: vec![
                t.say("Motif", "Reason"),
                t.say("Règle", "Rule"),
                t.say("Demande", "Question"),
                t.say("Nombre", "Times"),
            ],
            rows: refusals.collect(),
        },
        Table {
            id: "overdue",
            title: t.say("En retard, par rappel", "Overdue, by recall"),
            heads: vec![t.say("Rappel", "Recall"), t.say("Prêts", "Loans")],
            rows: overdue.collect(),
        },
        Table {
            id: "holds",
            title: t.say(
                "Réservations, par lieu de retrait",
                "Holds, by pickup branch",
            ),
            heads: vec![
                t.say("Bibliothèque", "Branch"),
                t.say("En attente", "Waiting"),
                t.say("En route", "Under way"),
                t.say("Prêtes", "Ready"),
            ],
            rows: holds.collect(),
        },
        Table {
            id: "transits",
            title: t.say("Navette", "Shuttle"),
            heads: vec![
                t.say("Trajet", "Route"),
                t.say("Documents", "Items"),
                t.say("Réservés", "Held"),
                t.say("Plus ancien, en jours", "Oldest, in days"),
            ],
            rows: under_way.collect(),
        },
    ]
}
