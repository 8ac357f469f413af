//! What terminals did without a line, in the model.

use super::{Library, Place};
use crate::ask::{Ask, Expected};

impl Library {
    /// Whatever the rules say, the reader has it: unless it was seen after that moment. Whoever had it since before
    /// has it no longer.
    pub(super) fn late_lend(&mut self, terminal: usize, reader: usize, item: usize) -> Expected {
        if self.seen[item] > self.moment(&Ask::LateLend { reader, item }) {
            return Expected::Refused;
        }
        if matches!(self.places[item], Place::Loan(_)) {
            self.take_back(terminal, item, true);
        }
        self.give(terminal, reader, item);
        Expected::Lent
    }

    /// A return like another one: unless the item was lent after that moment. The log has a line of it even where the
    /// item has not moved.
    pub(super) fn late_take_back(&mut self, terminal: usize, item: usize) -> Expected {
        if self.seen[item] > self.moment(&Ask::LateTakeBack { item }) && self.loan(item).is_some() {
            return Expected::Refused;
        }
        Expected::Back(self.take_back(terminal, item, true))
    }
}
