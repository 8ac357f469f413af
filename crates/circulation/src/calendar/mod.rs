//! When branches are open: weekly openings, closures, public holidays, moves.

mod closed;
mod holidays;
mod next_open;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::codes::BranchCode;
use crate::policy::Policy;

pub use closed::{ClosedReason, ClosedSpan};
pub use holidays::{Holiday, easter, holiday_on, holidays};
pub use next_open::{NextOpen, SEARCH_DAYS};

/// The opening hours and closures of every branch.
///
/// Whether a branch is open is a matter of whole days: due dates and shelf days are dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Rises with every change, so that decisions can say what they were made under.
    pub version: i64,
    /// The weekly openings. A branch without any counts as always open.
    pub openings: BTreeMap<BranchCode, Vec<Opening>>,
    /// Closed days beside public holidays, which are computed.
    pub closures: Vec<Closure>,
}

/// One opening in the week; a branch may have several on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// 1 Monday … 7 Sunday.
    pub weekday: u8,
    /// Local time at which the doors open.
    pub opens: Time,
    /// Local time at which they close.
    pub closes: Time,
}

/// Days on which a branch, or every branch, is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The branch; every branch if none.
    pub branch: Option<BranchCode>,
    /// The first closed day.
    pub first: Date,
    /// The last closed day.
    pub last: Date,
    /// Why, for people, in French.
    pub reason: String,
}

impl Closure {
    fn covers(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

impl Calendar {
    /// Whether the branch is open on a day, as due dates see it.
    #[must_use]
    pub fn is_open(&self, branch: BranchCode, day: Date, policy: &Policy) -> bool {
        self.why_closed(branch, day, policy).is_none()
    }

    /// The weekly openings of a branch, if any is known.
    fn week(&self, branch: BranchCode) -> Option<&[Opening]> {
        self.openings
            .get(&branch)
            .map(Vec::as_slice)
            .filter(|week| !week.is_empty())
    }
}
