//! The demonstration network: works, copies, readers and loans for 27 branches, as plain data.
//!
//! The works are real and come from the tables in `data/`. Everybody and everything else is made
//! up, in a way that cannot be taken for a real resident of a real commune: `data/README.md` says
//! how. The rules are those of the [`Rulebook`] that is given, so that every loan in progress is
//! one that the network would make.
//!
//! It is not an importer: nothing is read, written or stored here, and no clock is looked at. The
//! same day and the same rulebook give the same demonstration. On another day the same readers
//! hold the same cards and the same copies bear the same barcodes; only dates and loans move.
//!
//! ```
//! use circulation::Rulebook;
//! use jiff::civil::date;
//!
//! let demo = relire_demo::demo(date(2026, 6, 3), &Rulebook::default());
//! let first = &demo.items[0];
//! assert!(demo.items.len() > 3_500);
//! assert!(!demo.works[first.work].title.is_empty());
//! assert!(demo.loans.is_empty(), "no rules are in force, so nothing could be lent");
//! ```
#![forbid(unsafe_code)]

mod call_number;
mod creator;
mod crowd;
mod facts;
mod item;
mod lending;
mod library;
mod loan;
mod names;
mod patron;
mod people;
mod random;
mod sketch;
mod source_record;
mod special;
mod stock;
mod terminal;
mod text;
mod work;

#[cfg(test)]
mod tests;

use circulation::Rulebook;
use jiff::civil::Date;

pub use creator::{Creator, CreatorRole};
pub use item::Item;
pub use loan::PastLoan;
pub use patron::{Patron, Standing};
pub use source_record::SourceRecord;
pub use terminal::{Staff, Terminal, TerminalKind};
pub use work::{Work, works};

/// All that the demonstration is made of. Each list has a fixed order.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The works; items and source records name them by position. One bib each.
    pub works: Vec<Work>,
    /// What each branch recorded about each work that it holds, branch by branch.
    pub source_records: Vec<SourceRecord>,
    /// The copies, branch by branch.
    pub items: Vec<Item>,
    /// The readers, branch by branch; whoever answers for others comes before them.
    pub patrons: Vec<Patron>,
    /// Loans in progress, the oldest first.
    pub loans: Vec<PastLoan>,
    /// The devices that speak SIP2.
    pub terminals: Vec<Terminal>,
    /// The accounts of the branches' staff.
    pub staff: Vec<Staff>,
}

/// The demonstration as it stands on a day, under the network's rules.
///
/// From `book` come the rules and calendar that loans are made under, the usual number of parts
/// of a document type, and the names of branches. What it does not know is done without.
#[must_use]
pub fn demo(today: Date, book: &Rulebook) -> Demo {
    let works = works();
    let stock::Stock {
        items,
        source_records,
    } = stock::stock(today, book, &works);
    let crowd::Crowd {
        patrons, borrowers, ..
    } = people::people(today);
    let loans = loan::loans(today, book, &patrons, &borrowers, &items);
    Demo {
        works,
        source_records,
        items,
        patrons,
        loans,
        terminals: terminal::terminals(book),
        staff: terminal::staff(book),
    }
}
