//! What is taken back, as if it had not been, in the model.

use super::{Came, Hold, Library, Loan, On, Place};
use crate::ask::Expected;

impl Library {
    pub(super) fn undo_loan(&mut self, terminal: usize, item: usize) -> Expected {
        let (Place::Loan(loan), Came::Lent { before }) = (self.places[item], self.came[item])
        else {
            return Expected::Refused;
        };
        if loan.terminal != terminal || loan.renewals > 0 || loan.again {
            return Expected::Refused;
        }
        // Who has asked anew meanwhile waits once.
        if let Some(hold) = loan.ended {
            let Hold { reader, title, .. } = self.holds[hold];
            self.holds[hold].active = self.own_hold(reader, title).is_none();
        }
        self.places[item] = before;
        self.came[item] = Came::Otherwise;
        self.count("undo_checkout", On::Item(item));
        Expected::Undone
    }

    pub(super) fn undo_return(&mut self, terminal: usize, item: usize) -> Expected {
        let Came::Back { terminal: by, loan } = self.came[item] else {
            return Expected::Refused;
        };
        if by != terminal {
            return Expected::Refused;
        }
        self.places[item] = Place::Loan(Loan {
            again: true,
            ..loan
        });
        self.came[item] = Came::Otherwise;
        self.count("undo_checkin", On::Item(item));
        Expected::Undone
    }
}
