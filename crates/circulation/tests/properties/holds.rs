//! Who is served, and how long an item then waits.

use circulation::{
    BranchCode, Calendar, Case, Parameter, PolicyDocument, Trace, first_served,
    hold_can_be_served_by, ready_until,
};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::circulation;
use crate::facts::{item, queue};
use crate::model;
use crate::network::{any_day, branch, category, day, document, rulebook};

fn case() -> impl Strategy<Value = Case> {
    (branch(), branch(), category(), document()).prop_map(|(owner, pickup, category, document)| {
        Case {
            checkout: pickup,
            owner,
            pickup,
            category: Some(category),
            document,
        }
    })
}

/// Whether a day counts on the hold shelf of a branch.
fn counts(calendar: &Calendar, policy: &PolicyDocument, branch: BranchCode, day: Date) -> bool {
    let no_pickup = policy.branch_periods.iter().any(|period| {
        period.branch == branch && !period.pickup && (period.from..=period.to).contains(&day)
    });
    model::is_open(calendar, policy, branch, day) && !no_pickup
}

proptest! {
    #[test]
    fn the_first_of_the_queue_that_can_be_served_is(
        book in rulebook(),
        queue in queue(day().boxed()),
        item in item(day().boxed()),
        on in day(),
    ) {
        let policy = &book.policies[0];
        let served = |place: usize| {
            let queued = &queue[place];
            let waits = !matches!(queued.suspended_until, Some(until) if on < until)
                && queued.expires_on >= on;
            waits && hold_can_be_served_by(policy, &book, &queued.hold, &item, on)
        };
        match first_served(policy, &book, &queue, &item, on) {
            Some(place) => {
                prop_assert!(served(place));
                prop_assert!(!(0..place).any(served));
            }
            None => prop_assert!(!(0..queue.len()).any(served)),
        }
    }

    #[test]
    fn an_item_waits_as_by_counting_days(
        book in rulebook(),
        case in case(),
        on in day(),
    ) {
        let policy = &book.policies[0];
        let last = ready_until(&book, policy, &case, on, &mut Trace::default());
        let length = model::number(policy.document(), Parameter::HoldShelfOpenDays, &case);
        let counts = |day| counts(&book.calendar, policy.document(), case.pickup, day);
        let end = on + 732.days();
        let mut day = on;
        let mut left = length;
        while left > 0 && day < end {
            day = day.tomorrow().unwrap();
            left -= u64::from(counts(day));
        }
        prop_assert_eq!(last, day);
        if length > 0 && last < end {
            prop_assert!(last > on && counts(last));
        }
    }

    #[test]
    fn what_is_captured_later_never_lapses_sooner(
        book in rulebook(),
        case in case(),
        on in any_day(),
    ) {
        let until = |on| ready_until(&book, &book.policies[0], &case, on, &mut Trace::default());
        let next = on.tomorrow().unwrap_or(Date::MAX);
        prop_assert!(on <= until(on));
        prop_assert!(until(on) <= until(next));
    }
}
