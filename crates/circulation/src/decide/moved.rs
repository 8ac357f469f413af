//! What a change of the calendar moves: due dates and days of the hold shelf that fall where nobody opens any more.

use jiff::civil::Date;

use super::{due, ready_until};
use crate::policy::{Case, Policy};
use crate::rulebook::Rulebook;
use crate::trace::{Step, Trace};

/// The later due date of an open loan whose due date the calendar has closed; `None` if it stays.
///
/// It is the next day on which the checkout branch opens, if the rules move due dates off closed days at all, and never
/// later than the lender of a borrowed item allows. A date that a reader was told is never made earlier: what a closure
/// gave stays given when the closure is taken back.
#[must_use]
pub fn moved_due(
    book: &Rulebook,
    policy: &Policy,
    case: &Case,
    due: Date,
    return_by: Option<Date>,
    trace: &mut Trace,
) -> Option<Date> {
    let open = due::push(book, policy, case, due, trace);
    let within = due::within(open, due, return_by, None, trace);
    (within > due).then(|| {
        trace.push(Step::Due { on: within });
        within
    })
}

/// The later last day of an item that waits on a hold shelf since `on`; `None` if it stays `until`.
///
/// Counted anew from the day on which it was set aside, under the rules of that day; never made earlier.
#[must_use]
pub fn moved_ready_until(
    book: &Rulebook,
    policy: &Policy,
    case: &Case,
    on: Date,
    until: Date,
    trace: &mut Trace,
) -> Option<Date> {
    let counted = ready_until(book, policy, case, on, trace);
    (counted > until).then_some(counted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Closure;
    use crate::testing::{book, branch, category, document};
    use jiff::civil::date;

    fn lens() -> Case {
        Case {
            checkout: branch("LENS"),
            owner: branch("LENS"),
            pickup: branch("LENS"),
            category: Some(category("ADU")),
            document: document("LIV"),
        }
    }

    fn closed(first: Date, last: Date) -> Rulebook {
        let mut book = book();
        book.calendar.closures.push(Closure {
            branch: Some(branch("LENS")),
            first,
            last,
            reason: "inondation".into(),
        });
        book
    }

    fn due(book: &Rulebook, day: Date, return_by: Option<Date>) -> (Option<Date>, Trace) {
        let mut trace = Trace::default();
        let policy = &book.policies[0];
        let moved = moved_due(book, policy, &lens(), day, return_by, &mut trace);
        (moved, trace)
    }

    #[test]
    fn a_loan_due_within_a_closure_is_due_when_the_branch_opens_again() {
        let book = closed(date(2026, 3, 10), date(2026, 3, 14));
        let (moved, trace) = due(&book, date(2026, 3, 11), None);
        // The 15th is a Sunday, the 16th a Monday.
        assert_eq!(moved, Some(date(2026, 3, 17)));
        assert!(
            trace
                .steps
                .iter()
                .any(|step| matches!(step, Step::Moved { to, .. } if *to == date(2026, 3, 17)))
        );
        assert_eq!(due(&book, date(2026, 3, 17), None).0, None);
        assert_eq!(due(&book, date(2026, 3, 6), None).0, None);
    }

    #[test]
    fn what_a_lender_wants_back_stays_due_when_they_want_it() {
        let book = closed(date(2026, 3, 10), date(2026, 3, 14));
        let day = date(2026, 3, 11);
        assert_eq!(due(&book, day, Some(day)).0, None);
        assert_eq!(due(&book, day, Some(date(2026, 3, 1))).0, None);
        let until = date(2026, 3, 13);
        assert_eq!(due(&book, day, Some(until)).0, Some(until));
    }

    #[test]
    fn a_shelf_waits_longer_and_never_shorter() {
        let open = book();
        let on = date(2026, 3, 6);
        let mut trace = Trace::default();
        let until = ready_until(&open, &open.policies[0], &lens(), on, &mut trace);
        let book = closed(date(2026, 3, 10), date(2026, 3, 14));
        let moved = |until| {
            let mut trace = Trace::default();
            moved_ready_until(&book, &book.policies[0], &lens(), on, until, &mut trace)
        };
        let later = moved(until).unwrap();
        assert!(later > until);
        assert_eq!(moved(later), None);
        assert_eq!(moved(date(2027, 1, 1)), None);
    }
}
