//! Recalls: levels that a late loan reaches by date, whether or not a notice went out.

use jiff::civil::Date;

use crate::days;
use crate::facts::{OpenLoan, ReaderFacts};
use crate::policy::{Case, Policy};
use crate::refusal::Refusal;

/// The recall level that a loan has reached on a day; 0 if none.
///
/// Level n is reached on the due date + `recall_days`\[n\].
#[must_use]
pub fn recall_level(policy: &Policy, loan: &OpenLoan, on: Date) -> u8 {
    if on < loan.due {
        return 0;
    }
    let days = policy.recall_days(&case_of(loan)).value;
    let reached = days
        .as_slice()
        .iter()
        .filter(|days| days::add(loan.due, **days) <= on)
        .count();
    u8::try_from(reached).unwrap_or(u8::MAX)
}

/// Whether a loan stands in the treasury's work list: from its due date + `treasury_after_days`.
#[must_use]
pub fn treasury(policy: &Policy, loan: &OpenLoan, on: Date) -> bool {
    on >= days::add(loan.due, policy.treasury_after_days(&case_of(loan)).value)
}

/// The refusal of the reader's loan that has gone furthest, if any loan blocks borrowing.
pub(super) fn recall_block(policy: &Policy, reader: &ReaderFacts, on: Date) -> Option<Refusal> {
    reader
        .own_loans()
        .filter_map(|loan| {
            let level = recall_level(policy, loan, on);
            if level == 0 {
                return None;
            }
            let from = policy.borrowing_blocked_from_recall(&case_of(loan));
            (1..=level)
                .contains(&from.value)
                .then_some((level, loan.due, from.rule))
        })
        .min_by_key(|(level, due, _)| (std::cmp::Reverse(*level), *due))
        .map(|(level, due, rule)| Refusal::RecallBlocked { level, due, rule })
}

/// A loan's own case: its checkout branch, the category it was made under.
fn case_of(loan: &OpenLoan) -> Case {
    Case {
        checkout: loan.checkout,
        owner: loan.owner,
        pickup: loan.checkout,
        category: Some(loan.category),
        document: loan.document,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Whose;
    use crate::testing::{book, open};
    use jiff::civil::date;

    #[test]
    fn levels_and_treasury_are_reached_on_their_day() {
        let book = book();
        let policy = &book.policies[0];
        let loan = open(Whose::Reader, "LIV", date(2026, 4, 7));
        for (on, level, in_treasury) in [
            (date(2026, 4, 1), 0, false),
            (date(2026, 4, 20), 0, false),
            (date(2026, 4, 21), 1, false),
            (date(2026, 5, 5), 2, false),
            (date(2026, 5, 19), 3, false),
            (date(2026, 6, 15), 3, false),
            (date(2026, 6, 16), 3, true),
        ] {
            assert_eq!(recall_level(policy, &loan, on), level, "{on}");
            assert_eq!(treasury(policy, &loan, on), in_treasury, "{on}");
        }
    }
}
