//! Closures: announced, taken back.

use std::sync::Arc;

use circulation::{BranchCode, Closure};
use jiff::{Zoned, civil::Date};
use serde_json::{Value, json};
use store::{Audited, CalendarChange, ClosureLine, Locks, Session};

use super::{
    CalendarPreview, CalendarRefused,
    fits::{allowed, closure_fits, is_public_holiday},
    moves::Effort,
};
use crate::{Action, Desk, DeskError, Member, rules::committed};

/// A closure to be announced.
#[derive(Debug, Clone)]
pub struct ClosureAsk {
    /// Where (every branch if none is named), when, and why, in French.
    pub closure: Closure,
    /// The calendar's version that was seen when it was decided; `None`: whichever there is.
    pub seen: Option<i64>,
    /// When.
    pub at: Zoned,
}

/// A closure that was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Its number.
    pub closure: i64,
    /// The event; none if it was announced before as it was asked for now.
    pub event: Option<i64>,
}

/// What became of a closure that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosureEnded {
    /// It had not begun: it is gone.
    Gone,
    /// It had begun: this was its last day.
    EndedOn(Date),
}

/// Done, or why not.
pub(super) type Refusable<T> = Result<Result<T, CalendarRefused>, DeskError>;

impl Desk {
    /// Closures of a branch and of every branch (`None`: of all branches) that end on a day or later, the first to begin
    /// first; at most 500. One round trip.
    pub async fn closures(
        self: &Arc<Self>,
        branch: Option<BranchCode>,
        from: Date,
    ) -> Result<Vec<ClosureLine>, DeskError> {
        Ok(self.store.session().await?.closures(branch, from).await?)
    }

    /// A closure, by its number. One round trip.
    pub async fn closure(self: &Arc<Self>, id: i64) -> Result<Option<ClosureLine>, DeskError> {
        Ok(self.store.session().await?.closure(id).await?)
    }

    /// What a closure would move; nothing changes. As things stood at most a few seconds ago: of the whole network it is
    /// thousands of loans, and what really moves is decided loan by loan when it is announced.
    pub async fn preview_closure(
        self: &Arc<Self>,
        member: &Member,
        ask: &ClosureAsk,
    ) -> Refusable<CalendarPreview> {
        if let Err(refused) = self.may_close(member, ask).await? {
            return Ok(Err(refused));
        }
        let book = self.rulebook_of_now().await?;
        let clash = book
            .calendar
            .closures
            .iter()
            .find(|held| overlap(held, &ask.closure) && !is_public_holiday(held));
        if let Some(clash) = clash {
            return Ok(Err(CalendarRefused::Overlaps(clash.clone())));
        }
        let version = book.calendar.version;
        let closure = &ask.closure;
        let asked = (
            version,
            closure.branch,
            closure.first,
            closure.last,
            ask.at.date(),
        );
        let find = async {
            let mut book = (*book).clone();
            book.calendar.closures.push(closure.clone());
            let change = change_of(closure, None, &ask.at);
            self.preview_of(book, version, &change, &ask.at).await
        };
        Ok(Ok(self.previews.get(asked, find).await?))
    }

    /// Announces a closure and moves what it moves: due dates to the next day on which the branch opens, and the end of
    /// waits on hold shelves. What is more than a few thousand days the clockwork moves in the next minute. The same once
    /// more does nothing.
    pub async fn announce_closure(
        self: &Arc<Self>,
        member: &Member,
        ask: &ClosureAsk,
    ) -> Refusable<Announced> {
        if let Err(refused) = self.may_close(member, ask).await? {
            return Ok(Err(refused));
        }
        let closure = &ask.closure;
        let mut session = self.store.locked_session(Locks::default()).await?;
        let version = session.lock_calendar().await?;
        let held = session.closures(closure.branch, closure.first).await?;
        // Public holidays are known without being written down: what is announced takes their place.
        let (told_twice, held): (Vec<_>, Vec<_>) = held
            .into_iter()
            .filter(|held| overlap(&held.closure, closure))
            .partition(|held| is_public_holiday(&held.closure) && held.closure != *closure);
        if let Some(clash) = held.into_iter().next() {
            let same = clash.closure == *closure;
            let again = Announced {
                closure: clash.id,
                event: None,
            };
            return Ok(same
                .then_some(again)
                .ok_or(CalendarRefused::Overlaps(clash.closure)));
        }
        if ask.seen.is_some_and(|seen| seen != version) {
            return Ok(Err(CalendarRefused::Changed(version)));
        }
        let stamp = member.actor().stamp(&ask.at);
        for line in told_twice {
            session.end_closure(line.id, None).await?;
        }
        let id = session
            .add_closure(closure, member.id(), ask.at.timestamp())
            .await?;
        let body = told("announce", id, closure);
        let change = change_of(closure, Some(id), &ask.at);
        let event = session
            .calendar_changed(closure.branch, Some(&change), &body, &stamp)
            .await?;
        noted(&mut session, member, &body, &ask.at).await?;
        committed(session).await?;
        self.move_some(&ask.at).await;
        Ok(Ok(Announced {
            closure: id,
            event: Some(event),
        }))
    }

    /// Takes a closure back: one that has not begun is gone, one that has begun ends with yesterday. Dates that it has
    /// moved stay where readers were told that they are.
    pub async fn end_closure(
        self: &Arc<Self>,
        member: &Member,
        id: i64,
        at: &Zoned,
    ) -> Refusable<ClosureEnded> {
        let mut session = self.store.locked_session(Locks::default()).await?;
        session.lock_calendar().await?;
        let Some(held) = session.closure(id).await? else {
            return Ok(Err(CalendarRefused::NoClosure));
        };
        let closure = held.closure;
        if let Err(refused) = allowed(member, closure.branch) {
            return Ok(Err(refused));
        }
        let today = at.date();
        if closure.last < today {
            return Ok(Err(CalendarRefused::Over(closure.last)));
        }
        let last = today.yesterday().ok().filter(|last| *last >= closure.first);
        session.end_closure(id, last).await?;
        let body = told("end", id, &closure);
        let stamp = member.actor().stamp(at);
        session
            .calendar_changed(closure.branch, None, &body, &stamp)
            .await?;
        noted(&mut session, member, &body, at).await?;
        committed(session).await?;
        Ok(Ok(last.map_or(ClosureEnded::Gone, ClosureEnded::EndedOn)))
    }

    async fn may_close(self: &Arc<Self>, member: &Member, ask: &ClosureAsk) -> Refusable<()> {
        if let Err(refused) = allowed(member, ask.closure.branch) {
            return Ok(Err(refused));
        }
        if let Some(branch) = ask.closure.branch
            && !self.rulebook_of_now().await?.branches.contains_key(&branch)
        {
            return Ok(Err(CalendarRefused::NoBranch(branch)));
        }
        Ok(closure_fits(&ask.closure, ask.at.date()))
    }

    /// Moves at once what is soon moved. What fails here the clockwork does.
    pub(super) async fn move_some(self: &Arc<Self>, at: &Zoned) {
        let moved = async {
            let open = self.store.session().await?.open_calendar_changes().await?;
            for change in &open {
                self.move_days(change, at, Effort::Some).await?;
            }
            Ok::<_, DeskError>(())
        };
        if let Err(error) = moved.await {
            tracing::warn!(%error, "what a change of the calendar moves has to wait");
        }
    }
}

fn overlap(held: &Closure, new: &Closure) -> bool {
    held.branch == new.branch && held.first <= new.last && new.first <= held.last
}

fn change_of(closure: &Closure, id: Option<i64>, at: &Zoned) -> CalendarChange {
    CalendarChange {
        id: 0,
        closure: id,
        branch: closure.branch,
        first: closure.first,
        last: closure.last,
        made_at: at.timestamp(),
    }
}

fn told(did: &str, id: i64, closure: &Closure) -> Value {
    json!({ "did": did, "closure": id, "branch": closure.branch, "first": closure.first, "last": closure.last,
            "reason": closure.reason })
}

/// Notes what was done to a calendar, in the session's transaction.
pub(super) async fn noted(
    session: &mut Session,
    member: &Member,
    detail: &Value,
    at: &Zoned,
) -> Result<(), DeskError> {
    let audited = Audited {
        action: Action::Calendar.name(),
        patron_id: None,
        token_id: member.token(),
        detail,
    };
    Ok(session.audit(&member.actor().stamp(at), &audited).await?)
}
