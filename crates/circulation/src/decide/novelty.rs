//! Whether an item is new.

use jiff::civil::Date;

use crate::codes::CategoryCode;
use crate::days;
use crate::facts::ItemFacts;
use crate::policy::{Case, Policy};

/// Whether an item is new on a day: before its first day in service + `novelty_days`.
///
/// `category` is the reader's, where one is concerned: a rule may name it.
#[must_use]
pub fn is_new(policy: &Policy, item: &ItemFacts, category: Option<CategoryCode>, on: Date) -> bool {
    let case = Case {
        checkout: item.owner,
        owner: item.owner,
        pickup: item.owner,
        category,
        document: item.document,
    };
    on < not_new_from(policy, &case, item)
}

/// The first day on which the item is not new any more.
pub(super) fn not_new_from(policy: &Policy, case: &Case, item: &ItemFacts) -> Date {
    days::add(item.in_service, policy.novelty_days(case).value)
}
