//! Lending, taking back and renewing in the model.

use circulation::Condition;
use desk::OldCard;

use super::{
    command::{Card, HOUSEHOLDS, OWNERS, TITLE_OF},
    library::{Came, Flaw, Library, Loan, Outcome, Place, Suspension},
};

const MOST_LOANS: usize = 3;
const LOAN_DAYS: i32 = 10;
pub(super) const GRACE_DAYS: i32 = 2;
const FINE_CENTS: i64 = 10;
const RENEWED_LATE: i32 = 3;
const SHELF_DAYS: i32 = 2;

impl Library {
    pub(super) fn checkout(&mut self, reader: usize, card: Card, item: usize, at: usize) -> bool {
        let opens = match card {
            Card::Newest => true,
            Card::Former => match self.former_cards[reader].last() {
                Some(old) => *old == OldCard::Alias,
                // A number that nobody has.
                None => return false,
            },
        };
        if let Place::Loan(loan) = self.places[item] {
            // The same kiosk asks again: that loan.
            return loan.reader == reader
                && loan.branch == at
                && loan.lent_on == self.today
                && loan.renewals == 0;
        }
        let set_aside = self.set_aside_for(item);
        if set_aside.is_some_and(|hold| !self.may_collect(reader, hold)) {
            return false;
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
        if !opens
            || !self.is_in_good_standing(reader)
            || self.conditions[item] != Condition::Good
            || has.count() >= MOST_LOANS
        {
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

    pub(super) fn take_back(&mut self, item: usize, at: usize) -> Outcome {
        let before = self.places[item];
        if before == Place::Nowhere {
            return Outcome::Refused;
        }
        let goes = self.way(item, at);
        if let Place::Loan(loan) = before {
            self.judge_lateness(item, loan);
            self.came[item] = Came::Back {
                kiosk: at,
                on: self.today,
                loan,
            };
            self.places[item] = goes;
        } else if !is_the_same(before, goes) {
            self.came[item] = Came::Otherwise;
            self.places[item] = goes;
        }
        let for_whom = self.set_aside_for(item);
        Outcome::Returned(for_whom.map(|hold| self.holds[hold].reader))
    }

    /// Where an item goes that is seen at a branch.
    fn way(&self, item: usize, at: usize) -> Place {
        let before = self.places[item];
        let set_aside = self.set_aside_for(item);
        match (before, set_aside) {
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
                let good = self.conditions[item] == Condition::Good;
                let served = self
                    .waiting(TITLE_OF[item])
                    .find(|hold| good && self.can_be_served(*hold));
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

    fn judge_lateness(&mut self, item: usize, loan: Loan) {
        let late = self.today - loan.due;
        if late > GRACE_DAYS {
            self.suspensions.push(Suspension {
                reader: loan.reader,
                item,
                free_on: self.today + late,
                lifted: false,
            });
            self.charge(loan.reader, i64::from(late) * FINE_CENTS, Some(item));
        }
    }

    pub(super) fn renew(&mut self, reader: usize, item: usize) -> bool {
        let Place::Loan(loan) = self.places[item] else {
            return false;
        };
        let condition = self.conditions[item];
        // Who waits can only be served by a good copy.
        let others = condition == Condition::Good
            && self.flaw != Some(Flaw::RenewsPastTheQueue)
            && self
                .waiting(TITLE_OF[item])
                .any(|hold| self.can_be_served(hold) && self.holds[hold].reader != reader);
        if loan.reader != reader
            || !self.is_in_good_standing(reader)
            || matches!(condition, Condition::Lost | Condition::ClaimedReturned)
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
}

/// An item that was sent off and is seen again before it left has not moved.
fn is_the_same(before: Place, goes: Place) -> bool {
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
