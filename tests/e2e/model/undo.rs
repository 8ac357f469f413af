//! What is taken back in the model.

use super::{
    command::TITLE_OF,
    library::{Came, Flaw, Library, Loan, Place},
    loans::GRACE_DAYS,
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
        if loan.due < on - GRACE_DAYS {
            self.forgive(item);
        }
        self.places[item] = Place::Loan(Loan {
            again: true,
            ..loan
        });
        self.came[item] = Came::Otherwise;
        true
    }

    /// What the last late return of an item cost; what is paid of it stays paid.
    fn forgive(&mut self, item: usize) {
        if self.flaw != Some(Flaw::StaysSuspended)
            && let Some(last) = self.suspensions.iter_mut().rfind(|one| one.item == item)
        {
            last.lifted = true;
        }
        if let Some(last) = self.fees.iter_mut().rfind(|fee| fee.late == Some(item)) {
            last.open = 0;
        }
    }
}
