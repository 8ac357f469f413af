//! Where a returned item goes: to somebody who waits for it, back to where it is expected, or home.

use jiff::civil::Date;

use super::capture::{QueuedHold, first_served, ready_until};
use super::checkin::{CheckinRequest, Route};
use crate::codes::{BranchCode, CategoryCode};
use crate::facts::{CapturedHold, Condition, ItemFacts, Place};
use crate::policy::{Case, Parameter, Policy, ReturnsTo};
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// Where an item goes, and the hold that has just captured it.
pub(super) struct Way {
    pub(super) route: Route,
    pub(super) captured: Option<usize>,
}

impl From<Route> for Way {
    fn from(route: Route) -> Self {
        Self {
            route,
            captured: None,
        }
    }
}

/// An item that somebody already waits for keeps its way: a scan on the way changes nothing.
pub(super) fn way(
    book: &Rulebook,
    policy: Option<&Policy>,
    case: &Case,
    ask: &CheckinRequest,
    item: &ItemFacts,
    queue: &[QueuedHold],
    trace: &mut Trace,
) -> Way {
    let here = ask.branch;
    if item.condition == Condition::Withdrawn {
        return Route::Stay { branch: here }.into();
    }
    match item.place {
        Place::HoldShelf {
            branch,
            hold: Some(_),
        } => return Route::to(here, branch).into(),
        Place::Transit { to, .. } if to != here => return Route::to(here, to).into(),
        Place::Transit {
            hold: Some(CapturedHold {
                category, pickup, ..
            }),
            ..
        } => return set_aside(book, policy, ask, item, (category, pickup), trace).into(),
        _ => {}
    }
    let Some(policy) = policy else {
        return Route::to(here, item.owner).into();
    };
    let served = ask
        .capture
        .then(|| first_served(policy, book, queue, item, ask.on))
        .flatten()
        .and_then(|place| Some((place, queue.get(place)?.hold)));
    if let Some((place, hold)) = served {
        let passed_over = u32::try_from(place).unwrap_or(u32::MAX);
        trace.push(Step::Captured { passed_over });
        let for_whom = (hold.category, hold.pickup);
        return Way {
            route: set_aside(book, Some(policy), ask, item, for_whom, trace),
            captured: Some(place),
        };
    }
    home(policy, case, here, item.owner, trace).into()
}

/// Onto the hold shelf if this is the pickup branch, else on the way there.
fn set_aside(
    book: &Rulebook,
    policy: Option<&Policy>,
    ask: &CheckinRequest,
    item: &ItemFacts,
    (category, pickup): (CategoryCode, BranchCode),
    trace: &mut Trace,
) -> Route {
    if pickup != ask.branch {
        return Route::to(ask.branch, pickup);
    }
    let case = Case {
        checkout: pickup,
        owner: item.owner,
        pickup,
        category: Some(category),
        document: item.document,
    };
    // Without rules nothing says how long it may wait, so nothing ends the wait.
    let until = policy.map_or(Date::MAX, |policy| {
        ready_until(book, policy, &case, ask.on, trace)
    });
    Route::HoldShelf {
        branch: pickup,
        until,
    }
}

fn home(
    policy: &Policy,
    case: &Case,
    here: BranchCode,
    owner: BranchCode,
    trace: &mut Trace,
) -> Route {
    let returns_to = policy.returns_to(case);
    trace.chosen(Parameter::ReturnsTo, &returns_to);
    match returns_to.value {
        ReturnsTo::Stay => Route::Stay { branch: here },
        ReturnsTo::FloatGroup if policy.float_together(owner, here) => Route::Stay { branch: here },
        ReturnsTo::FloatGroup | ReturnsTo::Owner => Route::to(here, owner),
    }
}
