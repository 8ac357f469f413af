//! Recalls: levels that a late loan reaches by date, whether or not a notice went out.

use jiff::civil::Date;

use crate::days;
use crate::facts::{OpenLoan, ReaderFacts};
use crate::policy::{Case, Policy, RecallDays};
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

/// How many days after its due date a loan may stand at a recall level, whichever rule is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecallSpan {
    /// From this day on, where the level is reached soonest.
    pub first: u32,
    /// Up to this day, where the next level is reached last; none: for ever.
    pub last: Option<u32>,
}

/// The days on which late loans of a level are to be looked for; `None`: under no rule is a late loan at that level.
///
/// Which of them are at it says [`recall_level`]: one rule's loans may still be below it when another's are beyond.
#[must_use]
pub fn recall_span(policy: &Policy, level: u8) -> Option<RecallSpan> {
    let level = usize::from(level);
    let all = || {
        policy
            .rules
            .iter()
            .filter_map(|rule| rule.set.recall_days.as_ref())
            .map(RecallDays::as_slice)
            .filter(|days| days.len() >= level)
    };
    // A loan is late from the day after its due date on.
    let reached = |days: &[u32]| match level {
        0 => 1,
        level => days.get(level - 1).copied().unwrap_or(u32::MAX).max(1),
    };
    let first = all().map(reached).min()?;
    let last = all()
        .map(|days| days.get(level).map(|next| next.saturating_sub(1)))
        .reduce(|one, other| Some(one?.max(other?)))?;
    let some = last.is_none_or(|last| first <= last);
    some.then_some(RecallSpan { first, last })
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
    use crate::testing::{book, book_of, open, policy};
    use jiff::civil::date;
    use serde_json::json;

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

    #[test]
    fn a_level_is_looked_for_where_some_rule_has_it() {
        let spans = |root, other| {
            let other = json!([{ "id": "R-DVD", "document": "DVD", "recall_days": other }]);
            let book = book_of(policy(json!({ "recall_days": root }), other, json!([])));
            let days = |level| {
                let span = recall_span(&book.policies[0], level)?;
                Some((span.first, span.last))
            };
            [days(0), days(1), days(2), days(3)]
        };
        assert_eq!(
            spans(json!([14, 28]), json!([7, 14, 21])),
            [
                Some((1, Some(13))),
                Some((7, Some(27))),
                Some((14, None)),
                Some((21, None))
            ]
        );
        assert_eq!(
            spans(json!([0]), json!([0])),
            [None, Some((1, None)), None, None]
        );
        assert_eq!(
            spans(json!([]), json!([7])),
            [Some((1, None)), Some((7, None)), None, None]
        );
    }
}
