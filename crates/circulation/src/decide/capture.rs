//! Who gets a returned item, and how long it then waits on the hold shelf.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::serve::{WaitingHold, hold_can_be_served_by};
use crate::days;
use crate::facts::ItemFacts;
use crate::policy::{Case, Parameter, Policy};
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// How far ahead the days of a hold shelf are counted: two years. A branch that opens too seldom
/// for that clears its shelf by hand.
const LONGEST_WAIT: u32 = 2 * 366;

/// A hold in its title's queue, in the order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuedHold {
    /// Who waits, where and for what.
    pub hold: WaitingHold,
    /// It keeps its rank, but is not served before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_until: Option<Date>,
    /// The last day on which it waits.
    pub expires_on: Date,
}

impl QueuedHold {
    fn is_waiting_on(&self, day: Date) -> bool {
        self.suspended_until.is_none_or(|until| until <= day) && day <= self.expires_on
    }
}

/// The first hold of the queue that the item serves on a day: its index in `queue`.
///
/// Suspended and lapsed holds are passed over, and so are those that this item could not serve
/// (see [`hold_can_be_served_by`]); the order of the others is kept.
#[must_use]
pub fn first_served(
    policy: &Policy,
    book: &Rulebook,
    queue: &[QueuedHold],
    item: &ItemFacts,
    on: Date,
) -> Option<usize> {
    queue.iter().position(|queued| {
        queued.is_waiting_on(on) && hold_can_be_served_by(policy, book, &queued.hold, item, on)
    })
}

/// The last day on which an item set aside on `on` waits at its pickup branch (rules of the
/// network, "How the values are used", 8).
///
/// Day 1 is the first day after `on` on which the pickup branch opens; the hold lapses at the end
/// of day `hold_shelf_open_days`. Days of a branch period with `pickup = false` do not count.
/// Where the branch does not open often enough, the count ends after two years. The reasons go
/// into the trace.
#[must_use]
pub fn ready_until(
    book: &Rulebook,
    policy: &Policy,
    case: &Case,
    on: Date,
    trace: &mut Trace,
) -> Date {
    let branch = case.pickup;
    let length = policy.hold_shelf_open_days(case);
    trace.chosen(Parameter::HoldShelfOpenDays, &length);
    let end = days::add(on, LONGEST_WAIT);
    let mut day = on;
    let mut left = length.value;
    while left > 0 {
        let next = book.calendar.next_open(branch, days::next(day), policy);
        if next.no_openings_known && left == length.value {
            trace.push(Step::NoOpeningsKnown { branch });
        }
        if next.none_found || next.day >= end {
            trace.push(Step::OpensTooSeldom { branch });
            return end;
        }
        day = next.day;
        match policy.no_pickup_until(branch, day) {
            Some(last) => day = last,
            None => left -= 1,
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Closure;
    use crate::testing::{TODAY, bare, book, book_of, branch, category, document, item, queued};
    use jiff::civil::date;
    use serde_json::{Value, json};

    fn case(pickup: &str) -> Case {
        Case {
            checkout: branch(pickup),
            owner: branch("LENS"),
            pickup: branch(pickup),
            category: Some(category("ADU")),
            document: document("LIV"),
        }
    }

    fn until(book: &Rulebook, pickup: &str, on: Date) -> (Date, Trace) {
        let mut trace = Trace::default();
        let last = ready_until(book, &book.policies[0], &case(pickup), on, &mut trace);
        (last, trace)
    }

    fn with_days(days: u32, periods: Value) -> Rulebook {
        let mut document = bare();
        document["rule"][0]["hold_shelf_open_days"] = days.into();
        document["branch_period"] = periods;
        book_of(serde_json::from_value(document).unwrap())
    }

    #[test]
    fn days_count_from_the_first_opening_after_the_capture() {
        assert_eq!(until(&book(), "LENS", TODAY).0, date(2026, 3, 24));
        let one_day = with_days(1, json!([]));
        assert_eq!(until(&one_day, "LENS", TODAY).0, date(2026, 3, 11));
        // VILB opens on Wednesday and Saturday, and is closed from 27 July to 22 August.
        assert_eq!(
            until(&one_day, "VILB", date(2026, 7, 25)).0,
            date(2026, 8, 26)
        );
        assert_eq!(until(&with_days(0, json!([])), "LENS", TODAY).0, TODAY);
    }

    #[test]
    fn a_time_without_pickup_stops_the_count() {
        let period = |from, to, pickup| json!({ "branch": "LENS", "from": from, "to": to, "pickup": pickup });
        let book = with_days(
            3,
            json!([
                period("2026-03-12", "2026-03-20", false),
                period("2026-03-21", "2026-03-25", false),
                period("2026-03-26", "2026-04-30", true),
            ]),
        );
        // Day 1 is the 11th; days 2 and 3 follow the two periods.
        assert_eq!(until(&book, "LENS", TODAY).0, date(2026, 3, 27));
        let policy = &book.policies[0];
        let closed = |day| policy.no_pickup_until(branch("LENS"), day);
        assert_eq!(closed(date(2026, 3, 11)), None);
        assert_eq!(closed(date(2026, 3, 12)), Some(date(2026, 3, 25)));
        assert_eq!(closed(date(2026, 3, 26)), None);
        assert_eq!(
            policy.no_pickup_until(branch("VILB"), date(2026, 3, 12)),
            None
        );
    }

    #[test]
    fn a_branch_that_does_not_open_ends_the_count_after_two_years() {
        let mut book = book();
        book.calendar.closures.push(Closure {
            branch: Some(branch("LENS")),
            first: TODAY,
            last: Date::MAX,
            reason: "définitivement".into(),
        });
        let (last, trace) = until(&book, "LENS", TODAY);
        assert_eq!(last, date(2028, 3, 11));
        let lens = branch("LENS");
        assert!(trace.steps.contains(&Step::OpensTooSeldom { branch: lens }));
        assert_eq!(until(&book, "LENS", Date::MAX).0, Date::MAX);
        let for_ever = with_days(u32::MAX, json!([]));
        assert_eq!(until(&for_ever, "NEUF", TODAY).0, date(2028, 3, 11));
        let no_pickup = with_days(
            10,
            json!([{ "branch": "NEUF", "from": "2026-01-01", "to": "9999-12-31", "pickup": false }]),
        );
        assert_eq!(until(&no_pickup, "NEUF", TODAY).0, date(2028, 3, 11));
    }

    #[test]
    fn unknown_hours_are_told_once() {
        let (last, trace) = until(&book(), "NEUF", TODAY);
        assert_eq!(last, date(2026, 3, 20));
        let neuf = branch("NEUF");
        let told = |step: &&Step| **step == Step::NoOpeningsKnown { branch: neuf };
        assert_eq!(trace.steps.iter().filter(told).count(), 1);
    }

    #[test]
    fn the_order_of_the_queue_is_kept_among_those_that_can_be_served() {
        let book = book();
        let first = |queue: &[QueuedHold], item: &ItemFacts| {
            first_served(&book.policies[0], &book, queue, item, TODAY)
        };
        let with = |suspended_until, expires_on| QueuedHold {
            suspended_until,
            expires_on,
            ..queued("VILB")
        };
        let tomorrow = date(2026, 3, 11);
        let queue = [
            with(Some(tomorrow), tomorrow),
            with(None, date(2026, 3, 9)),
            with(Some(TODAY), TODAY),
            queued("LENS"),
        ];
        assert_eq!(first(&queue, &item()), Some(2));
        assert_eq!(first(&queue[..2], &item()), None);
        // A new item does not leave for VILB.
        let new = ItemFacts {
            in_service: TODAY,
            ..item()
        };
        assert_eq!(first(&queue, &new), Some(3));
        assert_eq!(first(&[], &item()), None);
    }
}
