//! Who may go on: moves on one thing happen in the order of the plan, all others as they come.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use crate::step::Move;

/// The moves of a part of the day, and which of them waits for which.
pub(crate) struct Order {
    /// How many moves each move still waits for.
    waits_for: Mutex<Waiting>,
    /// The moves that wait for each.
    followers: Vec<Vec<usize>>,
    terminal_of: Vec<usize>,
    /// A bell for each terminal.
    bells: Vec<Condvar>,
}

struct Waiting {
    left: Vec<usize>,
    stopped: bool,
}

impl Order {
    /// Nobody runs ahead by more than `window` moves, so that there is traffic wherever an accident falls.
    pub(crate) fn new(moves: &[Move], terminals: usize, window: usize) -> Self {
        let mut left = vec![0; moves.len()];
        let mut followers = vec![Vec::new(); moves.len()];
        let mut last = BTreeMap::new();
        let mut follow = |before: usize, after: usize| {
            followers[before].push(after);
            left[after] += 1;
        };
        for (number, planned) in moves.iter().enumerate() {
            for thing in &planned.keeps {
                if let Some(before) = last.insert(*thing, number) {
                    follow(before, number);
                }
            }
            if let Some(before) = number.checked_sub(window) {
                follow(before, number);
            }
        }
        Self {
            waits_for: Mutex::new(Waiting {
                left,
                stopped: false,
            }),
            followers,
            terminal_of: moves.iter().map(|planned| planned.terminal).collect(),
            bells: (0..terminals).map(|_| Condvar::new()).collect(),
        }
    }

    /// Waits until nothing before this move is left. `false`: everything stops.
    pub(crate) fn wait(&self, number: usize) -> bool {
        let bell = &self.bells[self.terminal_of[number]];
        let waiting = bell
            .wait_while(self.waiting(), |waiting| {
                waiting.left[number] > 0 && !waiting.stopped
            })
            .unwrap_or_else(PoisonError::into_inner);
        !waiting.stopped
    }

    /// This move is done.
    pub(crate) fn finish(&self, number: usize) {
        let mut waiting = self.waiting();
        for follower in &self.followers[number] {
            waiting.left[*follower] -= 1;
            if waiting.left[*follower] == 0 {
                self.bells[self.terminal_of[*follower]].notify_all();
            }
        }
    }

    /// Nobody goes on.
    pub(crate) fn stop(&self) {
        self.waiting().stopped = true;
        for bell in &self.bells {
            bell.notify_all();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Counting down leaves nothing half done.
        self.waits_for
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::step::Thing::{Household, Title};

    #[test]
    fn moves_on_one_thing_keep_their_order_and_nobody_runs_far_ahead() {
        let planned = |terminal, keeps: &[crate::step::Thing]| Move {
            terminal,
            stages: Vec::new(),
            keeps: keeps.iter().copied().collect::<BTreeSet<_>>(),
        };
        let moves = [
            planned(0, &[Title(1), Household(1)]),
            planned(1, &[Title(2)]),
            planned(2, &[Household(1)]),
            planned(0, &[Title(1), Title(2)]),
        ];
        let order = Order::new(&moves, 3, 3);
        let left = || order.waiting().left.clone();
        // The last one waits twice for the first: for its title and for its place.
        assert_eq!(left(), [0, 0, 1, 3]);
        order.finish(0);
        assert_eq!(left(), [0, 0, 0, 1]);
        assert!(order.wait(2));
        order.finish(1);
        assert!(order.wait(3));
        order.stop();
        assert!(!order.wait(3));
    }
}
