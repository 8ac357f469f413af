//! Trying again: what was overtaken, what met a locked row, what lost its database.

use std::{sync::Arc, time::Duration};

use store::{Session, StoreError};
use tokio::time::{Instant, sleep, timeout_at};

use crate::{Desk, DeskError};

/// Guards may be missed this often before a command takes the locks first.
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
    Again(Guards),
}

/// The rows that a command guards, once it knows them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Guards {
    pub(crate) item: Option<i64>,
    pub(crate) household: Option<i64>,
}

/// A try that failed.
pub(crate) struct Trouble {
    error: DeskError,
    /// A write was on its way: whether it arrived is not known.
    sent: bool,
    lost: bool,
}

impl Trouble {
    /// Nothing had been written yet.
    pub(crate) fn before(error: impl Into<DeskError>) -> Self {
        let error = error.into();
        let lost = matches!(error, DeskError::Unavailable(_));
        Self {
            error,
            sent: false,
            lost,
        }
    }

    /// A write had been sent.
    fn during(error: StoreError) -> Self {
        let lost = matches!(error, StoreError::Unavailable(_));
        Self {
            error: error.into(),
            sent: lost,
            lost,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::before(error)
    }
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        Self::before(error)
    }
}

/// Sorts the outcome of a write: done, overtaken, or trouble; and commits a locked session.
pub(crate) async fn written<T>(
    session: Session,
    written: Result<T, StoreError>,
    guards: Guards,
) -> Result<Result<T, Guards>, Trouble> {
    match written {
        Ok(value) => match session.commit().await {
            Ok(()) => Ok(Ok(value)),
            Err(error) if error.is_conflict() => Ok(Err(guards)),
            Err(error) => Err(Trouble::during(error)),
        },
        Err(error) if error.is_conflict() => Ok(Err(guards)),
        Err(error) => Err(Trouble::during(error)),
    }
}

impl Desk {
    /// Runs a command to its end, in a task of its own: a caller that goes away does not stop it halfway.
    ///
    /// A try that was overtaken is made again, first on what it can read, then with the guards locked. A lost
    /// database is asked again until the deadline; reading anew then shows whether the lost write happened
    /// (the request's key, or the item's changed guard), so that trying again is safe.
    pub(crate) async fn run<T, F, W>(self: &Arc<Self>, work: W) -> Result<T, DeskError>
    where
        T: Send + 'static,
        F: Future<Output = Result<Tried<T>, Trouble>> + Send,
        W: Fn(Arc<Self>, Session) -> F + Send + Sync + 'static,
    {
        let desk = self.clone();
        let task = tokio::spawn(async move {
            let deadline = Instant::now() + DEADLINE;
            let mut guards = Guards::default();
            let mut sent = false;
            let mut overtaken = 0;
            loop {
                let session = if overtaken < OPTIMISTIC {
                    desk.store.session().await
                } else {
                    desk.store
                        .locked_session(guards.item, guards.household)
                        .await
                };
                let tried = match session {
                    Ok(session) => {
                        let writing = session.writing();
                        match timeout_at(deadline, work(desk.clone(), session)).await {
                            Ok(tried) => tried,
                            Err(_) => {
                                let why = "the database did not answer in time".to_owned();
                                // A write may still be on its way to the disk.
                                return Err(if sent || writing.began() {
                                    DeskError::OutcomeUnknown(why)
                                } else {
                                    DeskError::Unavailable(why)
                                });
                            }
                        }
                    }
                    Err(error) => Err(Trouble::before(error)),
                };
                match tried {
                    Ok(Tried::Done(answer)) => return Ok(answer),
                    Ok(Tried::Again(seen)) => {
                        guards = seen;
                        overtaken += 1;
                        metrics::counter!("relire_desk_overtaken_total").increment(1);
                        if overtaken > MOST {
                            return Err(DeskError::Internal("overtaken too often".into()));
                        }
                    }
                    Err(trouble) => {
                        sent |= trouble.sent;
                        if !trouble.lost {
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
