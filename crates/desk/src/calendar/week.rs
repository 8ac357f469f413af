//! Weekly hours.

use std::sync::Arc;

use circulation::{BranchCode, Opening};
use jiff::{Zoned, civil::Date};
use serde_json::json;
use store::{CalendarChange, Locks};

use super::{
    CalendarPreview, CalendarRefused,
    announce::{Refusable, noted},
    fits::{allowed, week_fits},
};
use crate::{Desk, Member, rules::committed};

/// The last day that Postgres and people write with four digits.
const EVER: Date = Date::constant(9999, 12, 31);

/// A branch's hours to be changed, from today on.
#[derive(Debug, Clone)]
pub struct WeekAsk {
    /// The branch.
    pub branch: BranchCode,
    /// All its openings. None: it counts as always open.
    pub week: Vec<Opening>,
    /// The calendar's version that was seen when it was decided; `None`: whichever there is.
    pub seen: Option<i64>,
    /// When.
    pub at: Zoned,
}

impl Desk {
    /// What other hours would move; nothing changes.
    pub async fn preview_week(
        self: &Arc<Self>,
        member: &Member,
        ask: &WeekAsk,
    ) -> Refusable<CalendarPreview> {
        if let Err(refused) = may_change(member, ask) {
            return Ok(Err(refused));
        }
        let book = self.rulebook_of_now().await?;
        if !book.branches.contains_key(&ask.branch) {
            return Ok(Err(CalendarRefused::NoBranch(ask.branch)));
        }
        let version = book.calendar.version;
        let mut book = (*book).clone();
        book.calendar.openings.insert(ask.branch, ask.week.clone());
        let change = change_of(ask);
        Ok(Ok(self.preview_of(book, version, &change, &ask.at).await?))
    }

    /// Changes a branch's weekly hours, and moves due dates and waits off the days on which it does not open any more. The
    /// same once more does nothing. The event, if anything was done.
    pub async fn change_week(
        self: &Arc<Self>,
        member: &Member,
        ask: &WeekAsk,
    ) -> Refusable<Option<i64>> {
        if let Err(refused) = may_change(member, ask) {
            return Ok(Err(refused));
        }
        let mut session = self.store.locked_session(Locks::default()).await?;
        let version = session.lock_calendar().await?;
        let book = self.rulebook_at(session.rulebook_version().await?).await?;
        if !book.branches.contains_key(&ask.branch) {
            return Ok(Err(CalendarRefused::NoBranch(ask.branch)));
        }
        let mut week = ask.week.clone();
        week.sort_by_key(|opening| (opening.weekday, opening.opens));
        let held = book.calendar.openings.get(&ask.branch);
        if held.map(Vec::as_slice).unwrap_or_default() == week {
            return Ok(Ok(None));
        }
        if ask.seen.is_some_and(|seen| seen != version) {
            return Ok(Err(CalendarRefused::Changed(version)));
        }
        session.write_week(ask.branch, &week).await?;
        let body = json!({ "did": "week", "branch": ask.branch, "was": held, "is": week });
        let stamp = member.actor().stamp(&ask.at);
        let event = session
            .calendar_changed(Some(ask.branch), Some(&change_of(ask)), &body, &stamp)
            .await?;
        noted(&mut session, member, &body, &ask.at).await?;
        committed(session).await?;
        self.move_some(&ask.at).await;
        Ok(Ok(Some(event)))
    }
}

fn may_change(member: &Member, ask: &WeekAsk) -> Result<(), CalendarRefused> {
    allowed(member, Some(ask.branch))?;
    week_fits(&ask.week)
}

/// What is due today may still come back today, by the old hours.
fn change_of(ask: &WeekAsk) -> CalendarChange {
    let today = ask.at.date();
    CalendarChange {
        id: 0,
        closure: None,
        branch: Some(ask.branch),
        first: today.tomorrow().unwrap_or(today),
        last: EVER,
        made_at: ask.at.timestamp(),
    }
}
