//! The plan's parts: steps, the moves that they make up, and what goes wrong at them.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use testkit::Strike;

use crate::{ask::Ask, library::Library, world::World};

/// One question of one terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The how-manieth of the plan.
    pub(crate) number: usize,
    pub(crate) terminal: usize,
    pub(crate) ask: Ask,
    /// The transaction date, the same however often it is sent.
    pub(crate) at: DateTime,
    pub(crate) fault: Option<Fault>,
    pub(crate) accident: Option<Accident>,
}

/// What goes wrong on the line when a step is first sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It ends inside the message.
    CutInside,
    /// It ends so many microseconds after the message, before the answer.
    CutAfter(u64),
    /// The answer comes, and the terminal sends the same bytes once more.
    Twice,
}

/// Who is struck down when a step was first sent, and how many microseconds after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Accident {
    pub(crate) victim: Victim,
    pub(crate) after: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Victim {
    Daemon,
    Database(Strike),
    /// The database, and while it is down the daemon too.
    Both(Strike),
}

/// What is done one after the other, or at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    One(Step),
    /// Two or more terminals at the same moment; so many of them must win, where that is certain.
    AtOnce {
        steps: Vec<Step>,
        winners: Option<usize>,
    },
    /// The same words as an earlier step of the move: nothing happens, and the answer is the same.
    Again {
        step: Step,
        of: usize,
    },
}

impl Stage {
    pub(crate) fn steps(&self) -> &[Step] {
        match self {
            Self::One(step) | Self::Again { step, .. } => std::slice::from_ref(step),
            Self::AtOnce { steps, .. } => steps,
        }
    }

    pub(crate) fn steps_mut(&mut self) -> &mut [Step] {
        match self {
            Self::One(step) | Self::Again { step, .. } => std::slice::from_mut(step),
            Self::AtOnce { steps, .. } => steps,
        }
    }
}

/// Steps that belong together. While one goes on, nobody else touches its titles and households.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    /// Whose turn it is.
    pub(crate) terminal: usize,
    pub(crate) stages: Vec<Stage>,
    /// What it keeps for itself.
    pub(crate) keeps: BTreeSet<Thing>,
}

/// What moves keep from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Thing {
    Title(usize),
    Household(usize),
}

impl Ask {
    /// The title and the households that it touches, as things are before it.
    pub(crate) fn touches(&self, world: &World, library: &Library) -> Vec<Thing> {
        let borrower = self.item().and_then(|item| library.loan(item));
        let readers = self
            .reader()
            .into_iter()
            .chain(borrower.map(|loan| loan.reader));
        let title = self
            .item()
            .map(|item| world.items[item].title)
            .or(self.title());
        readers
            .map(|reader| Thing::Household(world.readers[reader].household))
            .chain(title.map(Thing::Title))
            .collect()
    }
}
