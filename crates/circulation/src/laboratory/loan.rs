//! An open loan, made and renewed once more.

use jiff::civil::Date;

use super::change::{Change, What};
use super::judge::NotKept;
use super::pair::{Laboratory, loan_case, nobody, only};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::decide::{
    CheckoutRequest, RenewRequest, decide_checkout, decide_renew, is_new, renewals_allowed,
};
use crate::facts::{Borrower, Condition, ItemFacts, LoanFacts, Place};
use crate::policy::{Case, Policy, RenewFrom, RuleId};
use crate::request::{Door, Overrides};
use crate::rulebook::{Audience, Rulebook};
use crate::trace::{Chosen, Step, Trace};

/// An open loan, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LentLoan {
    /// Where it was made.
    pub checkout: BranchCode,
    /// Whose the item is.
    pub owner: BranchCode,
    /// The borrower's category when it was made.
    pub category: CategoryCode,
    /// The item's document type when it was made.
    pub document: DocumentCode,
    /// The item's first day in service.
    pub in_service: Date,
    /// Until when the item's lender wants it back.
    pub return_by: Option<Date>,
    /// The day it was made.
    pub lent_on: Date,
    /// How often it was renewed.
    pub renewals: u16,
    /// The day of the last renewal, where it is known.
    pub renewed_on: Option<Date>,
    /// Whether it was lent while new.
    pub new: bool,
}

/// What a policy gives to an open loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Whether it may be lent.
    pub lendable: bool,
    /// When it is due; none where a renewal counts from a day that is not kept.
    pub due: Option<Date>,
    /// How many of its renewals the rules allow.
    pub renewed: u16,
    /// How many more.
    pub left: u16,
    /// The rule that says whether it may be lent.
    pub lendable_rule: RuleId,
    /// The rule that says how often it may be renewed.
    pub renewals_rule: RuleId,
    /// How the due date came about, of the loan and of each renewal.
    pub trace: Trace,
}

impl Laboratory {
    /// What would be otherwise of an open loan; and what is not kept that could make a difference.
    #[must_use]
    pub fn loan(&self, loan: &LentLoan) -> (Vec<Change>, Option<NotKept>) {
        if !self.loan_may_differ(&loan.case()) {
            return (Vec::new(), None);
        }
        let (before, after) = self.given(loan);
        let change = |what, rules: (RuleId, RuleId)| Change {
            what,
            branch: loan.checkout,
            category: Some(loan.category),
            document: Some(loan.document),
            rule_before: Some(rules.0),
            rule_after: Some(rules.1),
        };
        let mut changes = Vec::new();
        if before.lendable != after.lendable {
            let what = What::Lendable {
                after: after.lendable,
            };
            let rules = (before.lendable_rule.clone(), after.lendable_rule.clone());
            return (vec![change(what, rules)], None);
        }
        let mut not_kept = None;
        match (before.due, after.due) {
            (Some(due), Some(moved)) if due != moved => {
                let what = What::Due {
                    before: due,
                    after: moved,
                };
                let rules = self.deciding(&loan.case(), &before, &after);
                changes.push(change(what, rules));
            }
            (Some(_), Some(_)) => {}
            _ => not_kept = Some(NotKept::RenewalDays),
        }
        if before.left != after.left {
            let what = What::Renewals {
                before: before.left,
                after: after.left,
            };
            let rules = (before.renewals_rule, after.renewals_rule);
            changes.push(change(what, rules));
        }
        (changes, not_kept)
    }

    /// What each of the two policies gives to an open loan.
    #[must_use]
    pub fn given(&self, loan: &LentLoan) -> (Given, Given) {
        (given(&self.before, loan), given(&self.after, loan))
    }

    /// The rules that the difference of two due dates comes from: of the first value that is not the same.
    pub(super) fn deciding(&self, case: &Case, before: &Given, after: &Given) -> (RuleId, RuleId) {
        self.deciding_of(case, &before.trace, &after.trace)
            .unwrap_or_else(|| (before.renewals_rule.clone(), after.renewals_rule.clone()))
    }

    pub(super) fn deciding_of(
        &self,
        case: &Case,
        before: &Trace,
        after: &Trace,
    ) -> Option<(RuleId, RuleId)> {
        let (left, right) = (chosen(before), chosen(after));
        let known = |all: &[&Chosen], one: &Chosen| {
            all.iter()
                .any(|other| other.parameter == one.parameter && other.value == one.value)
        };
        let parameter = right
            .iter()
            .find(|one| !known(&left, one))
            .or_else(|| left.iter().find(|one| !known(&right, one)))
            .or_else(|| right.first())
            .map(|one| one.parameter)?;
        let rule = |book: &Rulebook| only(book).resolve_value(parameter, case).rule;
        Some((rule(&self.before), rule(&self.after)))
    }
}

impl LentLoan {
    pub(super) fn case(&self) -> Case {
        loan_case(self.checkout, self.owner, self.category, self.document)
    }

    fn item(&self, place: Place) -> ItemFacts {
        ItemFacts {
            owner: self.owner,
            document: self.document,
            condition: Condition::Good,
            audience: Audience::Unknown,
            in_service: self.in_service,
            return_by: self.return_by,
            place,
        }
    }
}

fn chosen(trace: &Trace) -> Vec<&Chosen> {
    trace
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Chosen(by) | Step::Period { by, .. } | Step::Until { by } => Some(by),
            _ => None,
        })
        .collect()
}

/// What the one policy of a book gives: made on its day, then renewed as often as it was and may be.
pub(super) fn given(book: &Rulebook, loan: &LentLoan) -> Given {
    let policy = only(book);
    let case = loan.case();
    let lendable = policy.loanable(&case);
    let mut trace = Trace::default();
    let mut due = made(book, loan, None, &mut trace);
    let new = is_new(
        policy,
        &loan.item(Place::Nowhere),
        Some(loan.category),
        loan.lent_on,
    );
    let allowed = renewals_allowed(policy, &case, new).value;
    let renewed = loan.renewals.min(allowed);
    for done in 0..renewed {
        let on = renewal_day(policy, &case, loan, done, due);
        due = due
            .zip(on)
            .map(|(due, on)| renewed_until(book, loan, done, due, on, &mut trace));
    }
    // What was lent while new stays so, whatever the rules say later.
    let left = renewals_allowed(policy, &case, loan.new);
    trace.steps.extend(due.map(|on| Step::Due { on }));
    Given {
        lendable: lendable.value,
        due,
        renewed,
        left: left.value.saturating_sub(loan.renewals),
        lendable_rule: lendable.rule,
        renewals_rule: left.rule,
        trace,
    }
}

/// When a loan is due that is made on its day, within what was asked for.
pub(super) fn made(
    book: &Rulebook,
    loan: &LentLoan,
    desired_due: Option<Date>,
    trace: &mut Trace,
) -> Option<Date> {
    let ask = CheckoutRequest {
        on: loan.lent_on,
        branch: loan.checkout,
        door: Door::Desk,
        desired_due,
        overrides: Overrides::happened(),
    };
    let item = loan.item(Place::Nowhere);
    let decision = decide_checkout(book, &ask, &nobody(loan.category), &item);
    trace
        .steps
        .extend(decision.trace.steps.into_iter().filter(of_dates));
    decision.outcome.ok().map(|plan| plan.due)
}

/// The day of a renewal, where it matters and is kept.
fn renewal_day(
    policy: &Policy,
    case: &Case,
    loan: &LentLoan,
    done: u16,
    due: Option<Date>,
) -> Option<Date> {
    match policy.renew_from(case).value {
        RenewFrom::DueDate => due,
        RenewFrom::Today if done + 1 == loan.renewals => loan.renewed_on,
        RenewFrom::Today => None,
    }
}

/// The due date after one more renewal; the same where it would not extend the loan.
fn renewed_until(
    book: &Rulebook,
    loan: &LentLoan,
    done: u16,
    due: Date,
    on: Date,
    trace: &mut Trace,
) -> Date {
    let facts = LoanFacts {
        checkout: loan.checkout,
        category: loan.category,
        lent_on: loan.lent_on,
        due,
        renewals: done,
        new: loan.new,
    };
    let item = loan.item(Place::Loan {
        loan: facts,
        to: Borrower::ThisReader,
    });
    let ask = RenewRequest {
        on,
        branch: loan.checkout,
        door: Door::Desk,
        overrides: Overrides::happened(),
    };
    let decision = decide_renew(book, &ask, &nobody(loan.category), &item, &[]);
    trace
        .steps
        .extend(decision.trace.steps.into_iter().filter(of_dates));
    decision.outcome.map_or(due, |plan| plan.new_due)
}

/// What was counted of nobody, or lifted because it happened, explains no date; the due date is told once, at the end.
fn of_dates(step: &Step) -> bool {
    !matches!(
        step,
        Step::Counted { .. } | Step::Overridden(_) | Step::Refused(_) | Step::Due { .. }
    )
}
