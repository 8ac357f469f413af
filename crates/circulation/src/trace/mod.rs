//! Why a decision is what it is, step by step.

mod lines;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::ClosedSpan;
use crate::codes::BranchCode;
use crate::decide::{Lateness, Route};
use crate::policy::{Level, Parameter, ParameterValue, Resolved, Role, RuleId, Whom};
use crate::refusal::Refusal;

/// The steps of a decision, in order. Nothing is put into words before [`Trace::lines`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A rule gave a value.
    Chosen(Chosen),
    /// The item is new until the day before this one.
    New {
        /// The first day on which it is not new any more.
        until: Date,
    },
    /// A length was counted from a day.
    Period {
        /// The value that gave it.
        by: Chosen,
        /// From this day.
        from: Date,
        /// To this one.
        to: Date,
    },
    /// A fixed day took the place of a length.
    Until {
        /// The value that gave it.
        by: Chosen,
    },
    /// The branch is closed on the day, so the date moved.
    Moved {
        /// Whose calendar.
        branch: BranchCode,
        /// The closures stepped over.
        over: Vec<ClosedSpan>,
        /// To the next opening.
        to: Date,
    },
    /// The branch has no opening rows: it counts as always open.
    NoOpeningsKnown {
        /// The branch.
        branch: BranchCode,
    },
    /// The branch is not known to open again: the date stayed.
    NoOpeningFound {
        /// The branch.
        branch: BranchCode,
    },
    /// A new date would have come before the present one, which stayed.
    NeverShorter {
        /// The present due date.
        due: Date,
    },
    /// The lender of the item wants it back by then, which is earlier.
    ReturnBy {
        /// The day.
        on: Date,
    },
    /// Whoever asks wants it no longer than that, which is earlier.
    Desired {
        /// The day.
        on: Date,
    },
    /// The due date.
    Due {
        /// The day.
        on: Date,
    },
    /// A hold is not needed after this day.
    NeededUntil {
        /// The day.
        on: Date,
    },
    /// A hold waits until the end of this day.
    Lapses {
        /// The day.
        on: Date,
    },
    /// The branch does not open often enough: the count of its shelf days was ended.
    OpensTooSeldom {
        /// The branch.
        branch: BranchCode,
    },
    /// A hold captures the item.
    Captured {
        /// How many holds before it in the queue could not be served with this item.
        passed_over: u32,
    },
    /// A limit was counted and is not reached.
    Counted {
        /// The limit.
        id: RuleId,
        /// Whose loans or holds were counted.
        of: Whom,
        /// How many there are.
        counted: u32,
        /// The most there may be.
        max: u32,
    },
    /// How late it came back, and what follows.
    Late(Lateness),
    /// Where the item goes.
    Goes(Route),
    /// The item must be seen by staff.
    ToStaff,
    /// No policy was in force on this day.
    NoPolicy {
        /// The day.
        on: Date,
    },
    /// A refusal that a right lifted.
    Overridden(Refusal),
    /// A refusal.
    Refused(Refusal),
}

/// A value, and the rule that set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// What it is for.
    pub parameter: Parameter,
    /// The value.
    pub value: ParameterValue,
    /// The rule that set it.
    pub rule: RuleId,
    /// What that rule names.
    pub level: Level,
    /// Whose branch the parameter goes by.
    pub role: Role,
    /// The branch in that role.
    pub branch: BranchCode,
}

impl Chosen {
    pub(crate) fn new<T>(parameter: Parameter, resolved: &Resolved<T>) -> Self
    where
        T: Clone + Into<ParameterValue>,
    {
        let Resolved {
            value,
            rule,
            level,
            role,
            branch,
        } = resolved.clone();
        Self {
            parameter,
            value: value.into(),
            rule,
            level,
            role,
            branch,
        }
    }
}

impl Trace {
    pub(crate) fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    pub(crate) fn chosen<T>(&mut self, parameter: Parameter, resolved: &Resolved<T>)
    where
        T: Clone + Into<ParameterValue>,
    {
        self.push(Step::Chosen(Chosen::new(parameter, resolved)));
    }
}

#[cfg(test)]
mod tests;
