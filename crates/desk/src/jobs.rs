//! What the clock brings, once in the network.

use std::sync::Arc;

use jiff::{SignedDuration, Zoned};
use store::{HoldEnd, Locks};

use crate::{Desk, DeskError, pin::LONGEST, request::local_day};

/// The one lease that all daemons of a network share.
const CLOCKWORK: &str = "clockwork";
/// A daemon that dies while it has the lease keeps the others waiting for so long.
const LEASE_SECONDS: f64 = 60.0;
/// So many at a time; the rest is the next turn's.
const MOST: i64 = 200;
/// How long an off-line exception that nobody settles names its reader: as long as a report's key is kept.
const NAMED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What one turn of the clockwork did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// Holds that waited in vain.
    pub lapsed: usize,
    /// Holds that were ready and not collected: their items are to be cleared from the hold shelf.
    pub not_collected: usize,
    /// There is more to do at once.
    pub more: bool,
}

impl Desk {
    /// Does what has come due by `at`: holds lapse, holds that nobody collected end, answered questions are forgotten,
    /// off-line exceptions of ninety days ago no longer name their reader, days that the calendar has closed move. Suspensions and pauses of holds
    /// end by their date alone, since every decision reads them with its own. `None`: another daemon is at it.
    ///
    /// Safe to call at any time and from several daemons: each hold is ended under its title's lock, and only if it
    /// is still so.
    pub async fn turn(self: &Arc<Self>, at: &Zoned) -> Result<Option<Turn>, DeskError> {
        if !self.store.lease(CLOCKWORK, LEASE_SECONDS).await? {
            return Ok(None);
        }
        // First what moves the ends of waits, then what ends them.
        let moved = self.settle_calendar(at).await;
        let done = self.end_overdue_holds(at).await;
        let forgotten = self.store.forget_requests(at.timestamp(), MOST).await;
        let guesses_before = at
            .timestamp()
            .saturating_sub(LONGEST)
            .unwrap_or(at.timestamp());
        let guesses = self.store.forget_guesses(guesses_before).await;
        let passwords = self.store.forget_staff_guesses(guesses_before).await;
        let names_before = at
            .timestamp()
            .saturating_sub(NAMED)
            .unwrap_or(at.timestamp());
        let unlinked = self.store.unlink_exceptions(names_before).await;
        self.store.release(CLOCKWORK, at.timestamp()).await?;
        moved?;
        forgotten?;
        guesses?;
        passwords?;
        unlinked?;
        done.map(Some)
    }

    async fn end_overdue_holds(&self, at: &Zoned) -> Result<Turn, DeskError> {
        let today = local_day(at);
        let overdue = self.store.overdue_holds(today, MOST).await?;
        let mut turn = Turn {
            more: overdue.len() >= usize::try_from(MOST).unwrap_or(usize::MAX),
            ..Turn::default()
        };
        for hold in overdue {
            let locks = Locks {
                bib: Some(hold.bib_id),
                ..Locks::default()
            };
            let mut session = self.store.locked_session(locks).await?;
            let body = serde_json::json!({ "hold": hold.id, "on": today });
            let event = session
                .end_overdue(&hold, today, at.timestamp(), &body)
                .await?;
            session.commit().await?;
            if event.is_some() {
                match hold.end {
                    HoldEnd::NotCollected => turn.not_collected += 1,
                    _ => turn.lapsed += 1,
                }
            }
        }
        Ok(turn)
    }
}
