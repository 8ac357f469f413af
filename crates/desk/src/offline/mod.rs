//! What a machine did by itself while it was off-line, and reports now (SIP2 field "no block" Y).
//!
//! It has happened: a reader went home with the book. So nothing is refused that can have happened; it is dated as the
//! machine says, within bounds, and what the rules say against it goes on a list for staff. What cannot be taken over
//! (nobody has that card, the item was seen since) is left alone and is on the list too. A report that comes again is
//! known by its key, for ninety days, and counts once.

mod checkin;
mod checkout;
mod exceptions;
mod renew;

use std::sync::Arc;

use circulation::{Decision, Language, Refused, Rulebook};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, civil::Date};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{ItemFacts, NewException, PatronRow};

use crate::{
    Actor, Answer, DeskError, RequestKey,
    attempt::{Tried, Trouble, Way},
    refuse::{Asked, refuse},
};

pub use exceptions::OfflineException;

/// As the log calls the reason.
const OFF_LINE: &str = "off-line";
/// How long a report is known again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A promised date is kept up to so many days after the rules' own: what is beyond is a slip, not a promise.
const PROMISE: i64 = 62;
/// A machine's clock may be ahead of ours by so much.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// Something that was done off-line: the question as it would have been asked, and when it happened.
#[derive(Debug, Clone)]
pub struct Offline<A> {
    /// The question; its `at` is the present moment.
    pub ask: A,
    /// When it happened, by the machine's clock, if it says so.
    pub happened: Option<Zoned>,
    /// Until when the machine promised the item to the reader (SIP2 "nb due date"): kept where it is later than the
    /// rules' own date, by two months at most.
    pub promised: Option<Date>,
    /// The identity of the report: with it, one that comes again counts once.
    pub key: Option<RequestKey>,
    /// How many days back a machine may date. What is older, or in the future, counts as of now.
    pub back_days: u32,
}

impl<A> Offline<A> {
    /// With a key of its own where the machine gave none: a commit whose answer was lost is then known again.
    fn keyed(mut self) -> Result<Arc<Self>, DeskError> {
        if self.key.is_none() {
            self.key = Some(RequestKey::once()?);
        }
        Ok(Arc::new(self))
    }
}

/// The answer to something that was done off-line.
#[derive(Debug, Clone)]
pub struct Reported<T> {
    /// What was taken over; an error is left as it was, since it cannot have been as reported.
    pub answer: Answer<T>,
    /// Staff have to look at it: it is on their list.
    pub noted: bool,
}

/// What staff have to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// It was taken over although the rules say no.
    Against {
        /// What they say.
        refused: Refused,
    },
    /// It was not taken over.
    NotDone {
        /// Why not.
        refused: Refused,
    },
    /// Somebody else had the item on loan; that loan has ended with this one.
    WasLent,
    /// The date was missing, too old or in the future: it counts as of now.
    Date {
        /// The date as the machine gave it, if it did.
        given: Option<Zoned>,
    },
}

/// What is kept of an answer, for a report that comes again.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept<T> {
    Done(T),
    NotDone(Refused),
}

/// When it happened, as it is counted; and what is odd about the date.
fn moment<A>(report: &Offline<A>, now: &Zoned) -> (Zoned, Vec<Note>) {
    let back = SignedDuration::from_hours(i64::from(report.back_days).saturating_mul(24));
    match &report.happened {
        Some(at) if (-AHEAD..=back).contains(&now.duration_since(at)) => (at.clone(), Vec::new()),
        given => {
            let given = given.clone();
            (now.clone(), vec![Note::Date { given }])
        }
    }
}

/// The last day of the loan: as promised, or as the rules have it; and how the log explains it.
fn due(rules: Date, promised: Option<Date>) -> (Date, String) {
    match promised {
        Some(promised) if promised > rules && promised <= rules.saturating_add(PROMISE.days()) => (
            promised,
            format!("{OFF_LINE}: the machine promised {promised}, the rules say {rules}"),
        ),
        _ => (rules, OFF_LINE.to_owned()),
    }
}

/// Whether the item was seen after that moment. Machines count in seconds.
fn seen_since(seen: Option<Timestamp>, at: &Zoned) -> Option<Timestamp> {
    seen.filter(|seen| seen.as_second() > at.timestamp().as_second())
}

/// The answer of the first time, if this report came before.
async fn before<T: DeserializeOwned>(
    way: &mut Way,
    key: Option<RequestKey>,
) -> Result<Option<(i64, Result<T, Refused>)>, Trouble> {
    let Some(key) = key else {
        return Ok(None);
    };
    let Some(remembered) = way.session().await?.remembered(key.0).await? else {
        return Ok(None);
    };
    let kept: Kept<T> = serde_json::from_value(remembered.result)
        .map_err(|error| DeskError::Internal(format!("an answer that was kept: {error}")))?;
    Ok(Some((
        remembered.event,
        match kept {
            Kept::Done(done) => Ok(done),
            Kept::NotDone(refused) => Err(refused),
        },
    )))
}

/// A report that is being taken over.
struct Report<'a> {
    kind: &'static str,
    actor: &'a Actor,
    now: &'a Zoned,
    at: &'a Zoned,
    key: Option<RequestKey>,
    patron: Option<&'a PatronRow>,
    item: Option<&'a ItemFacts>,
    scanned: Option<&'a str>,
    promised: Option<Date>,
}

impl Report<'_> {
    /// Leaves everything as it was, says so in the log and on the list of staff.
    async fn not_done<T, P>(
        &self,
        mut way: Way,
        book: &Rulebook,
        decision: Decision<P>,
        mut notes: Vec<Note>,
        language: Language,
    ) -> Result<Tried<Reported<T>>, Trouble>
    where
        T: Serialize + Sync,
        P: Serialize + Sync,
    {
        let asked = Asked {
            kind: self.kind,
            actor: self.actor,
            at: self.now,
            dry: false,
        };
        let told = refuse::<P, T>(
            &mut way,
            &asked,
            book,
            self.patron,
            self.item,
            decision,
            language,
        );
        let (answer, event, refused) = match told.await? {
            Tried::Done(Answer {
                outcome: Err(refused),
                event: Some(event),
                trace,
                language,
                item,
                ..
            }) => {
                let answer = Answer {
                    outcome: Err(refused.clone()),
                    trace,
                    event: Some(event),
                    language,
                    item,
                    replayed: false,
                };
                (answer, event, refused)
            }
            _ => return Err(DeskError::Internal("a refusal without its event".into()).into()),
        };
        notes.push(Note::NotDone {
            refused: refused.clone(),
        });
        self.close(way, event, Kept::<&T>::NotDone(refused), &notes)
            .await?;
        Ok(Tried::Done(Reported {
            answer,
            noted: true,
        }))
    }

    /// Keeps the answer for a report that comes again, puts what is odd on the list of staff, and commits all of it.
    async fn close<T: Serialize + Sync>(
        &self,
        mut way: Way,
        event: i64,
        kept: Kept<&T>,
        notes: &[Note],
    ) -> Result<(), Trouble> {
        let session = way.session_to_write().await?;
        if !notes.is_empty() {
            let entry = NewException {
                kind: self.kind,
                happened_at: self.at.timestamp(),
                stamp: self.actor.stamp(self.now),
                event,
                item_id: self.item.map(|item| item.row.id),
                patron_id: self.patron.map(|patron| patron.id),
                scanned: self.scanned,
                notes: &notes,
            };
            session
                .note_exception(&entry)
                .await
                .map_err(Trouble::during)?;
        }
        if let Some(key) = self.key {
            let until = self.now.timestamp().checked_add(REMEMBERED);
            session
                .remember(key.0, event, &kept, until.unwrap_or(Timestamp::MAX))
                .await
                .map_err(Trouble::during)?;
        }
        metrics::counter!("relire_offline_total", "kind" => self.kind, "noted" => if notes.is_empty() { "no" } else { "yes" })
            .increment(1);
        way.commit().await
    }
}
