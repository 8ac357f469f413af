//! What staff and machines declare in the model: money, and the state of an item.

use circulation::Condition;

use super::library::{Came, Fee, Library, Place};

impl Library {
    pub(super) fn charge(&mut self, reader: usize, cents: i64, late: Option<usize>) {
        self.fees.push(Fee {
            reader,
            open: cents,
            late,
        });
    }

    /// A payment that is sent again is told as it was taken, whatever amount it names now.
    pub(super) fn pay(&mut self, reader: usize, cents: i64, number: Option<usize>) -> bool {
        let payment = number.map(|number| (reader, number));
        if payment.is_some_and(|payment| self.paid.contains(&payment)) {
            return true;
        }
        let settled = self.settle(reader, cents);
        if settled {
            self.paid.extend(payment);
        }
        settled
    }

    /// The oldest fee first, and never more than is owed.
    pub(super) fn settle(&mut self, reader: usize, cents: i64) -> bool {
        let own = self.fees.iter_mut().filter(|fee| fee.reader == reader);
        let own: Vec<_> = own.collect();
        if cents > own.iter().map(|fee| fee.open).sum() {
            return false;
        }
        let mut left = cents;
        for fee in own {
            let part = fee.open.min(left);
            fee.open -= part;
            left -= part;
        }
        true
    }

    /// A loan stays one, and so nothing that is lent is withdrawn. What is not good is set aside for nobody: it stands
    /// where it was seen last. What was withdrawn comes back where it is declared.
    pub(super) fn declare(&mut self, item: usize, condition: Condition, at: usize) -> bool {
        let place = self.places[item];
        let goes = match place {
            Place::Loan(_) if condition == Condition::Withdrawn => return false,
            Place::Loan(_) => place,
            _ if condition == Condition::Withdrawn => Place::Nowhere,
            Place::Nowhere => Place::Shelf(at),
            Place::HoldShelf { branch: seen, .. }
            | Place::Transit {
                from: seen,
                hold: Some(_),
                ..
            } if condition != Condition::Good => Place::Shelf(seen),
            _ => place,
        };
        self.conditions[item] = condition;
        if goes != place {
            self.came[item] = Came::Otherwise;
        }
        self.places[item] = goes;
        true
    }
}
