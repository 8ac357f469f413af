//! The library as one would play it with cards on a table: items in places, holds in a row.

use super::command::{Command, GUARANTORS, HOUSEHOLDS, ITEMS, OWNERS, TITLE_OF};

/// The rules, in words and in `policy`: a household may have three loans, a reader two holds, a queue has three places;
/// ten days a loan and once ten more; after two days late every late day suspends for one; three days late and nothing
/// is renewed; a hold waits eight days, and two on the hold shelf.
const MOST_LOANS: usize = 3;
const MOST_HOLDS: usize = 2;
const LONGEST_QUEUE: usize = 3;
const LOAN_DAYS: i32 = 10;
pub(super) const GRACE_DAYS: i32 = 2;
const RENEWED_LATE: i32 = 3;
const HOLD_DAYS: i32 = 8;
const SHELF_DAYS: i32 = 2;

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
    reader: usize,
    pub(super) item: usize,
    free_on: i32,
    pub(super) lifted: bool,
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

pub(super) struct Library {
    pub(super) today: i32,
    pub(super) places: [Place; ITEMS],
    /// In the order of the queue; those that are over stay, since items may still lie there for them.
    pub(super) holds: Vec<Hold>,
    pub(super) came: [Came; ITEMS],
    pub(super) suspensions: Vec<Suspension>,
}

impl Library {
    pub(super) fn new() -> Self {
        Self {
            today: 0,
            places: OWNERS.map(Place::Shelf),
            holds: Vec::new(),
            came: [Came::Otherwise; ITEMS],
            suspensions: Vec::new(),
        }
    }

    pub(super) fn play(&mut self, command: Command) -> Outcome {
        let done = match command {
            Command::Checkout { reader, item, at } => self.checkout(reader, item, at),
            Command::Return { item, at } => return self.take_back(item, at),
            Command::Renew { reader, item } => self.renew(reader, item),
            Command::Place {
                reader,
                title,
                pickup,
            } => {
                return match self.place(reader, title, pickup) {
                    Some(hold) => Outcome::Placed(hold as i64),
                    None => Outcome::Refused,
                };
            }
            Command::Cancel { reader, title } => match self.own_hold(reader, title) {
                Some(hold) => {
                    self.holds[hold].active = false;
                    true
                }
                None => false,
            },
            Command::Move {
                reader,
                title,
                pickup,
            } => match self.own_hold(reader, title) {
                Some(hold) if !self.is_set_aside(hold) => {
                    self.holds[hold].pickup = pickup;
                    true
                }
                _ => false,
            },
            Command::Pause {
                reader,
                title,
                days,
            } => match self.own_hold(reader, title) {
                Some(hold) if !self.is_set_aside(hold) => {
                    self.holds[hold].paused_until = days.map(|days| self.today + days);
                    true
                }
                _ => false,
            },
            Command::UndoLoan { item, at } => self.undo_loan(item, at),
            Command::UndoReturn { item, at } => self.undo_return(item, at),
            Command::Turn => return self.turn(),
            Command::Days(days) => {
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

    fn is_suspended(&self, reader: usize) -> bool {
        let mut all = self.suspensions.iter();
        all.any(|one| one.reader == reader && !one.lifted && self.today < one.free_on)
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
            Place::Shelf(_) | Place::Loan(_) => None,
        }
        .filter(|hold| self.holds[*hold].active)
    }

    pub(super) fn is_set_aside(&self, hold: usize) -> bool {
        (0..ITEMS).any(|item| self.set_aside_for(item) == Some(hold))
    }

    fn loans(&self) -> impl Iterator<Item = (usize, Loan)> {
        self.places
            .iter()
            .enumerate()
            .filter_map(|(item, place)| match place {
                Place::Loan(loan) => Some((item, *loan)),
                _ => None,
            })
    }

    fn waiting(&self, title: usize) -> impl Iterator<Item = usize> {
        (0..self.holds.len()).filter(move |hold| {
            self.holds[*hold].active
                && self.holds[*hold].title == title
                && !self.is_set_aside(*hold)
        })
    }

    /// Neither paused nor over.
    fn can_be_served(&self, hold: usize) -> bool {
        let hold = &self.holds[hold];
        hold.paused_until.is_none_or(|until| until <= self.today) && self.today <= hold.expires
    }

    fn checkout(&mut self, reader: usize, item: usize, at: usize) -> bool {
        if let Place::Loan(loan) = self.places[item] {
            // The same kiosk asks again: that loan.
            return loan.reader == reader
                && loan.branch == at
                && loan.lent_on == self.today
                && loan.renewals == 0;
        }
        let set_aside = self.set_aside_for(item);
        if let Some(hold) = set_aside {
            let owner = self.holds[hold].reader;
            if owner != reader && GUARANTORS[owner] != Some(reader) {
                return false;
            }
        }
        if let Place::Transit { to, .. } = self.places[item]
            && (to != at || set_aside.is_none())
        {
            return false;
        }
        let household = HOUSEHOLDS[reader];
        let has = self
            .loans()
            .filter(|(_, loan)| HOUSEHOLDS[loan.reader] == household);
        if self.is_suspended(reader) || has.count() >= MOST_LOANS {
            return false;
        }
        let ended = set_aside.or(self.own_hold(reader, TITLE_OF[item]));
        if let Some(hold) = ended {
            self.holds[hold].active = false;
        }
        self.came[item] = Came::Lent {
            before: self.places[item],
        };
        self.places[item] = Place::Loan(Loan {
            reader,
            branch: at,
            due: self.today + LOAN_DAYS,
            renewals: 0,
            lent_on: self.today,
            ended,
            again: false,
        });
        true
    }

    fn take_back(&mut self, item: usize, at: usize) -> Outcome {
        let before = self.places[item];
        let set_aside = self.set_aside_for(item);
        let goes = match (before, set_aside) {
            (Place::HoldShelf { branch, .. }, Some(_)) if branch == at => before,
            (Place::HoldShelf { branch: to, .. }, Some(_)) | (Place::Transit { to, .. }, _)
                if to != at =>
            {
                Place::Transit {
                    from: at,
                    to,
                    hold: set_aside,
                }
            }
            (Place::Transit { .. }, Some(hold)) => self.for_hold(hold, at),
            _ => {
                let served = self
                    .waiting(TITLE_OF[item])
                    .find(|hold| self.can_be_served(*hold));
                match served {
                    Some(hold) => self.for_hold(hold, at),
                    None if OWNERS[item] == at => Place::Shelf(at),
                    None => Place::Transit {
                        from: at,
                        to: OWNERS[item],
                        hold: None,
                    },
                }
            }
        };
        if let Place::Loan(loan) = before {
            let late = self.today - loan.due;
            if late > GRACE_DAYS {
                self.suspensions.push(Suspension {
                    reader: loan.reader,
                    item,
                    free_on: self.today + late,
                    lifted: false,
                });
            }
            self.came[item] = Came::Back {
                kiosk: at,
                on: self.today,
                loan,
            };
        } else if !self.is_the_same(before, goes) {
            self.came[item] = Came::Otherwise;
        }
        self.places[item] = goes;
        let for_whom = self.set_aside_for(item);
        Outcome::Returned(for_whom.map(|hold| self.holds[hold].reader))
    }

    /// An item that was sent off and is seen again before it left has not moved.
    fn is_the_same(&self, before: Place, goes: Place) -> bool {
        match (before, goes) {
            (
                Place::Transit { from, to, .. },
                Place::Transit {
                    from: from_now,
                    to: to_now,
                    ..
                },
            ) => (from, to) == (from_now, to_now),
            _ => before == goes,
        }
    }

    fn for_hold(&self, hold: usize, at: usize) -> Place {
        let pickup = self.holds[hold].pickup;
        if pickup == at {
            Place::HoldShelf {
                branch: at,
                hold,
                until: self.today + SHELF_DAYS,
            }
        } else {
            Place::Transit {
                from: at,
                to: pickup,
                hold: Some(hold),
            }
        }
    }

    fn renew(&mut self, reader: usize, item: usize) -> bool {
        let Place::Loan(loan) = self.places[item] else {
            return false;
        };
        let others = self
            .waiting(TITLE_OF[item])
            .any(|hold| self.can_be_served(hold) && self.holds[hold].reader != reader);
        if loan.reader != reader
            || self.is_suspended(reader)
            || loan.renewals > 0
            || self.today - loan.due > RENEWED_LATE
            || others
        {
            return false;
        }
        self.places[item] = Place::Loan(Loan {
            due: loan.due + LOAN_DAYS,
            renewals: 1,
            ..loan
        });
        true
    }

    fn place(&mut self, reader: usize, title: usize, pickup: usize) -> Option<usize> {
        let has_it = self
            .loans()
            .any(|(item, loan)| TITLE_OF[item] == title && loan.reader == reader);
        let holds = self
            .holds
            .iter()
            .filter(|hold| hold.active && hold.reader == reader);
        if has_it
            || self.is_suspended(reader)
            || self.own_hold(reader, title).is_some()
            || self.waiting(title).count() >= LONGEST_QUEUE
            || holds.count() >= MOST_HOLDS
        {
            return None;
        }
        self.holds.push(Hold {
            title,
            reader,
            pickup,
            expires: self.today + HOLD_DAYS,
            paused_until: None,
            active: true,
        });
        Some(self.holds.len() - 1)
    }

    fn turn(&mut self) -> Outcome {
        let (mut lapsed, mut not_collected) = (Vec::new(), Vec::new());
        for hold in 0..self.holds.len() {
            let shelf = self.places.iter().find_map(|place| match place {
                Place::HoldShelf {
                    hold: of, until, ..
                } if *of == hold => Some(*until),
                _ => None,
            });
            match shelf {
                _ if !self.holds[hold].active => {}
                Some(until) if until < self.today => not_collected.push(hold),
                None if !self.is_set_aside(hold) && self.holds[hold].expires < self.today => {
                    lapsed.push(hold);
                }
                _ => {}
            }
        }
        for hold in lapsed.iter().chain(&not_collected) {
            self.holds[*hold].active = false;
        }
        Outcome::Turned(lapsed.len(), not_collected.len())
    }
}
