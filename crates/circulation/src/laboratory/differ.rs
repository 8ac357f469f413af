//! Where two policies say the same, whatever the facts.

use std::collections::BTreeSet;

use crate::codes::{BranchCode, CategoryCode, DocumentCode};
use crate::policy::{Case, Limit, Parameter, ParameterValue, Policy, Role};

type Setting = (
    Parameter,
    Role,
    Option<BranchCode>,
    Option<CategoryCode>,
    Option<DocumentCode>,
);

/// What decides when a loan is due, and whether it is made.
pub(super) const LOAN: &[Parameter] = &[
    Parameter::Loanable,
    Parameter::SelfCheck,
    Parameter::LoanDays,
    Parameter::LoanUntil,
    Parameter::DueOnClosedDay,
    Parameter::NoveltyDays,
    Parameter::NoveltyLoanDays,
];

/// What decides how often and how long it is renewed.
pub(super) const RENEWAL: &[Parameter] = &[
    Parameter::Renewals,
    Parameter::NoveltyRenewals,
    Parameter::RenewDays,
    Parameter::RenewFrom,
    Parameter::RenewOverdueMaxDays,
    Parameter::RenewWhenHeld,
    Parameter::DueOnClosedDay,
];

/// What decides which copy can serve which hold.
pub(super) const SERVING: &[Parameter] = &[
    Parameter::Loanable,
    Parameter::Holdable,
    Parameter::NoveltyDays,
    Parameter::NoveltyLeavesBranch,
];

/// What decides whether a hold is taken.
pub(super) const HOLD: &[Parameter] = &[
    Parameter::Loanable,
    Parameter::Holdable,
    Parameter::HoldOnShelf,
    Parameter::HoldQueueMax,
    Parameter::HoldExpiresDays,
    Parameter::NoveltyDays,
    Parameter::NoveltyLeavesBranch,
];

/// What decides which late loan keeps a reader from borrowing.
pub(super) const RECALL: &[Parameter] =
    &[Parameter::RecallDays, Parameter::BorrowingBlockedFromRecall];

/// Whether every rule of two policies sets these parameters alike, so that no case can come out otherwise.
pub(super) fn same_table(one: &Policy, other: &Policy, parameters: &[Parameter]) -> bool {
    table(one, parameters) == table(other, parameters)
}

fn table(policy: &Policy, parameters: &[Parameter]) -> Vec<(Setting, ParameterValue)> {
    let mut table: Vec<_> = policy
        .rules
        .iter()
        .flat_map(|rule| {
            parameters.iter().filter_map(|parameter| {
                let names = (rule.branch, rule.category, rule.document);
                let value = rule.set.get(*parameter)?;
                let role = policy.role(*parameter);
                Some(((*parameter, role, names.0, names.1, names.2), value))
            })
        })
        .collect();
    table.sort_by_key(|(setting, _)| *setting);
    table
}

/// Whether these parameters have the same values in a case.
pub(super) fn same_case(
    one: &Policy,
    other: &Policy,
    case: &Case,
    parameters: &[Parameter],
) -> bool {
    parameters.iter().all(|parameter| {
        one.resolve_value(*parameter, case).value == other.resolve_value(*parameter, case).value
    })
}

/// Whether no recall ever keeps anybody from borrowing.
pub(super) fn never_blocks(policy: &Policy) -> bool {
    policy
        .rules
        .iter()
        .all(|rule| rule.set.borrowing_blocked_from_recall.unwrap_or(0) == 0)
}

/// Whether two limits count the same things of the same people in the same cases: only the numbers may differ.
pub(super) fn same_scope(one: &Limit, other: &Limit) -> bool {
    fn set<T: Ord + Copy>(codes: &[T]) -> BTreeSet<T> {
        codes.iter().copied().collect()
    }
    one.of == other.of
        && one.over == other.over
        && one.branch == other.branch
        && one.novelty == other.novelty
        && set(&one.categories) == set(&other.categories)
        && set(&one.documents) == set(&other.documents)
}

/// The limits of a policy that the other has not, or has with other numbers.
pub(super) fn other_limits<'a>(
    policy: &'a Policy,
    other: &'a Policy,
) -> impl Iterator<Item = &'a Limit> {
    policy.limits.iter().filter(|limit| {
        !other.limits.iter().any(|known| {
            same_scope(limit, known)
                && limit.max_loans == known.max_loans
                && limit.max_holds == known.max_holds
        })
    })
}
