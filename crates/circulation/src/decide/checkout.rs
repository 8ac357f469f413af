//! May this reader borrow this item here, and until when?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::limits::{self, NewLoan};
use super::standing::{audience_allows, reader_standing};
use super::verdict::{refuse, settle};
use super::{Decision, due, novelty};
use crate::codes::BranchCode;
use crate::days;
use crate::facts::{Borrower, ItemFacts, Place, ReaderFacts};
use crate::policy::{Case, LoanUntil, Parameter, Policy, RuleId};
use crate::refusal::{Refusal, Refused};
use crate::request::{Door, Overrides};
use crate::rulebook::Rulebook;
use crate::trace::{Chosen, Step, Trace};

/// Who asks for a loan, where and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutRequest {
    /// The day of the loan, in local time.
    pub on: Date,
    /// The branch that lends: the loan's checkout branch.
    pub branch: BranchCode,
    /// The door it is asked at.
    pub door: Door,
    /// The last day of the loan that is asked for, if one is: an earlier one than the rules give is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desired_due: Option<Date>,
    /// The rights in use.
    #[serde(default)]
    pub overrides: Overrides,
}

/// A loan to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutPlan {
    /// The length of the loan, in days, before closed days.
    pub period_days: u32,
    /// The rule that gave it.
    pub period_rule: RuleId,
    /// The due date before closed days.
    pub raw_due: Date,
    /// The due date.
    pub due: Date,
    /// Whether it is lent while new, which the loan remembers.
    pub new: bool,
    /// The policy it was decided under.
    pub policy_version: i32,
    /// The calendar it was decided under.
    pub calendar_version: i64,
    /// What was overridden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Refusal>,
}

/// Decides a checkout. All refusals that apply are given, in the order of the network's rules.
#[must_use]
pub fn decide_checkout(
    book: &Rulebook,
    ask: &CheckoutRequest,
    reader: &ReaderFacts,
    item: &ItemFacts,
) -> Decision<CheckoutPlan> {
    let mut trace = Trace::default();
    let mut refusals = reader_standing(book, ask.on, reader);
    if !audience_allows(book, reader.category, item.audience) {
        refusals.push(Refusal::AudienceLimit);
    }
    refusals.extend(state_of(item, ask.branch));

    let Some(policy) = book.policy_on(ask.on) else {
        let last = Refusal::NoPolicy { on: ask.on };
        return refuse(Refused::ending(refusals, last), trace);
    };
    let case = Case {
        checkout: ask.branch,
        owner: item.owner,
        pickup: ask.branch,
        category: Some(reader.category),
        document: item.document,
    };
    refusals.extend(rules_against(policy, &case, ask.door));
    if let Place::HoldShelf {
        hold: Some(hold), ..
    } = &item.place
        && !hold.collector.may_collect()
    {
        refusals.push(Refusal::HeldForAnother);
    }

    let not_new_from = novelty::not_new_from(policy, &case, item);
    let new = ask.on < not_new_from;
    if new {
        trace.push(Step::New {
            until: not_new_from,
        });
    }
    let asked = NewLoan {
        checkout: ask.branch,
        owner: item.owner,
        document: item.document,
        new,
    };
    limits::judge_loan(policy, reader, &asked, &mut refusals, &mut trace);

    settle(refusals, &ask.overrides, trace, |overridden, trace| {
        let Period {
            days,
            rule,
            raw_due,
        } = period(policy, &case, ask.on, new, trace);
        let pushed = due::push(book, policy, &case, raw_due, trace);
        let due = due::within(pushed, ask.on, item.return_by, ask.desired_due, trace);
        trace.push(Step::Due { on: due });
        CheckoutPlan {
            period_days: days,
            period_rule: rule,
            raw_due,
            due,
            new,
            policy_version: policy.version,
            calendar_version: book.calendar.version,
            overridden,
        }
    })
}

/// What the item's condition and place say against a loan. An item on a hold shelf comes later:
/// it is a reason of the rules, told after them.
fn state_of(item: &ItemFacts, here: BranchCode) -> impl Iterator<Item = Refusal> {
    let condition = item.condition;
    let state = (!condition.may_be_lent()).then_some(Refusal::ItemCondition { condition });
    let place = match &item.place {
        Place::Loan {
            to: Borrower::ThisReader,
            loan,
        } => Some(Refusal::AlreadyLentToYou { due: loan.due }),
        Place::Loan {
            to: Borrower::SomeoneElse,
            ..
        } => Some(Refusal::LentToAnother),
        // It has arrived for this reader, and nobody has scanned it yet.
        Place::Transit {
            to,
            hold: Some(hold),
            ..
        } if *to == here && hold.collector.may_collect() => None,
        Place::Transit { to, .. } => Some(Refusal::InTransit { to: *to }),
        Place::Shelf { .. } | Place::HoldShelf { .. } | Place::Nowhere => None,
    };
    state.into_iter().chain(place)
}

pub(crate) fn rules_against(
    policy: &Policy,
    case: &Case,
    door: Door,
) -> impl Iterator<Item = Refusal> {
    let loanable = policy.loanable(case);
    let not_loanable = (!loanable.value).then_some(Refusal::NotLoanable {
        rule: loanable.rule,
    });
    let not_at_machine = (door == Door::SelfCheck)
        .then(|| policy.self_check(case))
        .filter(|at_machine| !at_machine.value)
        .map(|at_machine| Refusal::NotAtMachine {
            rule: at_machine.rule,
        });
    not_loanable.into_iter().chain(not_at_machine)
}

struct Period {
    days: u32,
    rule: RuleId,
    raw_due: Date,
}

/// The length of a loan: `loan_days`, or `novelty_loan_days` if the item is new and that is
/// less; a `loan_until` after the day of the loan takes the place of both.
fn period(policy: &Policy, case: &Case, on: Date, new: bool, trace: &mut Trace) -> Period {
    let until = policy.loan_until(case);
    if let LoanUntil(Some(raw_due)) = until.value
        && raw_due > on
    {
        trace.push(Step::Until {
            by: Chosen::new(Parameter::LoanUntil, &until),
        });
        return Period {
            days: days::from_until(on, raw_due),
            rule: until.rule,
            raw_due,
        };
    }
    let usual = policy.loan_days(case);
    let novelty = new.then(|| policy.novelty_loan_days(case));
    let (parameter, length) = match novelty {
        Some(novelty) if novelty.value < usual.value => (Parameter::NoveltyLoanDays, novelty),
        _ => (Parameter::LoanDays, usual),
    };
    let raw_due = days::add(on, length.value);
    trace.push(Step::Period {
        by: Chosen::new(parameter, &length),
        from: on,
        to: raw_due,
    });
    Period {
        days: length.value,
        rule: length.rule,
        raw_due,
    }
}

#[cfg(test)]
mod tests;
