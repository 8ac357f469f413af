//! The plain model: a library as one would play it with cards on a table. Items are in places, holds in a row, money
//! in a purse.
//!
//! It knows the rules as far as the plan meets them: adults in good standing, books and games long in service, one
//! day on which nothing falls due.

mod compared;
mod late;
mod undo;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    ask::{Ask, Expected, Goes},
    world::{MOST_GAMES, World},
};

/// A day's order of events, coarse: what happens while a part of the day goes on has an odd number; what a terminal
/// did without a line before that part, the even one before.
pub(crate) type Moment = u32;

/// Where an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Shelf(usize),
    Loan(Loan),
    Transit {
        from: usize,
        to: usize,
        hold: Option<usize>,
    },
    HoldShelf {
        branch: usize,
        hold: usize,
    },
}

/// Who has it, since which terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Loan {
    pub(crate) reader: usize,
    pub(crate) terminal: usize,
    pub(crate) renewals: u8,
    /// The hold that it ended.
    pub(crate) ended: Option<usize>,
    /// It goes on after an undone return.
    pub(crate) again: bool,
}

/// How an item came where it is, as far as it can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Lent { before: Place },
    Back { terminal: usize, loan: Loan },
    Otherwise,
}

/// What an effect is an effect on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum On {
    Item(usize),
    Reader(usize),
}

/// Somebody waits for a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) title: usize,
    pub(crate) reader: usize,
    pub(crate) pickup: usize,
    pub(crate) active: bool,
}

/// The library, now.
#[derive(Debug, Clone)]
pub(crate) struct Library {
    world: Arc<World>,
    pub(crate) places: Vec<Place>,
    came: Vec<Came>,
    /// When an item was seen last.
    seen: Vec<Moment>,
    /// In the order in which they were placed; those that are over stay, since items may still lie there for them.
    pub(crate) holds: Vec<Hold>,
    /// The holds of each title, in their order.
    queues: Vec<Vec<usize>>,
    /// What each reader owes, in cents.
    pub(crate) owed: Vec<i64>,
    /// How many effects of each kind there were, on which item or reader: the log must have as many.
    effects: BTreeMap<(&'static str, On), u64>,
    now: Moment,
}

impl Library {
    /// Everything on its owner's shelf.
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self {
            places: world
                .items
                .iter()
                .map(|item| Place::Shelf(item.owner))
                .collect(),
            came: vec![Came::Otherwise; world.items.len()],
            seen: vec![0; world.items.len()],
            holds: Vec::new(),
            queues: vec![Vec::new(); world.titles.len()],
            owed: world.readers.iter().map(|reader| reader.owes).collect(),
            effects: BTreeMap::new(),
            now: 1,
            world,
        }
    }

    /// The next part of the day.
    pub(crate) fn go_on(&mut self) {
        self.now += 2;
    }

    /// Does what is asked at a terminal, or does not; what the terminal must be told.
    pub(crate) fn play(&mut self, terminal: usize, ask: &Ask) -> Expected {
        let expected = match *ask {
            Ask::Lend { reader, item } => self.lend(terminal, reader, item),
            Ask::LendOnceMore { reader, item } => match self.places[item] {
                Place::Loan(loan) if loan.reader == reader && loan.terminal == terminal => {
                    Expected::Lent
                }
                _ => Expected::Refused,
            },
            Ask::TakeBack { item } => Expected::Back(self.take_back(terminal, item, false)),
            Ask::Renew { reader, item } => self.renew(reader, item),
            Ask::Place {
                reader,
                title,
                pickup,
            } => self.place(reader, title, pickup),
            Ask::GiveUp { reader, title } => match self.own_hold(reader, title) {
                Some(hold) => {
                    self.holds[hold].active = false;
                    self.count("hold_cancel", On::Reader(reader));
                    Expected::GivenUp
                }
                None => Expected::Refused,
            },
            Ask::UndoLoan { item } => self.undo_loan(terminal, item),
            Ask::UndoReturn { item, .. } => self.undo_return(terminal, item),
            Ask::Pay { reader, cents, .. } => {
                if cents > self.owed[reader] {
                    Expected::Refused
                } else {
                    self.owed[reader] -= cents;
                    self.count("payment", On::Reader(reader));
                    Expected::Paid
                }
            }
            Ask::LateLend { reader, item } => self.late_lend(terminal, reader, item),
            Ask::LateTakeBack { item } => self.late_take_back(terminal, item),
            Ask::LateUnknown { .. } => Expected::Refused,
        };
        if let Some(item) = ask.item()
            && !matches!(expected, Expected::Refused | Expected::Renewed)
        {
            // Who renews need not have it at hand.
            self.seen[item] = self.seen[item].max(self.moment(ask));
        }
        expected
    }

    fn moment(&self, ask: &Ask) -> Moment {
        if ask.is_late() {
            self.now - 1
        } else {
            self.now
        }
    }

    fn count(&mut self, kind: &'static str, on: On) {
        *self.effects.entry((kind, on)).or_default() += 1;
    }

    /// How many effects of each kind there were in all.
    pub(crate) fn effects(&self) -> BTreeMap<&'static str, u64> {
        let mut kinds = BTreeMap::new();
        for ((kind, _), count) in &self.effects {
            *kinds.entry(*kind).or_default() += count;
        }
        kinds
    }

    fn title(&self, item: usize) -> usize {
        self.world.items[item].title
    }

    /// The reader's active hold on a title: there is one at most.
    pub(crate) fn own_hold(&self, reader: usize, title: usize) -> Option<usize> {
        self.active(title)
            .find(|hold| self.holds[*hold].reader == reader)
    }

    /// The active holds on a title, in their order.
    pub(crate) fn active(&self, title: usize) -> impl Iterator<Item = usize> {
        let queue = self.queues[title].iter().copied();
        queue.filter(|hold| self.holds[*hold].active)
    }

    /// The active hold that an item is set aside for.
    pub(crate) fn set_aside_for(&self, item: usize) -> Option<usize> {
        match self.places[item] {
            Place::Transit { hold, .. } => hold,
            Place::HoldShelf { hold, .. } => Some(hold),
            Place::Shelf(_) | Place::Loan(_) => None,
        }
        .filter(|hold| self.holds[*hold].active)
    }

    fn is_set_aside(&self, hold: usize) -> bool {
        let copies = &self.world.titles[self.holds[hold].title].items;
        copies
            .iter()
            .any(|item| self.set_aside_for(*item) == Some(hold))
    }

    /// The holds on a title that no copy is set aside for, in their order.
    pub(crate) fn waiting(&self, title: usize) -> impl Iterator<Item = usize> {
        self.active(title).filter(|hold| !self.is_set_aside(*hold))
    }

    /// How many holds of a reader are active.
    pub(crate) fn holds_of(&self, reader: usize) -> usize {
        let all = self.holds.iter();
        all.filter(|hold| hold.active && hold.reader == reader)
            .count()
    }

    /// The loan of an item, if it is lent.
    pub(crate) fn loan(&self, item: usize) -> Option<Loan> {
        match self.places[item] {
            Place::Loan(loan) => Some(loan),
            _ => None,
        }
    }

    /// What the members of a household have on loan: games, or everything.
    pub(crate) fn lent_to(&self, household: usize, only_games: bool) -> usize {
        let lent = (0..self.places.len()).filter(|item| {
            self.loan(*item)
                .is_some_and(|loan| self.world.readers[loan.reader].household == household)
        });
        lent.filter(|item| !only_games || self.world.titles[self.title(*item)].game)
            .count()
    }

    fn lend(&mut self, terminal: usize, reader: usize, item: usize) -> Expected {
        let branch = self.world.stands(terminal);
        let set_aside = self.set_aside_for(item);
        let somebody_elses = set_aside.is_some_and(|hold| self.holds[hold].reader != reader);
        let on_its_way = match self.places[item] {
            Place::Transit { to, .. } => to != branch || set_aside.is_none(),
            _ => false,
        };
        let household = self.world.readers[reader].household;
        let too_many_games =
            self.world.titles[self.title(item)].game && self.lent_to(household, true) >= MOST_GAMES;
        if self.loan(item).is_some()
            || somebody_elses
            || on_its_way
            || too_many_games
            || !self.world.lends(branch)
        {
            return Expected::Refused;
        }
        self.give(terminal, reader, item);
        Expected::Lent
    }

    /// The loan itself. It ends the hold that the item is set aside for, or else the reader's own on the title.
    fn give(&mut self, terminal: usize, reader: usize, item: usize) {
        let ended = self
            .set_aside_for(item)
            .filter(|hold| self.holds[*hold].reader == reader)
            .or(self.own_hold(reader, self.title(item)));
        if let Some(hold) = ended {
            self.holds[hold].active = false;
        }
        self.came[item] = Came::Lent {
            before: self.places[item],
        };
        self.places[item] = Place::Loan(Loan {
            reader,
            terminal,
            renewals: 0,
            ended,
            again: false,
        });
        self.count("checkout", On::Item(item));
    }

    fn take_back(&mut self, terminal: usize, item: usize, logged_anyway: bool) -> Goes {
        let here = self.world.stands(terminal);
        let before = self.places[item];
        let set_aside = self.set_aside_for(item);
        let after = match (before, set_aside) {
            (Place::HoldShelf { branch, .. }, Some(_)) if branch == here => before,
            (Place::HoldShelf { branch: to, .. }, Some(_)) | (Place::Transit { to, .. }, _)
                if to != here =>
            {
                Place::Transit {
                    from: here,
                    to,
                    hold: set_aside,
                }
            }
            (Place::Transit { .. }, Some(hold)) => self.for_hold(hold, here),
            _ => match self.waiting(self.title(item)).next() {
                Some(hold) => self.for_hold(hold, here),
                None if self.world.at_home(item, here) => Place::Shelf(here),
                None => Place::Transit {
                    from: here,
                    to: self.world.items[item].owner,
                    hold: None,
                },
            },
        };
        let moved = !is_the_same(before, after);
        if moved {
            self.came[item] = match before {
                Place::Loan(loan) => Came::Back { terminal, loan },
                _ => Came::Otherwise,
            };
            self.places[item] = after;
        }
        if moved || logged_anyway {
            self.count("checkin", On::Item(item));
        }
        let reader = self.set_aside_for(item).map(|hold| self.holds[hold].reader);
        match (after, reader) {
            (Place::Transit { to, .. }, Some(reader)) => Goes::TravelsFor { to, reader },
            (Place::Transit { to, .. }, None) => Goes::Travels { to },
            (_, Some(reader)) => Goes::SetAside { reader },
            (_, None) => Goes::Stays,
        }
    }

    fn for_hold(&self, hold: usize, here: usize) -> Place {
        let pickup = self.holds[hold].pickup;
        if pickup == here {
            Place::HoldShelf { branch: here, hold }
        } else {
            Place::Transit {
                from: here,
                to: pickup,
                hold: Some(hold),
            }
        }
    }

    fn renew(&mut self, reader: usize, item: usize) -> Expected {
        let others = self
            .waiting(self.title(item))
            .any(|hold| self.holds[hold].reader != reader);
        let game = self.world.titles[self.title(item)].game;
        match &mut self.places[item] {
            Place::Loan(loan)
                if loan.reader == reader && loan.renewals == 0 && !others && !game =>
            {
                loan.renewals = 1;
                self.count("renew", On::Item(item));
                Expected::Renewed
            }
            _ => Expected::Refused,
        }
    }

    fn place(&mut self, reader: usize, title: usize, pickup: usize) -> Expected {
        let copies = &self.world.titles[title].items;
        let has_it = copies
            .iter()
            .any(|item| self.loan(*item).is_some_and(|loan| loan.reader == reader));
        if has_it || self.own_hold(reader, title).is_some() {
            return Expected::Refused;
        }
        let before = self.waiting(title).count();
        self.queues[title].push(self.holds.len());
        self.holds.push(Hold {
            title,
            reader,
            pickup,
            active: true,
        });
        self.count("hold", On::Reader(reader));
        Expected::Waits { before }
    }
}

/// An item that was sent off and is seen again before it left has not moved.
fn is_the_same(before: Place, after: Place) -> bool {
    match (before, after) {
        (
            Place::Transit { from, to, .. },
            Place::Transit {
                from: from_now,
                to: to_now,
                ..
            },
        ) => (from, to) == (from_now, to_now),
        _ => before == after,
    }
}

#[cfg(test)]
mod tests;
