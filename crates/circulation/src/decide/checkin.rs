//! What does a return mean, and where does the item go?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lateness::{Lateness, lateness};
use super::{Decision, verdict};
use crate::codes::BranchCode;
use crate::facts::{Condition, ItemFacts, LoanFacts, Place};
use crate::policy::{Case, Parameter, Policy, ReturnsTo};
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
}

/// A return to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckinPlan {
    /// Whether a loan ends.
    pub was_lent: bool,
    /// How late that loan is; `None` if it is in time, or there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Lateness>,
    /// Where the item goes, if no hold captures it.
    pub route: Route,
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
}

impl Route {
    fn to(here: BranchCode, to: BranchCode) -> Self {
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
#[must_use]
pub fn decide_checkin(
    book: &Rulebook,
    ask: &CheckinRequest,
    item: &ItemFacts,
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
    let route = route(policy, &case, ask.branch, item, &mut trace);
    trace.push(Step::Goes(route));

    let plan = CheckinPlan {
        was_lent: loan.is_some(),
        lateness: late,
        route,
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

fn route(
    policy: Option<&Policy>,
    case: &Case,
    here: BranchCode,
    item: &ItemFacts,
    trace: &mut Trace,
) -> Route {
    if item.condition == Condition::Withdrawn {
        return Route::Stay { branch: here };
    }
    match item.place {
        // Somebody waits for it there, or it is expected there: a scan on the way changes nothing.
        Place::HoldShelf { branch, .. } => return Route::to(here, branch),
        Place::Transit { to, .. } if to != here => return Route::to(here, to),
        _ => {}
    }
    let Some(policy) = policy else {
        return Route::to(here, item.owner);
    };
    let returns_to = policy.returns_to(case);
    trace.chosen(Parameter::ReturnsTo, &returns_to);
    match returns_to.value {
        ReturnsTo::Stay => Route::Stay { branch: here },
        ReturnsTo::FloatGroup if policy.float_together(item.owner, here) => {
            Route::Stay { branch: here }
        }
        ReturnsTo::FloatGroup | ReturnsTo::Owner => Route::to(here, item.owner),
    }
}

#[cfg(test)]
mod tests;
