//! The plan of a day: who does what, what goes wrong, and when somebody is struck down. It comes from the seed alone.
//!
//! The planner plays its own model along, so that what it plans makes sense: it returns what is lent, and collects
//! what is ready. That works because the order of moves on one thing is fixed, and because what a contest leaves
//! undecided is decided again before the contest's move ends.

mod contests;
mod draft;
mod late;

use std::sync::Arc;

use jiff::civil::DateTime;

use self::draft::Draft;
use crate::{
    ask::Ask,
    library::{Library, Place},
    lot::Lot,
    step::{Accident, Move},
    world::World,
};

/// A reader with more has enough, so that no limit of loans is met by chance.
const ENOUGH_LOANS: usize = 12;
const ENOUGH_HOLDS: usize = 6;
/// No queue comes near the longest that the rules allow.
const LONG_QUEUE: usize = 7;

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

impl Draft<'_> {
    /// Something that somebody does. Nothing, where nothing of what was drawn can be done now.
    fn anything(&mut self) -> Option<()> {
        if self.planner.offline && self.planner.parts > 1 && self.planner.lot.below(60) == 0 {
            return self.batch();
        }
        match self.planner.lot.below(100) {
            // About a third of everything is lent, however the day goes.
            0..38 if self.much_is_lent() != self.planner.lot.percent(30) => self.take_back(),
            0..38 => self.lend().map(drop),
            38..56 => self.arrive(),
            56..61 => self.renew(),
            61..69 => self.place(),
            69..72 => self.give_up(),
            72..80 => self.collect(),
            80..83 => self.pay(),
            83..86 => self.undo_a_loan(),
            86..89 => self.undo_a_return(),
            89..91 => self.lend_once_more(),
            91..96 => self.be_refused(),
            _ => self.contest(),
        }
    }

    fn much_is_lent(&self) -> bool {
        let library = &self.planner.library;
        let items = library.places.len();
        let lent = (0..items).filter(|item| library.loan(*item).is_some());
        3 * lent.count() > items
    }

    fn lend(&mut self) -> Option<(usize, usize, usize)> {
        let planner = &mut *self.planner;
        let item = planner.item(|library, item| matches!(library.places[item], Place::Shelf(_)))?;
        let Place::Shelf(branch) = planner.library.places[item] else {
            return None;
        };
        let reader = planner.borrower(item)?;
        let terminal = planner.lending_terminal(branch);
        self.one(terminal, Ask::Lend { reader, item });
        Some((terminal, reader, item))
    }

    fn take_back(&mut self) -> Option<()> {
        let item = self
            .planner
            .item(|library, item| library.loan(item).is_some())?;
        let terminal = self.somewhere(item)?;
        self.one(terminal, Ask::TakeBack { item });
        Some(())
    }

    /// Half of what comes back comes back where it belongs.
    fn somewhere(&mut self, item: usize) -> Option<usize> {
        let home = self.planner.world.items[item].owner;
        Some(if self.planner.lot.percent(50) {
            self.planner.any_terminal()
        } else {
            self.planner.terminal_at(home)?
        })
    }

    /// Out of the crate: mostly where it was sent. Or off the shelf, or the hold shelf, and seen again.
    fn arrive(&mut self) -> Option<()> {
        let transit = self.planner.lot.percent(80);
        let item = self
            .planner
            .item(|library, item| match library.places[item] {
                Place::Transit { .. } => transit,
                Place::Shelf(_) => !transit && library.places.len() > item,
                Place::HoldShelf { .. } => !transit,
                Place::Loan(_) => false,
            })?;
        let goal = match self.planner.library.places[item] {
            Place::Transit { to, .. } => to,
            Place::Shelf(branch) | Place::HoldShelf { branch, .. } => branch,
            Place::Loan(_) => return None,
        };
        let terminal = if self.planner.lot.percent(90) {
            self.planner.terminal_at(goal)?
        } else {
            self.planner.any_terminal()
        };
        self.one(terminal, Ask::TakeBack { item });
        Some(())
    }

    fn renew(&mut self) -> Option<()> {
        let item = self
            .planner
            .item(|library, item| library.loan(item).is_some())?;
        let reader = self.planner.library.loan(item)?.reader;
        let terminal = self.planner.any_terminal();
        self.one(terminal, Ask::Renew { reader, item });
        Some(())
    }

    fn place(&mut self) -> Option<()> {
        let title = self.wanted()?;
        let reader = self.planner.stranger(title)?;
        let (terminal, pickup) = (self.planner.any_terminal(), self.planner.any_branch());
        self.one(
            terminal,
            Ask::Place {
                reader,
                title,
                pickup,
            },
        );
        Some(())
    }

    /// A title that readers want, and not too many yet: a tenth of all has most of the holds.
    fn wanted(&mut self) -> Option<usize> {
        let titles = self.planner.world.titles.len();
        let most = if self.planner.lot.percent(70) {
            titles / 10
        } else {
            titles
        };
        let title = self.planner.lot.below(most);
        (self.planner.library.active(title).count() < LONG_QUEUE).then_some(title)
    }

    fn give_up(&mut self) -> Option<()> {
        let active = |hold: &&crate::library::Hold| hold.active;
        let holds: Vec<_> = self
            .planner
            .library
            .holds
            .iter()
            .filter(active)
            .copied()
            .collect();
        let hold = *self.planner.lot.one_of(&holds)?;
        let terminal = self.planner.any_terminal();
        let (reader, title) = (hold.reader, hold.title);
        self.one(terminal, Ask::GiveUp { reader, title });
        Some(())
    }

    /// Who is waited for by a copy on a hold shelf comes and gets it.
    fn collect(&mut self) -> Option<()> {
        let (branch, reader, item) = self.ready()?;
        let terminal = self.planner.lending_terminal(branch);
        self.one(terminal, Ask::Lend { reader, item });
        Some(())
    }

    /// A copy on a hold shelf, and for whom.
    fn ready(&mut self) -> Option<(usize, usize, usize)> {
        let on_shelf = |library: &Library, item: usize| {
            matches!(library.places[item], Place::HoldShelf { .. })
                && library.set_aside_for(item).is_some()
        };
        let item = self.planner.item(on_shelf)?;
        let hold = self.planner.library.set_aside_for(item)?;
        let hold = self.planner.library.holds[hold];
        Some((hold.pickup, hold.reader, item))
    }

    fn pay(&mut self) -> Option<()> {
        let reader = self.planner.any_reader();
        let owed = usize::try_from(self.planner.library.owed[reader]).ok()?;
        let cents = 1 + self.planner.lot.below(owed);
        let terminal = self.planner.any_terminal();
        self.one(
            terminal,
            Ask::Pay {
                reader,
                cents: i64::try_from(cents).ok().filter(|_| owed > 0)?,
                number: self.planner.number,
            },
        );
        Some(())
    }

    /// A loan that the kiosk could not secure; of half of them the item waited on a hold shelf.
    fn undo_a_loan(&mut self) -> Option<()> {
        let (terminal, item) = if self.planner.lot.percent(50) {
            let (terminal, _, item) = self.lend()?;
            (terminal, item)
        } else {
            let (branch, reader, item) = self.ready()?;
            let terminal = self.planner.lending_terminal(branch);
            self.one(terminal, Ask::Lend { reader, item });
            (terminal, item)
        };
        self.one(terminal, Ask::UndoLoan { item });
        Some(())
    }

    fn undo_a_return(&mut self) -> Option<()> {
        let item = self
            .planner
            .item(|library, item| library.loan(item).is_some())?;
        let reader = self.planner.library.loan(item)?.reader;
        let terminal = self.somewhere(item)?;
        self.one(terminal, Ask::TakeBack { item });
        self.one(terminal, Ask::UndoReturn { reader, item });
        Some(())
    }

    fn lend_once_more(&mut self) -> Option<()> {
        let (terminal, reader, item) = self.lend()?;
        self.one(terminal, Ask::LendOnceMore { reader, item });
        Some(())
    }

    /// What the rules say no to.
    fn be_refused(&mut self) -> Option<()> {
        let planner = &mut *self.planner;
        let (terminal, reader) = (planner.any_terminal(), planner.any_reader());
        let lent = planner.item(|library, item| {
            library
                .loan(item)
                .is_some_and(|loan| loan.reader != reader && loan.terminal != terminal)
        });
        let ask = match planner.lot.below(7) {
            0 => Ask::Lend {
                reader,
                item: lent?,
            },
            1 => Ask::Renew {
                reader,
                item: lent?,
            },
            2 => Ask::UndoLoan { item: lent? },
            3 => {
                let held = |library: &Library, item| {
                    let hold = library.set_aside_for(item);
                    hold.is_some_and(|hold| library.holds[hold].reader != reader)
                };
                Ask::Lend {
                    reader,
                    item: planner.item(held)?,
                }
            }
            4 => {
                let title = planner.lot.below(planner.world.titles.len());
                planner
                    .library
                    .own_hold(reader, title)
                    .is_none()
                    .then_some(())?;
                Ask::GiveUp { reader, title }
            }
            5 => Ask::Pay {
                reader,
                cents: planner.library.owed[reader] + 1,
                number: planner.number,
            },
            _ => {
                let holds = &planner.library.holds;
                let active: Vec<_> = holds.iter().filter(|hold| hold.active).copied().collect();
                let hold = planner.lot.one_of(&active)?;
                Ask::Place {
                    reader: hold.reader,
                    title: hold.title,
                    pickup: hold.pickup,
                }
            }
        };
        self.one(terminal, ask);
        Some(())
    }
}

#[cfg(test)]
mod tests;
