//! Handshakes take turns, so that a flood of them leaves the processor to those at work.

use std::{pin::pin, sync::Arc, task::ready, thread::available_parallelism};

use tokio::{sync::Semaphore, task::yield_now};
use tokio_util::sync::PollSemaphore;

/// How many handshakes may compute at once: on half of the cores, and on one core one.
///
/// Measured on two cores, in a build without optimisation, with 400 connections that sent their
/// ClientHello again and again: the slowest hundredth of answers on another connection took 270 ms
/// or more without turns, 290 ms with four a core, 10 ms with half a turn a core, and 4 ms with
/// that and a rest after each step. No fewer handshakes came to their end.
#[derive(Debug, Clone)]
pub(crate) struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self::new((cores / 2).max(1))
    }
}

impl Turns {
    pub(crate) fn new(turns: usize) -> Self {
        Self(Arc::new(Semaphore::new(turns)))
    }

    /// Does some work: each time that it wakes it waits for a turn, and keeps that only while it
    /// computes. So peers that are slow or silent hold up nobody.
    ///
    /// A turn goes on to the next one after a **rest**, which lets the runtime look for what
    /// arrived elsewhere: handed on at once, turns would keep it from the network for some sixty
    /// steps in a row.
    pub(crate) async fn take<T>(&self, work: impl Future<Output = T>) -> T {
        let mut turns = PollSemaphore::new(self.0.clone());
        let mut work = pin!(work);
        let mut resting = None;
        let mut rested = false;
        let (ended, turn) = std::future::poll_fn(move |context| {
            drop(resting.take());
            let turn = ready!(turns.poll_acquire(context));
            let step = work.as_mut().poll(context);
            if step.is_ready() {
                return step.map(|ended| (ended, turn));
            }
            // After a rest the work is asked once more, for what woke us may have been its peer.
            rested = !rested;
            if rested {
                resting = turn;
                // It arranges for us to be woken once the runtime has looked around.
                let _ = pin!(yield_now()).poll(context);
            }
            step.map(|ended| (ended, None))
        })
        .await;
        yield_now().await;
        drop(turn);
        ended
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        pin::Pin,
        sync::atomic::{AtomicUsize, Ordering},
        task::{Context, Poll, Wake, Waker},
    };

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Work that counts its steps and waits for ever.
    fn mute(steps: &Cell<usize>) -> impl Future<Output = ()> {
        std::future::poll_fn(move |_| {
            steps.set(steps.get() + 1);
            Poll::Pending
        })
    }

    fn poll<T>(work: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        work.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn one_computes_at_a_time_and_who_waits_for_its_peer_holds_up_nobody() {
        let turns = Turns::new(1);
        let (first_steps, second_steps) = (Cell::new(0), Cell::new(0));
        let mut first = pin!(turns.take(mute(&first_steps)));
        let mut second = pin!(turns.take(mute(&second_steps)));
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        let steps = || (first_steps.get(), second_steps.get());
        assert_eq!(steps(), (1, 0), "the first one rests with its turn");
        assert!(poll(first.as_mut()).is_pending());
        assert_eq!(steps(), (1, 0), "the turn is the second one's");
        assert!(poll(second.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        assert_eq!(steps(), (2, 2), "each was asked once more");
        assert_eq!(turns.0.available_permits(), 1, "both wait without a turn");
    }

    #[test]
    fn whose_peer_is_silent_is_left_alone() {
        let (turns, steps) = (Turns::new(1), Cell::new(0));
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        let mut context = Context::from_waker(&waker);
        let mut work = pin!(turns.take(mute(&steps)));
        let mut polls = 0;
        // As a runtime does: polled once, and then as often as it is woken.
        while polls <= woken.0.load(Ordering::Relaxed) && polls < 10 {
            assert!(work.as_mut().poll(&mut context).is_pending());
            polls += 1;
        }
        assert_eq!((polls, steps.get()), (2, 2));
    }

    #[tokio::test]
    async fn many_come_to_their_end() {
        let turns = Turns::new(1);
        let work = |n: u32| {
            let turns = turns.clone();
            tokio::spawn(async move {
                let steps = async {
                    for _ in 0..n {
                        yield_now().await;
                    }
                    n
                };
                turns.take(steps).await
            })
        };
        let all: Vec<_> = (0..50).map(work).collect();
        for (n, one) in (0..).zip(all) {
            assert_eq!(one.await.unwrap(), n);
        }
        assert_eq!(turns.0.available_permits(), 1);
    }
}
