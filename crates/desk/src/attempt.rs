//! Trying again: what was overtaken, what met a locked row, what lost its database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use store::{Locks, Session, StoreError};
use tokio::time::{Instant, sleep, timeout_at};

use crate::{
    Desk, DeskError,
    together::{self, Statement, ask_alone},
};

/// Locks may be missed this often before a command takes the locks first.
const OPTIMISTIC: u32 = 3;
/// Even a locked command can meet a deadlock or a row that another one is inserting.
const MOST: u32 = 20;
/// A command that has not come to its end by then tells so.
const DEADLINE: Duration = Duration::from_secs(8);
/// How long to wait before asking a lost database again.
const PAUSE: Duration = Duration::from_millis(100);

/// What one try of a command came to.
pub(crate) enum Tried<T> {
    /// Answered.
    Done(T),
    /// Overtaken before anything was written: read and decide again.
    Again(Locks),
    /// It must be decided under these locks.
    Alone(Locks),
}

/// A try that failed.
#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    error: DeskError,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Overtaken; nothing was written.
    Conflict,
    /// This very question was answered by a change already; nothing was written.
    Known,
    /// The database went away, before anything was written.
    Lost,
    /// The database went away while a write was on its way: whether it arrived is not known.
    LostWriting,
    /// Our fault, or the data's; nothing was written.
    Fault,
}

impl Trouble {
    /// A write had been sent.
    pub(crate) fn during(error: StoreError) -> Self {
        let told = matches!(error, StoreError::Overloaded(_));
        let mut trouble = Self::from(error);
        if trouble.kind == Kind::Lost && !told {
            trouble.kind = Kind::LostWriting;
        }
        trouble
    }

    /// Whoever was to answer is gone.
    pub(crate) fn ended_early(writing: bool) -> Self {
        Self {
            error: DeskError::Unavailable("a statement's task ended early".to_owned()),
            kind: if writing {
                Kind::LostWriting
            } else {
                Kind::Lost
            },
        }
    }

    pub(crate) fn is_a_fault(&self) -> bool {
        self.kind == Kind::Fault
    }
}

/// Before anything was written.
impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        let kind = if error.is_known_again() {
            Some(Kind::Known)
        } else {
            error.is_conflict().then_some(Kind::Conflict)
        };
        let mut trouble = Self::from(DeskError::from(error));
        trouble.kind = kind.unwrap_or(trouble.kind);
        trouble
    }
}

/// Before anything was written.
impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        let kind = match error {
            DeskError::Unavailable(_) => Kind::Lost,
            _ => Kind::Fault,
        };
        Self { error, kind }
    }
}

/// Of a look at something: it is told as it is.
impl From<Trouble> for DeskError {
    fn from(trouble: Trouble) -> Self {
        trouble.error
    }
}

/// How one try of a command reaches the database: in company, or, once it was overtaken too often, alone in a
/// transaction that holds its locks.
pub(crate) struct Way {
    desk: Arc<Desk>,
    own: Option<Session>,
    locks: Option<Locks>,
    known: bool,
    wrote: Arc<AtomicBool>,
}

impl Way {
    pub(crate) async fn ask<S: Statement>(&mut self, ask: S) -> Result<S::Answer, Trouble> {
        match &mut self.own {
            Some(session) => ask_alone(session, ask).await,
            None => together::ask(&self.desk.store, &self.desk.lanes, ask).await,
        }
    }

    /// Writes what the decision says: the event, or [`Tried::Again`] when the facts had changed meanwhile.
    pub(crate) async fn write<S: Statement<Answer = i64>>(
        mut self,
        effect: S,
        locks: Locks,
    ) -> Result<Result<i64, Locks>, Trouble> {
        self.wrote.store(true, Ordering::Relaxed);
        let written = self.ask(effect).await;
        self.end(written, locks).await
    }

    /// Ends a try with what [a session's write](Way::session_to_write) came to: committed, or [`Tried::Again`] when
    /// the facts had changed meanwhile.
    pub(crate) async fn written<T>(
        self,
        written: Result<T, StoreError>,
        locks: Locks,
    ) -> Result<Result<T, Locks>, Trouble> {
        self.end(written.map_err(Trouble::during), locks).await
    }

    async fn end<T>(
        self,
        written: Result<T, Trouble>,
        locks: Locks,
    ) -> Result<Result<T, Locks>, Trouble> {
        let written = match written {
            Ok(written) => self.commit().await.map(|()| written),
            Err(trouble) => Err(trouble),
        };
        match written {
            Ok(written) => Ok(Ok(written)),
            Err(trouble) if trouble.kind == Kind::Conflict => Ok(Err(locks)),
            Err(trouble) => Err(trouble),
        }
    }

    /// A session whose writes count: each by itself, or under the locks of this try, to be
    /// [committed](Way::commit).
    pub(crate) async fn session_to_write(&mut self) -> Result<&mut Session, Trouble> {
        self.wrote.store(true, Ordering::Relaxed);
        self.session().await
    }

    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<(), Trouble> {
        match self.own {
            Some(session) => session.commit().await.map_err(Trouble::during),
            None => Ok(()),
        }
    }

    /// Makes what was written so far last, and frees the locks: nothing is to be written under them any more.
    pub(crate) async fn commit_here(&mut self) -> Result<(), Trouble> {
        match self.own.take() {
            Some(session) => session.commit().await.map_err(Trouble::during),
            None => Ok(()),
        }
    }

    /// Whether this try goes alone, in a transaction that holds these locks.
    pub(crate) fn holds(&self, needed: Locks) -> bool {
        self.locks == Some(needed)
    }

    /// The question may be answered already: an earlier try met its own key in the database, or lost it while it
    /// wrote. The key is looked at before anything else.
    pub(crate) fn known(&self) -> bool {
        self.known
    }

    /// A session for what is asked seldom: why a scan led nowhere, a line in the log.
    pub(crate) async fn session(&mut self) -> Result<&mut Session, Trouble> {
        let session = match self.own.take() {
            Some(session) => session,
            None => self.desk.store.session().await?,
        };
        Ok(self.own.insert(session))
    }
}

impl Desk {
    /// Runs a command to its end, in a task of its own: a caller that goes away does not stop it halfway.
    ///
    /// A try that was overtaken is made again, first on what it can read, then with the locks locked. A lost
    /// database is asked again until the deadline; reading anew then shows whether the lost write happened
    /// (the request's key, or the item's changed guard), so that trying again is safe.
    pub(crate) async fn run<T, F, W>(self: &Arc<Self>, work: W) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: Future<Output = Result<Tried<T>, Trouble>> + Send,
        W: Fn(Arc<Self>, Way) -> F + Send + Sync + 'static,
    {
        let desk = self.clone();
        let task = tokio::spawn(async move {
            let deadline = Instant::now() + DEADLINE;
            let mut locks = Locks::default();
            let mut sent = false;
            let mut known = false;
            let mut overtaken = 0;
            loop {
                let wrote = Arc::new(AtomicBool::new(false));
                let way = async {
                    let own = if overtaken < OPTIMISTIC {
                        None
                    } else {
                        Some(desk.store.locked_session(locks).await?)
                    };
                    let (desk, wrote) = (desk.clone(), wrote.clone());
                    let locks = own.is_some().then_some(locks);
                    work(
                        desk.clone(),
                        Way {
                            desk,
                            own,
                            locks,
                            known,
                            wrote,
                        },
                    )
                    .await
                };
                let Ok(tried) = timeout_at(deadline, way).await else {
                    let why = "the database did not answer in time".to_owned();
                    // A write may still be on its way to the disk.
                    return Err(if sent || wrote.load(Ordering::Relaxed) {
                        DeskError::OutcomeUnknown(why)
                    } else {
                        DeskError::Unavailable(why)
                    });
                };
                // A deadlock before the write: nothing is known anew, and nothing is lost.
                let tried = match tried {
                    Err(trouble) if trouble.kind == Kind::Conflict => Ok(Tried::Again(locks)),
                    Err(trouble) if trouble.kind == Kind::Known => {
                        known = true;
                        Ok(Tried::Again(locks))
                    }
                    tried => tried,
                };
                match tried {
                    Ok(Tried::Done(answer)) => return Ok(answer),
                    Ok(Tried::Alone(needed)) => {
                        locks = needed;
                        overtaken = overtaken.max(OPTIMISTIC) + 1;
                        if overtaken > MOST {
                            return Err(DeskError::Internal("its locks changed too often".into()));
                        }
                    }
                    Ok(Tried::Again(seen)) => {
                        locks = seen;
                        overtaken += 1;
                        metrics::counter!("relire_desk_overtaken_total").increment(1);
                        if overtaken > MOST {
                            return Err(DeskError::Internal("overtaken too often".into()));
                        }
                    }
                    Err(trouble) => {
                        sent |= trouble.kind == Kind::LostWriting;
                        known |= sent;
                        if trouble.is_a_fault() {
                            return Err(trouble.error);
                        }
                        if Instant::now() + PAUSE >= deadline {
                            return Err(match trouble.error {
                                DeskError::Unavailable(why) if sent => {
                                    DeskError::OutcomeUnknown(why)
                                }
                                other => other,
                            });
                        }
                        // Waiting for something outside this process: there is no event to wait for.
                        sleep(PAUSE).await;
                    }
                }
            }
        });
        task.await
            .map_err(|_| DeskError::OutcomeUnknown("the command's task ended early".into()))?
    }
}
