//! The plan of a day: who does what, what goes wrong, and when somebody is struck down. It comes from the seed alone.
//!
//! The planner plays its own model along, so that what it plans makes sense: it returns what is lent, and collects
//! what is ready. That works because the order of moves on one thing is fixed, and because what a contest leaves
//! undecided is decided again before the contest's move ends.

mod contests;
mod draft;
mod late;
mod moves;

use std::sync::Arc;

use jiff::civil::DateTime;

use self::draft::Draft;
use crate::{
    library::Library,
    lot::Lot,
    step::{Accident, Move},
    world::World,
};

/// A reader with more has enough, so that no limit of loans is met by chance.
const ENOUGH_LOANS: usize = 12;
const ENOUGH_HOLDS: usize = 6;

/// Draws the parts of a day, one after the other.
pub(crate) struct Planner {
    world: Arc<World>,
    library: Library,
    lot: Lot,
    /// The next step's number.
    number: usize,
    /// Whether terminals lose their line and go on alone.
    offline: bool,
    parts: usize,
}

impl Planner {
    pub(crate) fn new(seed: u64, world: Arc<World>, offline: bool) -> Self {
        Self {
            library: Library::new(world.clone()),
            world,
            lot: Lot::new(seed, "plan"),
            number: 0,
            offline,
            parts: 0,
        }
    }

    /// The moves of the next part of the day, with these accidents spread over it.
    pub(crate) fn part(
        &mut self,
        begins: DateTime,
        steps: usize,
        accidents: &[Accident],
    ) -> Vec<Move> {
        if self.parts > 0 {
            self.library.go_on();
        }
        self.parts += 1;
        let first = self.number;
        let mut moves = Vec::new();
        while self.number - first < steps {
            let mut draft = Draft::new(self, begins, first);
            // What finds nothing to be done with draws again.
            if draft.anything().is_some() {
                moves.extend(draft.done());
            }
        }
        self.spread(&mut moves, first, accidents);
        moves
    }

    /// Each accident falls somewhere in its own share of the steps.
    fn spread(&mut self, moves: &mut [Move], first: usize, accidents: &[Accident]) {
        let share = (self.number - first) / accidents.len().max(1);
        let places: Vec<usize> = (0..accidents.len())
            .map(|place| first + place * share + self.lot.below(share))
            .collect();
        let stages = moves.iter_mut().flat_map(|planned| &mut planned.stages);
        for step in stages.flat_map(|stage| stage.steps_mut()) {
            let place = places.iter().position(|place| *place == step.number);
            if let Some(accident) = place.and_then(|place| accidents.get(place)) {
                step.accident = Some(*accident);
                step.fault = None;
            }
        }
    }

    /// An item of which that holds.
    fn item(&mut self, holds: impl Fn(&Library, usize) -> bool) -> Option<usize> {
        let all = 0..self.library.places.len();
        let fitting: Vec<usize> = all.filter(|item| holds(&self.library, *item)).collect();
        self.lot.one_of(&fitting).copied()
    }

    /// A terminal of this branch, or any that lends where the branch has none that does.
    fn lending_terminal(&mut self, branch: usize) -> usize {
        let world = self.world.clone();
        let all = || 0..world.terminals.len();
        let of = |terminal: &usize| world.stands(*terminal) == branch && world.lends(branch);
        let here: Vec<usize> = all().filter(of).collect();
        let any: Vec<usize> = all()
            .filter(|terminal| world.lends(world.stands(*terminal)))
            .collect();
        self.lot
            .one_of(&here)
            .or(self.lot.one_of(&any))
            .copied()
            .unwrap_or(0)
    }

    /// A terminal of this branch, if it has one.
    fn terminal_at(&mut self, branch: usize) -> Option<usize> {
        let all = 0..self.world.terminals.len();
        let here: Vec<usize> = all
            .filter(|one| self.world.stands(*one) == branch)
            .collect();
        self.lot.one_of(&here).copied()
    }

    fn any_terminal(&mut self) -> usize {
        self.lot.below(self.world.terminals.len())
    }

    fn any_branch(&mut self) -> usize {
        self.lot.below(self.world.branches.len())
    }

    fn any_reader(&mut self) -> usize {
        self.lot.below(self.world.readers.len())
    }

    /// Somebody who may borrow: with few loans, and for a game, few games in the house.
    fn borrower(&mut self, item: usize) -> Option<usize> {
        let game = self.world.titles[self.world.items[item].title].game;
        (0..8)
            .map(|_| self.any_reader())
            .collect::<Vec<_>>()
            .into_iter()
            .find(|reader| {
                let household = self.world.readers[*reader].household;
                let enough = if game {
                    crate::world::MOST_GAMES
                } else {
                    ENOUGH_LOANS
                };
                self.library.lent_to(household, game) < enough
            })
    }

    /// Somebody who neither has nor waits for a title.
    fn stranger(&mut self, title: usize) -> Option<usize> {
        let reader = self.any_reader();
        let copies = &self.world.titles[title].items;
        let has = copies.iter().any(|item| {
            self.library
                .loan(*item)
                .is_some_and(|loan| loan.reader == reader)
        });
        let free = !has
            && self.library.own_hold(reader, title).is_none()
            && self.library.holds_of(reader) < ENOUGH_HOLDS;
        free.then_some(reader)
    }
}

#[cfg(test)]
mod tests;
