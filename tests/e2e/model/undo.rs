//! What is taken back in the model, and what the model does not judge.

use super::{
    command::{Command, TITLE_OF},
    library::{Came, GRACE_DAYS, Library, Loan, Place},
};

impl Library {
    pub(super) fn undo_loan(&mut self, item: usize, at: usize) -> bool {
        let (Place::Loan(loan), Came::Lent { before }) = (self.places[item], self.came[item])
        else {
            return false;
        };
        if loan.again || loan.renewals > 0 || loan.branch != at || loan.lent_on != self.today {
            return false;
        }
        if let Some(hold) = loan.ended {
            self.holds[hold].active = true;
        }
        self.places[item] = before;
        self.came[item] = Came::Otherwise;
        true
    }

    pub(super) fn undo_return(&mut self, item: usize, at: usize) -> bool {
        let Came::Back { kiosk, on, loan } = self.came[item] else {
            return false;
        };
        if kiosk != at || on != self.today {
            return false;
        }
        if let Some(last) = self
            .suspensions
            .iter_mut()
            .rfind(|one| one.item == item && loan.due < on - GRACE_DAYS)
        {
            last.lifted = true;
        }
        self.places[item] = Place::Loan(Loan {
            again: true,
            ..loan
        });
        self.came[item] = Came::Otherwise;
        true
    }

    /// What is left out: a loan from the shelf to a reader for whom another copy is set aside, and the undoing of a loan
    /// that ended a hold, where its reader waits for the title again. What is right there is not the model's to say.
    pub(super) fn is_undecided(&self, command: Command) -> bool {
        match command {
            Command::Checkout { reader, item, .. } => {
                let own = self.own_hold(reader, TITLE_OF[item]);
                own.is_some_and(|hold| {
                    self.set_aside_for(item).is_none() && self.is_set_aside(hold)
                })
            }
            Command::UndoLoan { item, .. } => match self.places[item] {
                Place::Loan(Loan {
                    ended: Some(hold), ..
                }) => self
                    .own_hold(self.holds[hold].reader, TITLE_OF[item])
                    .is_some(),
                _ => false,
            },
            _ => false,
        }
    }
}
