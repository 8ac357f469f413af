//! Copies of one question go one after the other.
//!
//! A terminal whose line broke asks again while its first question may still be under way here. Were both decided
//! side by side, the first could be the later one: lend once more what was lent, answered and brought back meanwhile,
//! or renew what its second copy was refused. So the second waits until the first has come to its end, and then finds
//! the key that it left, or nothing of it.
//!
//! It knows the questions of this daemon, not those of another one on the same database.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

use crate::RequestKey;

/// The questions that are under way, by their keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<Queues>>);

type Queues = HashMap<[u8; 16], Arc<Queue<()>>>;

/// One copy's turn: the next one's begins when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    turns: Turns,
    key: [u8; 16],
    guard: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits until the copies that came before have come to their end. Who gives up waiting leaves nothing.
    pub(crate) async fn turn(&self, key: RequestKey) -> Turn {
        let queue = self.queues().entry(key.0).or_default().clone();
        let mut turn = Turn {
            turns: self.clone(),
            key: key.0,
            guard: None,
        };
        turn.guard = Some(queue.lock_owned().await);
        turn
    }

    fn queues(&self) -> MutexGuard<'_, Queues> {
        // A map of queues is whole after every step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut queues = self.turns.queues();
        self.guard = None;
        // Whoever waits holds the queue too, and nobody comes by it but under this lock.
        if queues
            .get(&self.key)
            .is_some_and(|queue| Arc::strong_count(queue) == 1)
        {
            queues.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::pin, task::Context, task::Poll, task::Waker};

    use super::*;

    const KEY: RequestKey = RequestKey([7; 16]);

    fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn a_second_copy_waits_for_the_first_and_nothing_stays() {
        let turns = Turns::default();
        let Poll::Ready(first) = poll(pin!(turns.turn(KEY))) else {
            panic!("the first waits for nobody");
        };
        let mut second = pin!(turns.turn(KEY));
        assert!(poll(second.as_mut()).is_pending());
        assert!(
            poll(pin!(turns.turn(RequestKey([8; 16])))).is_ready(),
            "another question does not wait"
        );
        drop(first);
        let Poll::Ready(second) = poll(second.as_mut()) else {
            panic!("it is the second's turn");
        };
        drop(second);
        assert!(turns.queues().is_empty());
    }

    #[test]
    fn who_gives_up_waiting_leaves_nothing() {
        let turns = Turns::default();
        let first = poll(pin!(turns.turn(KEY)));
        {
            let mut waits = pin!(turns.turn(KEY));
            assert!(poll(waits.as_mut()).is_pending());
            // Its turn has come when it goes away.
            drop(first);
        }
        assert!(turns.queues().is_empty());
    }
}
