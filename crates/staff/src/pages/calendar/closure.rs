//! A closure: looked at, announced, taken back.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use circulation::Closure;
use desk::{Action, CalendarRefused, ClosureAsk, ClosureEnded};
use serde::Deserialize;

use super::{
    HERE,
    page::{self, Typed},
    preview::{self, Change},
};
use crate::{
    Door,
    access::{Form, Signed},
    calendar::{place_name, refused_text},
    pages::{Number, Trouble},
};

pub(super) async fn preview(
    State(door): State<Arc<Door>>,
    Query(typed): Query<Typed>,
    signed: Signed,
) -> Result<Response, Trouble> {
    look(&door, &signed, typed, None).await
}

/// What it would move; or the form again, with why it cannot be.
async fn look(
    door: &Arc<Door>,
    signed: &Signed,
    typed: Typed,
    told: Option<String>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    may(signed, &typed)?;
    let closure = match read(signed, &typed) {
        Ok(closure) => closure,
        Err(wrong) => return again(door, signed, typed, wrong).await,
    };
    let book = door.desk.rulebook();
    let place = place_name(&book, closure.branch, t);
    let ask = ClosureAsk {
        closure,
        seen: None,
        at: signed.at.clone(),
    };
    let found = door.desk.preview_closure(&signed.member, &ask).await?;
    let found = match found {
        Ok(found) => found,
        Err(CalendarRefused::Right(missing)) => return Err(missing.into()),
        Err(refused) => return again(door, signed, typed, refused_text(&refused, t.0)).await,
    };
    let closure = ask.closure;
    let what = format!(
        "{place} : {} {} {} {} ({}).",
        t.say("fermeture du", "closed from"),
        t.day(&closure.first),
        t.say("au", "to"),
        t.day(&closure.last),
        closure.reason
    );
    let change = Change {
        title: t.say("Annoncer une fermeture", "Announce a closure"),
        what,
        action: "/staff/calendar/closure",
        fields: vec![
            ("place", typed.place.clone()),
            ("first", closure.first.to_string()),
            ("last", closure.last.to_string()),
            ("reason", closure.reason),
        ],
        back: back(&typed),
        confirm: t.say("Annoncer la fermeture", "Announce the closure"),
    };
    preview::show(signed, change, &found, told)
}

/// Who may not change the calendar of the branch that was chosen is told so before anything else. Of every branch the desk
/// judges.
fn may(signed: &Signed, typed: &Typed) -> Result<(), Trouble> {
    let branch = match typed.place.as_str() {
        "*" => return Ok(()),
        code => code.parse().unwrap_or(signed.member.branch()),
    };
    Ok(signed.member.require_at(Action::Calendar, branch)?)
}

/// The calendar page of the place that was chosen.
fn back(typed: &Typed) -> String {
    match typed.place.as_str() {
        "" | "*" => HERE.to_owned(),
        code => format!("{HERE}?branch={code}"),
    }
}

async fn again(
    door: &Arc<Door>,
    signed: &Signed,
    typed: Typed,
    wrong: String,
) -> Result<Response, Trouble> {
    let branch = match typed.place.as_str() {
        "*" => String::new(),
        code => code.to_owned(),
    };
    page::show(door, signed, &branch, Some((false, wrong)), typed).await
}

/// The closure as it was typed, or what cannot be read. One that says no last day has one day.
fn read(signed: &Signed, typed: &Typed) -> Result<Closure, String> {
    let t = signed.tongue();
    let day = |text: &str| text.trim().parse::<jiff::civil::Date>();
    let first = day(&typed.first)
        .map_err(|_| t.say("Choisissez le premier jour.", "Choose the first day."))?;
    let last = match typed.last.trim() {
        "" => first,
        last => {
            day(last).map_err(|_| t.say("Choisissez le dernier jour.", "Choose the last day."))?
        }
    };
    let branch = match typed.place.as_str() {
        "" => Some(signed.member.branch()),
        "*" => None,
        code => Some(code.parse().map_err(|_| {
            t.say("Choisissez une bibliothèque.", "Choose a branch.")
                .to_owned()
        })?),
    };
    Ok(Closure {
        branch,
        first,
        last,
        reason: typed.reason.trim().to_owned(),
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Confirmed {
    place: String,
    first: String,
    last: String,
    reason: String,
    /// The calendar's version that the preview was made on.
    seen: i64,
}

pub(super) async fn announce(
    State(door): State<Arc<Door>>,
    form: Form<Confirmed>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let typed = Typed {
        place: sent.place,
        first: sent.first,
        last: sent.last,
        reason: sent.reason,
        week: None,
    };
    may(&signed, &typed)?;
    let closure = match read(&signed, &typed) {
        Ok(closure) => closure,
        Err(wrong) => return again(&door, &signed, typed, wrong).await,
    };
    let ask = ClosureAsk {
        closure,
        seen: Some(sent.seen),
        at: signed.at.clone(),
    };
    match door.desk.announce_closure(&signed.member, &ask).await? {
        Ok(_) => {
            let branch = ask.closure.branch.unwrap_or(signed.member.branch());
            let to = format!("{HERE}?branch={branch}&done=announced");
            Ok(Redirect::to(&to).into_response())
        }
        // Somebody else changed the calendar: what it moves now is shown before it is asked again.
        Err(refused @ CalendarRefused::Changed(_)) => {
            let told = refused_text(&refused, signed.tongue().0);
            look(&door, &signed, typed, Some(told)).await
        }
        Err(CalendarRefused::Right(missing)) => Err(missing.into()),
        Err(refused) => {
            let told = refused_text(&refused, signed.tongue().0);
            again(&door, &signed, typed, told).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Ended {
    /// The branch whose calendar is looked at.
    #[serde(default)]
    branch: String,
}

pub(super) async fn end(
    State(door): State<Arc<Door>>,
    Number(id): Number,
    form: Form<Ended>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let ended = door
        .desk
        .end_closure(&signed.member, id, &signed.at)
        .await?;
    match ended {
        Ok(ClosureEnded::Gone | ClosureEnded::EndedOn(_)) => {
            let branch: Option<circulation::BranchCode> = sent.branch.parse().ok();
            let branch = branch.unwrap_or(signed.member.branch());
            Ok(Redirect::to(&format!("{HERE}?branch={branch}&done=gone")).into_response())
        }
        Err(CalendarRefused::Right(missing)) => Err(missing.into()),
        Err(refused) => {
            let told = refused_text(&refused, signed.tongue().0);
            page::show(
                &door,
                &signed,
                &sent.branch,
                Some((false, told)),
                Typed::default(),
            )
            .await
        }
    }
}
