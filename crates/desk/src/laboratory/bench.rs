//! One run at a time, and the last reports.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use circulation::{BranchCode, Policy};
use jiff::{Zoned, civil::Date};
use tokio::sync::watch;

use super::{report::LabReport, run};
use crate::{Desk, DeskError, request::local_day, rules::PolicyDraft};

/// How many reports are kept; each has at most 5,000 cases.
const KEPT: usize = 4;
/// Who asks waits so long for a quick run before being told that it goes on.
const PATIENCE: Duration = Duration::from_millis(150);
/// A run that failed is not begun again by itself for so long.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// What is asked of the laboratory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabAsk {
    /// The draft.
    pub draft: i64,
    /// As it is in this version.
    pub version: i64,
    /// Changes at this branch only; none: of the network.
    pub branch: Option<BranchCode>,
    /// How many days of the log are looked at, 1 to 92.
    pub days: u16,
}

/// What there is: the draft as it is, against the rules as they are, on this day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    ask: LabAsk,
    rulebook: i64,
    day: Date,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LabProgress {
    /// Open loans that were looked at.
    pub loans: u64,
    /// Questions of the log that were looked at.
    pub events: u64,
}

/// What the laboratory answers.
#[derive(Debug, Clone)]
pub enum LabState {
    /// The report.
    Ready(Arc<LabReport>),
    /// It is being made.
    Running(LabProgress),
    /// Another one is being made: ask again.
    Busy,
    /// Nobody asked for it yet.
    None,
    /// It could not be made a moment ago; the log of the daemon says why.
    Failed,
    /// The draft is not sound: nothing can be decided under it.
    Unsound,
}

#[derive(Debug, Default)]
pub(crate) struct Bench(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    running: Option<(Key, Arc<Counter>)>,
    done: VecDeque<(Key, Arc<LabReport>)>,
    failed: Option<(Key, Instant)>,
}

/// Counts while a run goes on; what waits for it is told when it ends.
#[derive(Debug)]
pub(super) struct Counter {
    pub(super) loans: AtomicU64,
    pub(super) events: AtomicU64,
    ended: watch::Sender<bool>,
}

impl Counter {
    fn new() -> Self {
        Self {
            loans: AtomicU64::new(0),
            events: AtomicU64::new(0),
            ended: watch::Sender::new(false),
        }
    }

    fn progress(&self) -> LabProgress {
        LabProgress {
            loans: self.loans.load(Ordering::Relaxed),
            events: self.events.load(Ordering::Relaxed),
        }
    }
}

impl Bench {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Nothing that holds it can panic half-way: what is in it is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn answer(&self, key: &Key) -> Option<LabState> {
        if let Some((_, report)) = self.done.iter().find(|(done, _)| done == key) {
            return Some(LabState::Ready(report.clone()));
        }
        match &self.running {
            Some((running, counter)) if running == key => {
                return Some(LabState::Running(counter.progress()));
            }
            Some(_) => return Some(LabState::Busy),
            None => {}
        }
        self.failed
            .as_ref()
            .filter(|(failed, at)| failed == key && at.elapsed() < AFTER_FAILURE)
            .map(|_| LabState::Failed)
    }
}

impl Desk {
    /// The report on a draft, as far as it is made; nothing is begun.
    pub async fn laboratory_so_far(
        self: &Arc<Self>,
        draft: &PolicyDraft,
        ask: &LabAsk,
        at: &Zoned,
    ) -> Result<LabState, DeskError> {
        if draft.policy.is_err() {
            return Ok(LabState::Unsound);
        }
        let key = self.lab_key(ask, at).await?;
        let answer = self.bench.state().answer(&key);
        Ok(answer.unwrap_or(LabState::None))
    }

    /// The report on a draft, or how far it has come: begun if need be, and waited for a moment.
    ///
    /// One is made at a time by a daemon, in a task of its own, whoever goes away meanwhile. It is good for the draft's
    /// version, the rulebook and the day that it was made on.
    pub async fn laboratory(
        self: &Arc<Self>,
        draft: &PolicyDraft,
        ask: &LabAsk,
        at: &Zoned,
    ) -> Result<LabState, DeskError> {
        let Ok(policy) = &draft.policy else {
            return Ok(LabState::Unsound);
        };
        let key = self.lab_key(ask, at).await?;
        let mut ended = {
            let mut state = self.bench.state();
            match state.answer(&key) {
                Some(LabState::Running(_)) | None => {}
                Some(answer) => return Ok(answer),
            }
            let counter = match &state.running {
                Some((_, counter)) => counter.clone(),
                None => {
                    let counter = Arc::new(Counter::new());
                    state.running = Some((key.clone(), counter.clone()));
                    state.failed = None;
                    let (desk, policy, key) = (self.clone(), policy.clone(), key.clone());
                    let (at, counted) = (at.clone(), counter.clone());
                    tokio::spawn(async move { desk.lab_run(key, policy, at, counted).await });
                    counter
                }
            };
            counter.ended.subscribe()
        };
        let _ = tokio::time::timeout(PATIENCE, ended.wait_for(|ended| *ended)).await;
        let answer = self.bench.state().answer(&key);
        Ok(answer.unwrap_or(LabState::Busy))
    }

    async fn lab_key(&self, ask: &LabAsk, at: &Zoned) -> Result<Key, DeskError> {
        Ok(Key {
            ask: ask.clone(),
            rulebook: self.store.session().await?.rulebook_version().await?,
            day: local_day(at),
        })
    }

    async fn lab_run(self: Arc<Self>, key: Key, policy: Policy, at: Zoned, counter: Arc<Counter>) {
        // Whatever becomes of it, the bench is free afterwards.
        let freed = Freed {
            desk: self.clone(),
            key: key.clone(),
            counter: counter.clone(),
        };
        let made = run::run(&self, &key.ask, policy, &at, &counter).await;
        match made {
            Ok(report) => {
                tracing::info!(
                    draft = key.ask.draft, version = key.ask.version, took = ?report.took,
                    loans = report.figures.loans, events = report.figures.events, "a draft was tried"
                );
                let mut state = self.bench.state();
                state.done.retain(|(done, _)| {
                    done.ask.draft != key.ask.draft || done.ask.branch != key.ask.branch
                });
                state.done.push_front((key, Arc::new(report)));
                state.done.truncate(KEPT);
                state.failed = None;
            }
            Err(error) => {
                tracing::error!(%error, draft = key.ask.draft, "a draft could not be tried");
            }
        }
        drop(freed);
    }
}

/// Frees the bench when it is dropped, also by a panic; what was not done by then has failed.
struct Freed {
    desk: Arc<Desk>,
    key: Key,
    counter: Arc<Counter>,
}

impl Drop for Freed {
    fn drop(&mut self) {
        let mut state = self.desk.bench.state();
        state.running = None;
        if !state.done.iter().any(|(done, _)| *done == self.key) {
            state.failed = Some((self.key.clone(), Instant::now()));
        }
        drop(state);
        self.counter.ended.send_replace(true);
    }
}
