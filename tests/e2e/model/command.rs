//! The small network, and what can be asked of it.

use std::fmt;

use circulation::Condition;
use desk::OldCard;

pub(super) const BRANCHES: [&str; 3] = ["LENS", "VIMY", "GREN"];
pub(super) const READERS: usize = 6;
pub(super) const TITLES: usize = 4;
pub(super) const ITEMS: usize = 2 * TITLES;
/// The household of each reader.
pub(super) const HOUSEHOLDS: [usize; READERS] = [0, 0, 1, 1, 2, 3];
/// Who answers for whom, and may collect for them.
pub(super) const GUARANTORS: [Option<usize>; READERS] = [None, Some(0), None, Some(2), None, None];
pub(super) const TITLE_OF: [usize; ITEMS] = [0, 0, 1, 1, 2, 2, 3, 3];
/// The branch of each item.
pub(super) const OWNERS: [usize; ITEMS] = [0, 1, 1, 2, 2, 0, 0, 0];

/// Who does what with which item, or its title, where: a branch has one kiosk, and is the pickup branch of what is
/// asked for there. Readers, items and branches are numbers, so that each stays what it is when others go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) does: Does,
    pub(super) reader: usize,
    pub(super) item: usize,
    pub(super) at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Return,
    Checkout(Card),
    Renew,
    Place,
    Cancel,
    Move,
    /// For so many days, or not any more.
    Pause(Option<i32>),
    UndoLoan,
    UndoReturn,
    /// So many days go by.
    Days(i32),
    /// The clockwork does what has come due.
    Turn,
    Charge(i64),
    /// With the number of the payment, where it may be sent again.
    Pay {
        cents: i64,
        number: Option<usize>,
    },
    Waive(i64),
    Block,
    Unblock,
    ReplaceCard(OldCard),
    Declare(Condition),
}

/// The card that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Card {
    Newest,
    /// The one before it.
    Former,
}

impl Command {
    pub(super) fn title(self) -> usize {
        TITLE_OF[self.item]
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (reader, item, title) = (self.reader, self.item, self.title());
        let at = BRANCHES[self.at];
        write!(f, "{:?}", self.does)?;
        match self.does {
            Does::Days(_) | Does::Turn => Ok(()),
            _ => write!(f, ", reader {reader}, item {item} of title {title}, {at}"),
        }
    }
}

impl Does {
    /// The first word of it.
    pub(super) fn name(self) -> String {
        let told = format!("{self:?}");
        let end = told.find(|letter: char| !letter.is_alphabetic());
        told[..end.unwrap_or(told.len())].to_owned()
    }
}
