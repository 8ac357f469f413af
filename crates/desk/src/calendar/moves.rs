//! Moving what a change of the calendar moves: in pieces, each whole, as often as it takes.

use std::sync::Arc;

use circulation::{Case, Policy, Rulebook, Trace, moved_due, moved_ready_until};
use jiff::{SignedDuration, Zoned, civil::Date};
use serde_json::json;
use store::{CalendarChange, Movable, MovableAsk, MovedBy, MovedDay, Session};

use crate::{Desk, DeskError, request::local_day};

/// So many days are read, and moved, at a time.
const PIECE: i64 = 200;
/// So long after a change loans may still be written that were decided before it.
const LATE: SignedDuration = SignedDuration::from_mins(10);

/// How many pieces are gone through in one go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effort {
    /// While somebody waits: the clockwork goes on.
    Some,
    /// Everything.
    All,
}

impl Desk {
    /// Moves what changes of the calendar have left to move; whether everything was gone through.
    pub(crate) async fn settle_calendar(self: &Arc<Self>, at: &Zoned) -> Result<(), DeskError> {
        let open = self.store.session().await?.open_calendar_changes().await?;
        for change in open {
            self.move_days(&change, at, Effort::All).await?;
            let ripe = at.timestamp().duration_since(change.made_at) >= LATE;
            if ripe {
                let mut session = self.store.session().await?;
                session
                    .settle_calendar_change(change.id, at.timestamp())
                    .await?;
            }
        }
        Ok(())
    }

    /// Goes through what a change may move. What somebody else changes meanwhile is left to the next time.
    pub(super) async fn move_days(
        self: &Arc<Self>,
        change: &CalendarChange,
        at: &Zoned,
        effort: Effort,
    ) -> Result<(), DeskError> {
        let mut session = self.store.session().await?;
        let book = self.rulebook_at(session.rulebook_version().await?).await?;
        let by = MovedBy {
            change: change.id,
            calendar_version: book.calendar.version,
            at: at.timestamp(),
        };
        for what in [What::Loans, What::Shelves] {
            let mut ask = what.ask(change);
            let mut pieces = match effort {
                Effort::Some => 10,
                Effort::All => usize::MAX,
            };
            while pieces > 0 {
                pieces -= 1;
                let read = what.read(&mut session, &ask).await?;
                let Some(last) = read.last() else { break };
                ask.after = Some((last.day, last.custody));
                let full = i64::try_from(read.len()).is_ok_and(|count| count >= PIECE);
                let moved = read
                    .into_iter()
                    .filter_map(|movable| what.moved(&book, movable, change.id, at))
                    .collect::<Result<Vec<_>, _>>()?;
                if !moved.is_empty() {
                    what.write(&mut session, &moved, by).await?;
                }
                if !full {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// The two kinds of days that move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Due dates.
    Loans,
    /// Last days on hold shelves.
    Shelves,
}

impl What {
    /// The first piece of what a change may move. A closure makes every wait longer that ends on its first day or later.
    pub(super) fn ask(self, change: &CalendarChange) -> MovableAsk {
        MovableAsk {
            branch: change.branch,
            first: change.first,
            last: change.last,
            after: None,
            most: PIECE,
        }
    }

    pub(super) async fn read(
        self,
        session: &mut Session,
        ask: &MovableAsk,
    ) -> Result<Vec<Movable>, DeskError> {
        Ok(match self {
            Self::Loans => session.loans_due(ask).await?,
            Self::Shelves => session.shelved(ask).await?,
        })
    }

    /// The later day, if it moves.
    pub(super) fn later(
        self,
        book: &Rulebook,
        of: &Movable,
        at: &Zoned,
        trace: &mut Trace,
    ) -> Option<Date> {
        let case = Case {
            checkout: of.branch,
            owner: of.owner,
            pickup: of.branch,
            category: Some(of.category),
            document: of.document,
        };
        match self {
            Self::Loans => {
                let policy: &Policy = book.policy_on(local_day(at))?;
                moved_due(book, policy, &case, of.day, of.return_by, trace)
            }
            Self::Shelves => {
                let on = of.since?.to_zoned(at.time_zone().clone()).date();
                let policy = book.policy_on(on)?;
                moved_ready_until(book, policy, &case, on, of.day, trace)
            }
        }
    }

    fn moved(
        self,
        book: &Rulebook,
        of: Movable,
        change: i64,
        at: &Zoned,
    ) -> Option<Result<MovedDay, DeskError>> {
        let mut trace = Trace::default();
        let to = self.later(book, &of, at, &mut trace)?;
        let body = json!({ "from": of.day, "to": to, "calendar_change": change, "trace": trace });
        let body =
            serde_json::to_string(&body).map_err(|error| DeskError::Internal(error.to_string()));
        Some(body.map(|body| MovedDay { of, to, body }))
    }

    async fn write(
        self,
        session: &mut Session,
        moved: &[MovedDay],
        by: MovedBy,
    ) -> Result<(), DeskError> {
        let written = match self {
            Self::Loans => session.move_due(moved, by).await?,
            Self::Shelves => session.move_ready(moved, by).await?,
        };
        let missed = written.iter().filter(|written| written.is_err()).count();
        if missed > 0 {
            tracing::debug!(
                missed,
                "days that somebody else changed meanwhile are moved next time"
            );
        }
        Ok(())
    }
}
