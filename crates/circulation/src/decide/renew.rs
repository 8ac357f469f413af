//! May this loan be renewed, and until when?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::serve::{WaitingHold, hold_can_be_served_by};
use super::standing::reader_standing;
use super::verdict::{refuse, settle};
use super::{Decision, due};
use crate::codes::BranchCode;
use crate::days;
use crate::facts::{Borrower, Condition, ItemFacts, LoanFacts, Place, ReaderFacts};
use crate::policy::{Case, Parameter, Policy, RenewFrom, Resolved};
use crate::refusal::{Refusal, Refused};
use crate::request::{Door, Overrides};
use crate::rulebook::Rulebook;
use crate::trace::{Chosen, Step, Trace};

/// Who asks for a renewal, where and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewRequest {
    /// The day of the renewal, in local time.
    pub on: Date,
    /// Where it is asked. The rules and calendar are those of the loan's checkout branch all the
    /// same.
    pub branch: BranchCode,
    /// The door it is asked at. No rule of renewals goes by it: what may not be lent at a
    /// machine may still be renewed there.
    pub door: Door,
    /// The rights in use.
    #[serde(default)]
    pub overrides: Overrides,
}

/// A renewal to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewPlan {
    /// The new due date before closed days, and before the present one was kept.
    pub raw_due: Date,
    /// The new due date: after the present one.
    pub new_due: Date,
    /// How often the loan is renewed then, this time included.
    pub renewals_used: u16,
    /// How often it may be.
    pub renewals_allowed: u16,
    /// The policy it was decided under.
    pub policy_version: i32,
    /// The calendar it was decided under.
    pub calendar_version: i64,
    /// What was overridden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Refusal>,
}

/// Decides a renewal. `waiting` are the active holds on the title, or at least those that this
/// item could serve. All refusals that apply are given.
///
/// A renewal that is allowed forgives the lateness so far; one that would not move the due date
/// is refused and uses nothing up.
#[must_use]
pub fn decide_renew(
    book: &Rulebook,
    ask: &RenewRequest,
    reader: &ReaderFacts,
    item: &ItemFacts,
    waiting: &[WaitingHold],
) -> Decision<RenewPlan> {
    let trace = Trace::default();
    let mut refusals = reader_standing(book, ask.on, reader);
    if matches!(
        item.condition,
        Condition::Lost | Condition::Missing | Condition::ClaimedReturned | Condition::Withdrawn
    ) {
        refusals.push(Refusal::ItemCondition {
            condition: item.condition,
        });
    }
    let (loan, policy) = match (loan_of(item), book.policy_on(ask.on)) {
        (Ok(loan), Some(policy)) => (loan, policy),
        (loan, _) => {
            let last = loan.err().unwrap_or(Refusal::NoPolicy { on: ask.on });
            return refuse(Refused::ending(refusals, last), trace);
        }
    };
    let case = Case {
        checkout: loan.checkout,
        owner: item.owner,
        pickup: loan.checkout,
        category: Some(loan.category),
        document: item.document,
    };
    let allowed = renewals_allowed(policy, &case, loan.new);
    refusals.extend(against(policy, &case, ask.on, loan, &allowed));
    refusals.extend(waited_for(book, policy, &case, ask.on, item, waiting));

    let mut dates = Trace::default();
    let (raw_due, new_due) = new_dates(book, policy, &case, ask.on, loan, &mut dates);
    let new_due = due::within(new_due, loan.due, item.return_by, None, &mut dates);
    if new_due <= loan.due {
        refusals.push(Refusal::WouldNotExtend { due: loan.due });
    }
    settle(refusals, &ask.overrides, trace, |overridden, trace| {
        trace.steps.extend(dates.steps);
        trace.push(Step::Due { on: new_due });
        RenewPlan {
            raw_due,
            new_due,
            renewals_used: loan.renewals.saturating_add(1),
            renewals_allowed: allowed.value,
            policy_version: policy.version,
            calendar_version: book.calendar.version,
            overridden,
        }
    })
}

/// The loan to be renewed, if it is this reader's.
fn loan_of(item: &ItemFacts) -> Result<&LoanFacts, Refusal> {
    match &item.place {
        Place::Loan {
            loan,
            to: Borrower::ThisReader,
        } => Ok(loan),
        Place::Loan {
            to: Borrower::SomeoneElse,
            ..
        } => Err(Refusal::LentToAnother),
        _ => Err(Refusal::NotOnLoan),
    }
}

/// `renewals`, or `novelty_renewals` if it was lent while new and that is less.
pub(crate) fn renewals_allowed(policy: &Policy, case: &Case, new: bool) -> Resolved<u16> {
    let usual = policy.renewals(case);
    if !new {
        return usual;
    }
    let novelty = policy.novelty_renewals(case);
    if novelty.value < usual.value {
        novelty
    } else {
        usual
    }
}

fn against(
    policy: &Policy,
    case: &Case,
    on: Date,
    loan: &LoanFacts,
    allowed: &Resolved<u16>,
) -> impl Iterator<Item = Refusal> {
    let used_up = (loan.renewals >= allowed.value).then(|| Refusal::RenewalsUsed {
        used: loan.renewals,
        allowed: allowed.value,
        rule: allowed.rule.clone(),
    });
    let late = days::from_until(loan.due, on);
    let max = policy.renew_overdue_max_days(case);
    let overdue = (late > max.value).then_some(Refusal::OverdueTooLong {
        days: late,
        max: max.value,
        rule: max.rule,
    });
    used_up.into_iter().chain(overdue)
}

fn waited_for(
    book: &Rulebook,
    policy: &Policy,
    case: &Case,
    on: Date,
    item: &ItemFacts,
    waiting: &[WaitingHold],
) -> Option<Refusal> {
    let when_held = policy.renew_when_held(case);
    let held = !when_held.value
        && waiting
            .iter()
            .any(|hold| hold_can_be_served_by(policy, book, hold, item, on));
    held.then_some(Refusal::HeldByWaiting {
        rule: when_held.rule,
    })
}

/// The new due date before and after closed days; the second is never before the present one.
fn new_dates(
    book: &Rulebook,
    policy: &Policy,
    case: &Case,
    on: Date,
    loan: &LoanFacts,
    trace: &mut Trace,
) -> (Date, Date) {
    let from = match policy.renew_from(case).value {
        RenewFrom::DueDate => loan.due,
        RenewFrom::Today => on,
    };
    let length = policy.renew_days(case);
    let raw_due = days::add(from, length.value);
    let by = Chosen::new(Parameter::RenewDays, &length);
    trace.push(Step::Period {
        by,
        from,
        to: raw_due,
    });
    let pushed = due::push(book, policy, case, raw_due, trace);
    if pushed < loan.due {
        trace.push(Step::NeverShorter { due: loan.due });
    }
    (raw_due, pushed.max(loan.due))
}

#[cfg(test)]
mod tests;
