//! Two policies on the same facts: what readers would gain and lose by other rules.
//!
//! Nothing is foretold. Each open loan is made once more under both policies, on its own day and with its own renewals;
//! each reader's limits and recalls are looked at as they stand today; each question of the log is decided once more from
//! what the log keeps. Where a fact was not kept that could make a difference, the question is counted as not replayed,
//! with the reason ([`NotKept`]), and never guessed.
//!
//! All that is compared is what the rules give: exceptions that staff made, and shorter loans that a partner asked for,
//! are the same under both.

mod change;
mod differ;
mod event;
mod figures;
mod judge;
mod loan;
mod pair;
mod reader;
#[cfg(test)]
mod tests;

pub use change::{Change, Counted, Kind as ChangeKind, Side, What};
pub use event::{EventFacts, ItemKept, LoanKept, LoggedPlan, Question};
pub use figures::{Figures, Moved, NotReplayed, Tally};
pub use judge::{Judged, NotKept, Replayed};
pub use loan::{Given, LentLoan};
pub use pair::Laboratory;
pub use reader::Borrowing;
