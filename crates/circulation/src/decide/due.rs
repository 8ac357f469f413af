//! The due date: a raw date, and closed days stepped over.

use jiff::civil::Date;

use crate::policy::{Case, DueOnClosedDay, Parameter, Policy};
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// The due date of a loan within what its lender and whoever asks allow: never later than the rules give, and never before
/// the day itself.
pub(super) fn within(
    due: Date,
    on: Date,
    return_by: Option<Date>,
    desired: Option<Date>,
    trace: &mut Trace,
) -> Date {
    let mut within = due;
    if let Some(by) = return_by.filter(|by| *by < within) {
        trace.push(Step::ReturnBy { on: by });
        within = by;
    }
    if let Some(desired) = desired.filter(|desired| *desired < within) {
        trace.push(Step::Desired { on: desired });
        within = desired;
    }
    within.max(on.min(due))
}

/// Moves a due date off closed days of the checkout branch, where `due_on_closed_day` says so.
/// Never earlier than `raw`.
pub(super) fn push(
    book: &Rulebook,
    policy: &Policy,
    case: &Case,
    raw: Date,
    trace: &mut Trace,
) -> Date {
    let branch = case.checkout;
    let mode = policy.due_on_closed_day(case);
    if mode.value == DueOnClosedDay::Keep {
        trace.chosen(Parameter::DueOnClosedDay, &mode);
        return raw;
    }
    let next = book.calendar.next_open(branch, raw, policy);
    if next.no_openings_known {
        trace.push(Step::NoOpeningsKnown { branch });
    }
    if next.none_found {
        trace.push(Step::NoOpeningFound { branch });
    } else if next.day != raw {
        trace.push(Step::Moved {
            branch,
            over: next.stepped_over,
            to: next.day,
        });
    }
    next.day
}
