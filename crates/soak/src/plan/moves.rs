//! What readers and staff do all day.

use super::draft::Draft;
use crate::{
    ask::Ask,
    library::{Hold, Library, Place},
};

/// No queue comes near the longest that the rules allow.
const LONG_QUEUE: usize = 7;

impl Draft<'_> {
    /// Something that somebody does. Nothing, where nothing of what was drawn can be done now.
    pub(super) fn anything(&mut self) -> Option<()> {
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
    pub(super) fn wanted(&mut self) -> Option<usize> {
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
        let active = |hold: &&Hold| hold.active;
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
