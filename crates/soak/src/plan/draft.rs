//! A move in the making.

use std::collections::BTreeSet;

use jiff::{SignedDuration, civil::DateTime};

use super::Planner;
use crate::{
    ask::{Ask, Expected},
    step::{Fault, Move, Stage, Step, Thing},
};

/// How often in a hundred something goes wrong on the line of a step.
const FAULTS: usize = 7;
/// How long after a message its line may end, in microseconds: before it is read, while it is decided, when it is
/// written, when it is answered.
pub(crate) const AFTER: [u64; 6] = [0, 100, 400, 1_500, 5_000, 15_000];

/// A move in the making: what is added to it is played in the planner's model at once.
pub(super) struct Draft<'p> {
    pub(super) planner: &'p mut Planner,
    begins: DateTime,
    /// The number of the part's first step.
    first: usize,
    stages: Vec<Stage>,
    keeps: BTreeSet<Thing>,
}

impl<'p> Draft<'p> {
    pub(super) fn new(planner: &'p mut Planner, begins: DateTime, first: usize) -> Self {
        Self {
            planner,
            begins,
            first,
            stages: Vec::new(),
            keeps: BTreeSet::new(),
        }
    }

    /// The next thing that a terminal asks.
    pub(super) fn one(&mut self, terminal: usize, ask: Ask) -> Expected {
        let (step, expected) = self.step(terminal, ask);
        self.stages.push(Stage::One(step));
        expected
    }

    /// What several terminals ask at the same moment.
    pub(super) fn at_once(&mut self, asks: &[(usize, Ask)], winners: Option<usize>) {
        let steps = asks
            .iter()
            .map(|(terminal, ask)| self.step(*terminal, *ask).0);
        let steps = steps.collect();
        self.stages.push(Stage::AtOnce { steps, winners });
    }

    /// Everything so far, in the same words.
    pub(super) fn again(&mut self) {
        let steps: Vec<Step> = self.stages.iter().flat_map(Stage::steps).cloned().collect();
        for mut step in steps {
            let of = step.number;
            step.number = self.planner.number;
            step.fault = None;
            self.planner.number += 1;
            self.stages.push(Stage::Again { step, of });
        }
    }

    /// The move, if anything is in it.
    pub(super) fn done(self) -> Option<Move> {
        let first = self.stages.first()?.steps().first()?;
        Some(Move {
            terminal: first.terminal,
            keeps: self.keeps,
            stages: self.stages,
        })
    }

    fn step(&mut self, terminal: usize, ask: Ask) -> (Step, Expected) {
        let planner = &mut *self.planner;
        self.keeps
            .extend(ask.touches(&planner.world, &planner.library));
        let expected = planner.library.play(terminal, &ask);
        let number = planner.number;
        planner.number += 1;
        let step = Step {
            number,
            terminal,
            at: self.at(number, &ask),
            ask,
            fault: self.fault(),
            accident: None,
        };
        (step, expected)
    }

    /// A date of its own for each step; what was done without a line has one of before this part of the day.
    fn at(&self, number: usize, ask: &Ask) -> DateTime {
        let seconds = i64::try_from(number - self.first).unwrap_or(i64::MAX);
        let (from, step) = if ask.is_late() {
            (self.begins - SignedDuration::from_mins(9), seconds / 5)
        } else {
            (self.begins, seconds)
        };
        from.saturating_add(SignedDuration::from_secs(step))
    }

    fn fault(&mut self) -> Option<Fault> {
        let lot = &mut self.planner.lot;
        if !lot.percent(FAULTS) {
            return None;
        }
        Some(match lot.below(6) {
            0 | 1 => Fault::CutInside,
            2 => Fault::Twice,
            _ => Fault::CutAfter(AFTER[lot.below(AFTER.len())]),
        })
    }
}
