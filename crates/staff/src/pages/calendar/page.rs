//! A branch's calendar: its week, closures to come, public holidays, and the form for a closure.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use circulation::{BranchCode, holidays};
use desk::{Action, ClosureLine, is_public_holiday};
use jiff::civil::Date;
use serde::Deserialize;

use super::{HERE, asked_branch, hours};
use crate::{
    Door,
    access::Signed,
    calendar::{place_name, weekday_name},
    pages::{
        Trouble,
        shown::{Frame, page as shown},
    },
    tongue::Tongue,
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    branch: String,
    #[serde(default)]
    done: String,
}

/// What was typed into a form, to be shown again.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Typed {
    /// A branch's code; `*`: every branch.
    #[serde(default)]
    pub(super) place: String,
    #[serde(default)]
    pub(super) first: String,
    #[serde(default)]
    pub(super) last: String,
    #[serde(default)]
    pub(super) reason: String,
    /// The boxes of a week, where they were typed.
    #[serde(skip)]
    pub(super) week: Option<[String; 7]>,
}

#[derive(Template)]
#[template(path = "calendar.html")]
struct CalendarPage {
    frame: Frame,
    told: Option<(bool, String)>,
    name: String,
    code: BranchCode,
    branches: Vec<(String, String, bool)>,
    /// They may change this branch's calendar.
    theirs: bool,
    /// They may close every branch.
    everywhere: bool,
    week: Vec<(u8, &'static str, String)>,
    no_hours: bool,
    closures: Vec<Row>,
    holidays: Vec<(String, &'static str)>,
    typed: Typed,
}

#[derive(Debug)]
struct Row {
    id: i64,
    days: String,
    reason: String,
    everywhere: bool,
    under_way: bool,
    about: String,
    theirs: bool,
}

pub(super) async fn page(
    State(door): State<Arc<Door>>,
    Query(asked): Query<Asked>,
    signed: Signed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let told = match asked.done.as_str() {
        "announced" => Some(t.say(
            "La fermeture est annoncée, et les dates de retour avancent avec elle.",
            "The closure is announced, and due dates move with it.",
        )),
        "gone" => Some(t.say(
            "La fermeture est retirée. Les dates déjà reportées restent comme elles ont été dites aux lecteurs.",
            "The closure is taken back. Dates that it moved stay as readers were told.",
        )),
        "week" => Some(t.say(
            "Les nouveaux horaires valent dès maintenant.",
            "The new hours are good from now on.",
        )),
        _ => None,
    };
    let told = told.map(|told| (true, told.to_owned()));
    show(&door, &signed, &asked.branch, told, Typed::default()).await
}

/// The page, with what is to be told on it and what was typed.
pub(super) async fn show(
    door: &Arc<Door>,
    signed: &Signed,
    asked: &str,
    told: Option<(bool, String)>,
    typed: Typed,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let book = door.desk.rulebook_of_now().await?;
    let code = asked_branch(signed, &book, asked)?;
    let today = signed.at.date();
    let closures = door.desk.closures(Some(code), today).await?;
    let everywhere = signed.member.may_everywhere(Action::Calendar);
    let theirs = signed.member.may_at(Action::Calendar, code);
    let openings = book.calendar.openings.get(&code);
    let week = openings.map(Vec::as_slice).unwrap_or_default();
    shown(&CalendarPage {
        frame: Frame::of(signed, t.say("Calendrier", "Calendar"), HERE),
        told,
        name: place_name(&book, Some(code), t),
        code,
        branches: book
            .branches
            .values()
            .map(|branch| {
                let here = branch.code == code;
                (branch.code.to_string(), branch.name.clone(), here)
            })
            .collect(),
        theirs,
        everywhere,
        week: (1..)
            .zip(typed.week.clone().unwrap_or_else(|| hours::written(week)))
            .map(|(day, hours)| (day, weekday_name(day, t), hours))
            .collect(),
        no_hours: week.is_empty(),
        closures: closures
            .into_iter()
            .filter(|line| !is_public_holiday(&line.closure))
            .map(|line| row(t, today, line, theirs, everywhere))
            .collect(),
        holidays: coming(today)
            .map(|(day, holiday)| (t.day(&day), holiday.name(t.0)))
            .collect(),
        typed,
    })
}

fn coming(today: Date) -> impl Iterator<Item = (Date, circulation::Holiday)> {
    let years = [today.year(), today.year().saturating_add(1)];
    let all = years.into_iter().flat_map(holidays);
    all.filter(move |(day, _)| *day >= today).take(4)
}

fn row(t: Tongue, today: Date, line: ClosureLine, theirs: bool, everywhere: bool) -> Row {
    let closure = line.closure;
    let days = match closure.first == closure.last {
        true => t.day(&closure.first),
        false => format!("{} – {}", t.day(&closure.first), t.day(&closure.last)),
    };
    let mut about = Vec::new();
    if let Some((who, _)) = line.announced {
        about.push(format!("{} {who}", t.say("annoncée par", "announced by")));
    }
    if line.loans > 0 {
        about.push(format!(
            "{} {}",
            line.loans,
            t.say("retours reportés", "due dates moved")
        ));
    }
    if line.shelves > 0 {
        let waits = t.say("réservations attendent plus longtemps", "holds wait longer");
        about.push(format!("{} {waits}", line.shelves));
    }
    Row {
        id: line.id,
        days,
        reason: closure.reason,
        everywhere: closure.branch.is_none(),
        under_way: closure.first <= today,
        about: about.join(" · "),
        theirs: match closure.branch {
            None => everywhere,
            Some(_) => theirs,
        },
    }
}
