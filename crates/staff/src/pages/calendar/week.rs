//! A branch's weekly hours: looked at, changed.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use desk::{Action, CalendarRefused, WeekAsk};
use serde::Deserialize;

use super::{
    HERE, asked_branch, hours,
    page::{self, Typed},
    preview::{self, Change},
};
use crate::{
    Door,
    access::{Form, Signed},
    calendar::{place_name, refused_text, weekday_name},
    pages::Trouble,
};

/// A box a day.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Hours {
    #[serde(default)]
    branch: String,
    #[serde(default)]
    day1: String,
    #[serde(default)]
    day2: String,
    #[serde(default)]
    day3: String,
    #[serde(default)]
    day4: String,
    #[serde(default)]
    day5: String,
    #[serde(default)]
    day6: String,
    #[serde(default)]
    day7: String,
    /// The calendar's version that the preview was made on.
    seen: Option<i64>,
}

impl Hours {
    fn boxes(&self) -> [String; 7] {
        [
            &self.day1, &self.day2, &self.day3, &self.day4, &self.day5, &self.day6, &self.day7,
        ]
        .map(Clone::clone)
    }
}

pub(super) async fn preview(
    State(door): State<Arc<Door>>,
    Query(typed): Query<Hours>,
    signed: Signed,
) -> Result<Response, Trouble> {
    look(&door, &signed, &typed, None).await
}

async fn look(
    door: &Arc<Door>,
    signed: &Signed,
    typed: &Hours,
    told: Option<String>,
) -> Result<Response, Trouble> {
    let t = signed.tongue();
    let ask = match ask(door, signed, typed)? {
        Ok(ask) => ask,
        Err(wrong) => return again(door, signed, typed, wrong).await,
    };
    let found = match door.desk.preview_week(&signed.member, &ask).await? {
        Ok(found) => found,
        Err(CalendarRefused::Right(missing)) => return Err(missing.into()),
        Err(refused) => {
            return again(door, signed, typed, refused_text(&refused, t.0)).await;
        }
    };
    let lines = (1..).zip(hours::written(&ask.week));
    let said: Vec<_> = lines
        .filter(|(_, hours)| !hours.is_empty())
        .map(|(day, hours)| format!("{} {hours}", weekday_name(day, t)))
        .collect();
    let place = place_name(&door.desk.rulebook(), Some(ask.branch), t);
    let what = match said.is_empty() {
        true => format!(
            "{place} : {}",
            t.say(
                "aucun horaire. Elle compte alors comme ouverte tous les jours.",
                "no hours. It then counts as open every day."
            )
        ),
        false => format!("{place} : {}.", said.join(" ; ")),
    };
    let names = ["day1", "day2", "day3", "day4", "day5", "day6", "day7"];
    let mut fields = vec![("branch", ask.branch.to_string())];
    fields.extend(names.into_iter().zip(hours::written(&ask.week)));
    let change = Change {
        title: t.say("Changer les horaires", "Change the hours"),
        what,
        action: "/staff/calendar/week",
        fields,
        back: format!("{HERE}?branch={}", ask.branch),
        confirm: t.say("Changer les horaires", "Change the hours"),
    };
    preview::show(signed, change, &found, told)
}

fn ask(
    door: &Arc<Door>,
    signed: &Signed,
    typed: &Hours,
) -> Result<Result<WeekAsk, String>, Trouble> {
    let t = signed.tongue();
    let branch = asked_branch(signed, &door.desk.rulebook(), &typed.branch)?;
    signed.member.require_at(Action::Calendar, branch)?;
    let week = match hours::read(&typed.boxes()) {
        Ok(week) => week,
        Err(day) => {
            let wrong = t.say(
                "illisible. Écrivez par exemple 10:00-12:00, 14:00-18:00 ; rien pour un jour fermé.",
                "cannot be read. Write 10:00-12:00, 14:00-18:00, say; nothing for a closed day.",
            );
            return Ok(Err(format!("{} : {wrong}", weekday_name(day, t))));
        }
    };
    Ok(Ok(WeekAsk {
        branch,
        week,
        seen: typed.seen,
        at: signed.at.clone(),
    }))
}

async fn again(
    door: &Arc<Door>,
    signed: &Signed,
    typed: &Hours,
    wrong: String,
) -> Result<Response, Trouble> {
    page::show(
        door,
        signed,
        &typed.branch,
        Some((false, wrong)),
        Typed {
            week: Some(typed.boxes()),
            ..Typed::default()
        },
    )
    .await
}

pub(super) async fn change(
    State(door): State<Arc<Door>>,
    form: Form<Hours>,
) -> Result<Response, Trouble> {
    let Form { signed, sent } = form;
    let ask = match ask(&door, &signed, &sent)? {
        Ok(ask) => ask,
        Err(wrong) => return again(&door, &signed, &sent, wrong).await,
    };
    match door.desk.change_week(&signed.member, &ask).await? {
        Ok(_) => {
            let to = format!("{HERE}?branch={}&done=week", ask.branch);
            Ok(Redirect::to(&to).into_response())
        }
        Err(refused @ CalendarRefused::Changed(_)) => {
            let told = refused_text(&refused, signed.tongue().0);
            look(&door, &signed, &sent, Some(told)).await
        }
        Err(CalendarRefused::Right(missing)) => Err(missing.into()),
        Err(refused) => {
            let told = refused_text(&refused, signed.tongue().0);
            again(&door, &signed, &sent, told).await
        }
    }
}
