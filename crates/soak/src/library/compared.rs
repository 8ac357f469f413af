//! The model as lines, in the words of the queries that read the database.

use super::{Library, On, Place};

impl Library {
    /// A line for each item: barcode, kind, branch, and what belongs to the kind.
    pub(crate) fn place_lines(&self) -> Vec<String> {
        let world = &self.world;
        let places = self.places.iter().enumerate();
        places
            .map(|(item, place)| {
                let barcode = &world.items[item].barcode;
                let holder = match self.set_aside_for(item) {
                    Some(hold) => world.readers[self.holds[hold].reader].card.as_str(),
                    None => "-",
                };
                match *place {
                    Place::Shelf(branch) => format!("{barcode} shelf {}", world.code(branch)),
                    Place::Loan(loan) => format!(
                        "{barcode} loan {} {} {}",
                        world.code(world.stands(loan.terminal)),
                        world.readers[loan.reader].card,
                        loan.renewals
                    ),
                    Place::Transit { from, to, .. } => format!(
                        "{barcode} transit {} {} {holder}",
                        world.code(from),
                        world.code(to)
                    ),
                    Place::HoldShelf { branch, .. } => {
                        format!("{barcode} hold_shelf {} {holder}", world.code(branch))
                    }
                }
            })
            .collect()
    }

    /// A line for each active hold: title, place in the order, card, pickup branch, and how far it has come.
    pub(crate) fn queue_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (title, known) in self.world.titles.iter().enumerate() {
            for (place, number) in self.active(title).enumerate() {
                let hold = &self.holds[number];
                let mut copies = known.items.iter();
                let copy = copies.find(|item| self.set_aside_for(**item) == Some(number));
                let state = match copy.map(|item| self.places[*item]) {
                    Some(Place::HoldShelf { .. }) => "hold_shelf",
                    Some(_) => "transit",
                    None => "waiting",
                };
                lines.push(format!(
                    "{} {} {} {} {state}",
                    known.name,
                    place + 1,
                    self.world.readers[hold.reader].card,
                    self.world.code(hold.pickup),
                ));
            }
        }
        lines
    }

    /// A line for each reader: card, and what is owed in cents.
    pub(crate) fn money_lines(&self) -> Vec<String> {
        let readers = self.world.readers.iter().zip(&self.owed);
        readers
            .map(|(reader, owed)| format!("{} {owed}", reader.card))
            .collect()
    }

    /// A line for each kind of effect on an item or a reader: the log's name of it, barcode or card, how many.
    pub(crate) fn effect_lines(&self) -> Vec<String> {
        let world = &self.world;
        let effects = self.effects.iter();
        effects
            .map(|((kind, on), count)| match on {
                On::Item(item) => format!("{kind} {} {count}", world.items[*item].barcode),
                On::Reader(reader) => format!("{kind} {} {count}", world.readers[*reader].card),
            })
            .collect()
    }
}
