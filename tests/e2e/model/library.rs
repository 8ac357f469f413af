//! The library as one would play it with cards on a table: items in places, holds in a row, money in a book.
//!
//! The rules, in words, and in `policy` as the desk reads them: a household may have three loans, a reader two holds, a
//! queue has three places; ten days a loan and once ten more; after two days late every late day suspends for one and
//! costs ten cents; three days late and nothing is renewed; a hold waits eight days, and two on the hold shelf.

use circulation::Condition;
use desk::OldCard;

use super::command::{Command, Does, GUARANTORS, ITEMS, OWNERS, READERS, TITLE_OF};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Loan {
    pub(super) reader: usize,
    pub(super) branch: usize,
    pub(super) due: i32,
    pub(super) renewals: u8,
    pub(super) lent_on: i32,
    /// The hold that it ended.
    pub(super) ended: Option<usize>,
    /// It goes on after an undone return.
    pub(super) again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
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
        until: i32,
    },
    /// It is withdrawn.
    Nowhere,
}

/// How an item came where it is, as far as it can be taken back.
#[derive(Debug, Clone, Copy)]
pub(super) enum Came {
    Lent { before: Place },
    Back { kiosk: usize, on: i32, loan: Loan },
    Otherwise,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    pub(super) title: usize,
    pub(super) reader: usize,
    pub(super) pickup: usize,
    pub(super) expires: i32,
    pub(super) paused_until: Option<i32>,
    pub(super) active: bool,
}

pub(super) struct Suspension {
    pub(super) reader: usize,
    pub(super) item: usize,
    pub(super) free_on: i32,
    pub(super) lifted: bool,
}

pub(super) struct Fee {
    pub(super) reader: usize,
    /// What is still owed of it, in cents.
    pub(super) open: i64,
    /// The item that came back late.
    pub(super) late: Option<usize>,
}

/// What a command came to, as far as both sides tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Refused,
    Done,
    /// A return, and the reader for whom the item is set aside.
    Returned(Option<usize>),
    /// A hold was placed: the model's number of it, or the database's.
    Placed(i64),
    /// How many holds lapsed, and how many were not collected.
    Turned(usize, usize),
}

/// A mistake in the model, made on purpose: what must be found, and told in few commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A loan is renewed though another reader waits for its title.
    RenewsPastTheQueue,
    /// An undone return leaves its reader suspended.
    StaysSuspended,
}

pub(super) struct Library {
    pub(super) flaw: Option<Flaw>,
    pub(super) today: i32,
    pub(super) places: [Place; ITEMS],
    pub(super) conditions: [Condition; ITEMS],
    pub(super) came: [Came; ITEMS],
    /// In the order of the queue; those that are over stay, since items may still lie there for them.
    pub(super) holds: Vec<Hold>,
    pub(super) suspensions: Vec<Suspension>,
    /// The oldest first.
    pub(super) fees: Vec<Fee>,
    /// Reader and number of the payments that were taken and may be sent again.
    pub(super) paid: Vec<(usize, usize)>,
    pub(super) blocks: [usize; READERS],
    /// What became of each card that the reader had before, the oldest first.
    pub(super) former_cards: [Vec<OldCard>; READERS],
}

impl Library {
    pub(super) fn new(flaw: Option<Flaw>) -> Self {
        Self {
            flaw,
            today: 0,
            places: OWNERS.map(Place::Shelf),
            conditions: [Condition::Good; ITEMS],
            came: [Came::Otherwise; ITEMS],
            holds: Vec::new(),
            suspensions: Vec::new(),
            fees: Vec::new(),
            paid: Vec::new(),
            blocks: [0; READERS],
            former_cards: Default::default(),
        }
    }

    pub(super) fn play(&mut self, command: Command) -> Outcome {
        let title = command.title();
        let Command {
            does,
            reader,
            item,
            at,
        } = command;
        let done = match does {
            Does::Return => return self.take_back(item, at),
            Does::Place => return self.place(reader, title, at),
            Does::Turn => return self.turn(),
            Does::Checkout(card) => self.checkout(reader, card, item, at),
            Does::Renew => self.renew(reader, item),
            Does::Cancel => self.cancel(reader, title),
            Does::Move => self.change(reader, title, |hold| hold.pickup = at),
            Does::Pause(days) => {
                let until = days.map(|days| self.today + days);
                self.change(reader, title, |hold| hold.paused_until = until)
            }
            Does::UndoLoan => self.undo_loan(item, at),
            Does::UndoReturn => self.undo_return(item, at),
            Does::Declare(condition) => self.declare(item, condition, at),
            Does::Pay { cents, number } => self.pay(reader, cents, number),
            Does::Waive(cents) => self.settle(reader, cents),
            Does::Unblock => std::mem::take(&mut self.blocks[reader]) > 0,
            Does::Charge(cents) => {
                self.charge(reader, cents, None);
                true
            }
            Does::Block => {
                self.blocks[reader] += 1;
                true
            }
            Does::ReplaceCard(old) => {
                self.former_cards[reader].push(old);
                true
            }
            Does::Days(days) => {
                self.today += days;
                true
            }
        };
        if done {
            Outcome::Done
        } else {
            Outcome::Refused
        }
    }

    /// Neither suspended nor blocked; the newest card is always a good one.
    pub(super) fn is_in_good_standing(&self, reader: usize) -> bool {
        self.blocks[reader] == 0
            && self
                .suspended_until(reader)
                .is_none_or(|day| day <= self.today)
    }

    /// The day on which the reader is, or was, free again.
    pub(super) fn suspended_until(&self, reader: usize) -> Option<i32> {
        let all = self.suspensions.iter();
        let those = all.filter(|one| one.reader == reader && !one.lifted);
        those.map(|one| one.free_on).max()
    }

    /// The reader's active hold on a title: there is one at most.
    pub(super) fn own_hold(&self, reader: usize, title: usize) -> Option<usize> {
        let mut all = self.holds.iter();
        all.position(|hold| hold.active && hold.reader == reader && hold.title == title)
    }

    /// The active hold that an item is set aside for.
    pub(super) fn set_aside_for(&self, item: usize) -> Option<usize> {
        match self.places[item] {
            Place::Transit { hold, .. } => hold,
            Place::HoldShelf { hold, .. } => Some(hold),
            Place::Shelf(_) | Place::Loan(_) | Place::Nowhere => None,
        }
        .filter(|hold| self.holds[*hold].active)
    }

    pub(super) fn is_set_aside(&self, hold: usize) -> bool {
        (0..ITEMS).any(|item| self.set_aside_for(item) == Some(hold))
    }

    /// Whether a reader may take home what is set aside for a hold.
    pub(super) fn may_collect(&self, reader: usize, hold: usize) -> bool {
        let owner = self.holds[hold].reader;
        owner == reader || GUARANTORS[owner] == Some(reader)
    }

    pub(super) fn loans(&self) -> impl Iterator<Item = (usize, Loan)> {
        self.places
            .iter()
            .enumerate()
            .filter_map(|(item, place)| match place {
                Place::Loan(loan) => Some((item, *loan)),
                _ => None,
            })
    }

    /// The holds on a title for which nothing is set aside, in the order of the queue.
    pub(super) fn waiting(&self, title: usize) -> impl Iterator<Item = usize> {
        (0..self.holds.len()).filter(move |hold| {
            self.holds[*hold].active
                && self.holds[*hold].title == title
                && !self.is_set_aside(*hold)
        })
    }

    /// Neither paused nor over.
    pub(super) fn can_be_served(&self, hold: usize) -> bool {
        let hold = &self.holds[hold];
        hold.paused_until.is_none_or(|until| until <= self.today) && self.today <= hold.expires
    }

    /// Whether any copy of a title is good, or will be.
    pub(super) fn can_be_waited_for(&self, title: usize) -> bool {
        let usable = |item: &usize| {
            matches!(
                self.conditions[*item],
                Condition::Good | Condition::InProcess
            )
        };
        (0..ITEMS)
            .filter(|item| TITLE_OF[*item] == title)
            .any(|item| usable(&item))
    }
}
