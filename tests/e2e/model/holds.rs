//! Who waits in the model, and what the clock brings them.

use super::command::TITLE_OF;
use super::library::{Hold, Library, Outcome, Place};

const MOST_HOLDS: usize = 2;
const LONGEST_QUEUE: usize = 3;
const HOLD_DAYS: i32 = 8;

impl Library {
    pub(super) fn place(&mut self, reader: usize, title: usize, pickup: usize) -> Outcome {
        let has_it = self
            .loans()
            .any(|(item, loan)| TITLE_OF[item] == title && loan.reader == reader);
        let holds = self
            .holds
            .iter()
            .filter(|hold| hold.active && hold.reader == reader);
        if has_it
            || !self.is_in_good_standing(reader)
            || !self.can_be_waited_for(title)
            || self.own_hold(reader, title).is_some()
            || self.waiting(title).count() >= LONGEST_QUEUE
            || holds.count() >= MOST_HOLDS
        {
            return Outcome::Refused;
        }
        self.holds.push(Hold {
            title,
            reader,
            pickup,
            expires: self.today + HOLD_DAYS,
            paused_until: None,
            active: true,
        });
        Outcome::Placed(self.holds.len() as i64 - 1)
    }

    pub(super) fn cancel(&mut self, reader: usize, title: usize) -> bool {
        let own = self.own_hold(reader, title);
        if let Some(hold) = own {
            self.holds[hold].active = false;
        }
        own.is_some()
    }

    /// Of a hold that waits, for a title of which a copy may come.
    pub(super) fn change(
        &mut self,
        reader: usize,
        title: usize,
        how: impl FnOnce(&mut Hold),
    ) -> bool {
        match self.own_hold(reader, title) {
            Some(hold) if !self.is_set_aside(hold) && self.can_be_waited_for(title) => {
                how(&mut self.holds[hold]);
                true
            }
            _ => false,
        }
    }

    pub(super) fn turn(&mut self) -> Outcome {
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
