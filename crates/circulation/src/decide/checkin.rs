//! What does a return mean, and where does the item go?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::capture::QueuedHold;
use super::lateness::{Lateness, lateness};
use super::way::way;
use super::{Decision, verdict};
use crate::codes::BranchCode;
use crate::facts::{Condition, ItemFacts, LoanFacts, Place};
use crate::policy::{Case, Parameter, Policy};
use crate::refusal::{Refusal, Refused};
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// Where and when an item came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckinRequest {
    /// The day of the return that counts, in local time.
    pub on: Date,
    /// The branch that received it.
    pub branch: BranchCode,
    /// Whether a hold that waits may capture it here and now. A door where nobody can set an item
    /// aside, such as a sorter, leaves that to staff.
    pub capture: bool,
}

/// A return to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckinPlan {
    /// Whether a loan ends.
    pub was_lent: bool,
    /// How late that loan is; `None` if it is in time, or there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Lateness>,
    /// Where the item goes.
    pub route: Route,
    /// The hold that captures it: its index in the queue that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<usize>,
    /// Whether a person must look at it.
    pub to_staff: bool,
    /// Whether a transit ends here.
    pub arrived: bool,
    /// The policy it was decided under, if one was in force.
    pub policy_version: Option<i32>,
}

/// Where an item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// It stays.
    Stay {
        /// At this branch.
        branch: BranchCode,
    },
    /// It travels.
    Transit {
        /// From this branch.
        from: BranchCode,
        /// To this one.
        to: BranchCode,
    },
    /// It is set aside here for who asked for it.
    HoldShelf {
        /// At this pickup branch.
        branch: BranchCode,
        /// The last day on which it waits.
        until: Date,
    },
}

impl Route {
    pub(super) fn to(here: BranchCode, to: BranchCode) -> Self {
        if here == to {
            Self::Stay { branch: here }
        } else {
            Self::Transit { from: here, to }
        }
    }
}

/// Decides a return.
///
/// An item that is known is always taken back: refusing would leave the reader with the loan.
/// The one refusal is a withdrawn item that is not on loan, which has no place to go: staff must
/// take it into the stock again first. Lateness goes by the policy of the day of return, and
/// without a policy a return has no consequence and the item goes home.
///
/// `queue` holds the holds that wait on the title, in their order. The first that the item serves
/// captures it (see [`first_served`](super::first_served)), unless it is already set aside or on
/// its way somewhere.
#[must_use]
pub fn decide_checkin(
    book: &Rulebook,
    ask: &CheckinRequest,
    item: &ItemFacts,
    queue: &[QueuedHold],
) -> Decision<CheckinPlan> {
    let mut trace = Trace::default();
    let loan = match &item.place {
        Place::Loan { loan, .. } => Some(loan),
        _ => None,
    };
    if loan.is_none() && item.condition == Condition::Withdrawn {
        let refusal = Refusal::ItemCondition {
            condition: item.condition,
        };
        return verdict::refuse(Refused::one(refusal), trace);
    }
    let case = case_of(ask, item, loan);
    let policy = book.policy_on(ask.on);
    if policy.is_none() {
        trace.push(Step::NoPolicy { on: ask.on });
    }

    let late = policy
        .zip(loan)
        .and_then(|(policy, loan)| lateness(policy, &case, loan.due, ask.on));
    trace.steps.extend(late.clone().map(Step::Late));
    let to_staff = to_staff(policy, &case, item.condition, &mut trace);
    let way = way(book, policy, &case, ask, item, queue, &mut trace);
    trace.push(Step::Goes(way.route));

    let plan = CheckinPlan {
        was_lent: loan.is_some(),
        lateness: late,
        route: way.route,
        captured: way.captured,
        to_staff,
        arrived: matches!(item.place, Place::Transit { to, .. } if to == ask.branch),
        policy_version: policy.map(|policy| policy.version),
    };
    Decision {
        outcome: Ok(plan),
        trace,
    }
}

fn case_of(ask: &CheckinRequest, item: &ItemFacts, loan: Option<&LoanFacts>) -> Case {
    Case {
        checkout: loan.map_or(ask.branch, |loan| loan.checkout),
        owner: item.owner,
        pickup: ask.branch,
        category: loan.map(|loan| loan.category),
        document: item.document,
    }
}

/// A rule may ask for a person; so does any state in which an item should not come back.
fn to_staff(policy: Option<&Policy>, case: &Case, condition: Condition, trace: &mut Trace) -> bool {
    let by_rule = policy
        .map(|policy| policy.checked_by_staff(case))
        .filter(|rule| rule.value);
    if let Some(rule) = &by_rule {
        trace.chosen(Parameter::CheckedByStaff, rule);
    }
    let by_condition = !matches!(condition, Condition::Good | Condition::OnSiteOnly);
    let to_staff = by_rule.is_some() || by_condition;
    if to_staff {
        trace.push(Step::ToStaff);
    }
    to_staff
}

#[cfg(test)]
mod tests;
