//! What is asked at the same moment goes to the database together.
//!
//! While one statement is under way, the questions that arrive wait and go with the next, all in one statement and
//! one commit. Nothing ever waits for company: a question that finds a free lane goes at once and alone. So a
//! single kiosk is answered as fast as it can be, and a busy network shares what costs most, the statement's start
//! and the disk's flush.
//!
//! Measured with pgbench, durable, two cores: eight at a time on two connections did 4,400 loans with their returns
//! a second, one at a time on eight connections 1,300.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use store::{
    CheckinEffect, CheckoutEffect, Facts, FactsAsk, ItemAsk, QueuedCheckin, RenewEffect, Returning,
    Session, Store, StoreError,
};
use tokio::sync::oneshot;

use crate::attempt::Trouble;

/// The most that go in one statement: by then the start costs little beside the rows.
const MOST: usize = 32;
/// Two statements of a kind at once: one that waits for somebody's row lock does not stop the other.
const LANES: usize = 2;

/// Something that the store does for many at once.
pub(crate) trait Statement: Sized + Send + Sync + 'static {
    type Answer: Send + 'static;
    /// As the metric calls it.
    const KIND: &'static str;
    const WRITES: bool;

    /// The answers, in order. An error is everybody's, and then nothing was written.
    fn run(
        session: &mut Session,
        asks: &[Self],
    ) -> impl Future<Output = Result<Vec<Result<Self::Answer, StoreError>>, StoreError>> + Send;

    fn lanes(all: &Lanes) -> &Arc<Together<Self>>;
}

macro_rules! statements {
    ($($field:ident: $ask:ty => $answer:ty, $kind:literal, writes $writes:literal, $call:ident;)*) => {
        /// The waiting rooms of all statements.
        #[derive(Debug, Default)]
        pub(crate) struct Lanes { $($field: Arc<Together<$ask>>,)* }

        $(impl Statement for $ask {
            type Answer = $answer;
            const KIND: &'static str = $kind;
            const WRITES: bool = $writes;

            async fn run(
                session: &mut Session,
                asks: &[Self],
            ) -> Result<Vec<Result<$answer, StoreError>>, StoreError> {
                session.$call(asks).await
            }

            fn lanes(all: &Lanes) -> &Arc<Together<Self>> {
                &all.$field
            }
        })*
    };
}

statements! {
    facts: FactsAsk => Facts, "facts", writes false, facts;
    items: ItemAsk => Returning, "items", writes false, items;
    checkouts: CheckoutEffect => i64, "checkout", writes true, apply_checkouts;
    checkins: CheckinEffect => i64, "checkin", writes true, apply_checkins;
    queued_checkins: QueuedCheckin => i64, "queued_checkin", writes true, apply_queued_checkins;
    renewals: RenewEffect => i64, "renew", writes true, apply_renewals;
}

type Waiter<S> = (
    S,
    oneshot::Sender<Result<<S as Statement>::Answer, Trouble>>,
);

/// The waiting room of one kind of statement.
pub(crate) struct Together<S: Statement>(Mutex<Room<S>>);

struct Room<S: Statement> {
    waiting: VecDeque<Waiter<S>>,
    lanes: usize,
}

impl<S: Statement> Default for Together<S> {
    fn default() -> Self {
        Self(Mutex::new(Room {
            waiting: VecDeque::new(),
            lanes: 0,
        }))
    }
}

impl<S: Statement> std::fmt::Debug for Together<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple(S::KIND).finish()
    }
}

/// Asks, in company where there is some.
pub(crate) async fn ask<S: Statement>(
    store: &Store,
    lanes: &Lanes,
    ask: S,
) -> Result<S::Answer, Trouble> {
    let together = S::lanes(lanes);
    let (tell, told) = oneshot::channel();
    let lane = {
        let mut room = together.room();
        room.waiting.push_back((ask, tell));
        let free = room.lanes < LANES;
        room.lanes += usize::from(free);
        free.then(|| Lane {
            together: together.clone(),
            open: true,
        })
    };
    if let Some(lane) = lane {
        tokio::spawn(lane.run(store.clone()));
    }
    // A lane answers everybody; one that ended early may have written.
    told.await
        .unwrap_or_else(|_| Err(Trouble::ended_early(S::WRITES)))
}

/// Asks a session that is the command's own.
pub(crate) async fn ask_alone<S: Statement>(
    session: &mut Session,
    ask: S,
) -> Result<S::Answer, Trouble> {
    let mut answers = run(session, &[ask]).await;
    answers
        .pop()
        .unwrap_or_else(|| Err(Trouble::ended_early(S::WRITES)))
}

impl<S: Statement> Together<S> {
    fn room(&self) -> MutexGuard<'_, Room<S>> {
        // Under the lock nothing is left halfway.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One statement at a time, until nobody waits.
struct Lane<S: Statement> {
    together: Arc<Together<S>>,
    open: bool,
}

impl<S: Statement> Lane<S> {
    async fn run(mut self, store: Store) {
        while let Some(group) = self.next() {
            let (asks, tells): (Vec<S>, Vec<_>) = group.into_iter().unzip();
            if asks.is_empty() {
                continue;
            }
            metrics::histogram!("relire_desk_together", "kind" => S::KIND)
                .record(u32::try_from(asks.len()).unwrap_or(u32::MAX));
            for (tell, answer) in tells.into_iter().zip(answers(&store, asks).await) {
                // Nobody listens any more where the command's deadline has passed.
                let _ = tell.send(answer);
            }
        }
    }

    /// Who goes next; nobody waits: `None`, and the lane is closed in the same moment, so that whoever comes then
    /// opens one. Whoever has given up waiting is left behind.
    fn next(&mut self) -> Option<Vec<Waiter<S>>> {
        let mut room = self.together.room();
        if room.waiting.is_empty() {
            room.lanes -= 1;
            self.open = false;
            return None;
        }
        let most = room.waiting.len().min(MOST);
        let group = room.waiting.drain(..most);
        Some(group.filter(|(_, tell)| !tell.is_closed()).collect())
    }
}

impl<S: Statement> Drop for Lane<S> {
    fn drop(&mut self) {
        if self.open {
            self.together.room().lanes -= 1;
        }
    }
}

async fn answers<S: Statement>(store: &Store, asks: Vec<S>) -> Vec<Result<S::Answer, Trouble>> {
    let mut session = match store.session().await {
        Ok(session) => session,
        Err(error) => return for_all(&asks, error.into()),
    };
    let together = run(&mut session, &asks).await;
    let at_fault =
        |answer: &Result<_, Trouble>| matches!(answer, Err(trouble) if trouble.is_a_fault());
    if asks.len() == 1 || !together.iter().all(at_fault) {
        return together;
    }
    // One of them is at fault, nothing is written, and only that one shall hear of it.
    let mut answers = Vec::with_capacity(asks.len());
    for ask in asks {
        answers.push(ask_alone(&mut session, ask).await);
    }
    answers
}

/// Runs the statement; what befalls it befalls everybody.
async fn run<S: Statement>(session: &mut Session, asks: &[S]) -> Vec<Result<S::Answer, Trouble>> {
    let trouble = |error| {
        if S::WRITES {
            Trouble::during(error)
        } else {
            Trouble::from(error)
        }
    };
    match S::run(session, asks).await {
        Ok(answers) => answers
            .into_iter()
            .map(|answer| answer.map_err(trouble))
            .collect(),
        Err(error) => for_all(asks, trouble(error)),
    }
}

fn for_all<S: Statement>(asks: &[S], trouble: Trouble) -> Vec<Result<S::Answer, Trouble>> {
    asks.iter().map(|_| Err(trouble.clone())).collect()
}
