//! What is taken back in the model.

use super::{
    command::TITLE_OF,
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
        // Who has asked anew meanwhile waits once.
        if let Some(hold) = loan.ended {
            let asked_anew = self.own_hold(self.holds[hold].reader, TITLE_OF[item]);
            self.holds[hold].active = asked_anew.is_none();
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
}
