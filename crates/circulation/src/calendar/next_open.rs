//! The next day that a branch opens.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, ClosedReason, ClosedSpan};
use crate::codes::BranchCode;
use crate::days;
use crate::policy::Policy;

/// How far ahead an open day is looked for: three years. A branch closed for longer has closed
/// for good, and a date that far away helps nobody.
pub const SEARCH_DAYS: u32 = 3 * 366;

/// The answer to "when does it open next?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextOpen {
    /// The first open day on or after the day in question; that day itself if none was found.
    pub day: Date,
    /// The closures in between, in order. Days without opening stand together.
    pub stepped_over: Vec<ClosedSpan>,
    /// The branch has no opening rows, so it counts as always open: worth a warning.
    pub no_openings_known: bool,
    /// No open day within [`SEARCH_DAYS`]: worth a warning.
    pub none_found: bool,
}

impl Calendar {
    /// The first day on or after `from` that the branch is open, as due dates see it.
    #[must_use]
    pub fn next_open(&self, branch: BranchCode, from: Date, policy: &Policy) -> NextOpen {
        let mut answer = NextOpen {
            day: from,
            stepped_over: Vec::new(),
            no_openings_known: self.week(branch).is_none(),
            none_found: false,
        };
        let end = days::add(from, SEARCH_DAYS);
        let mut day = from;
        while let Some(closed) = self.why_closed(branch, day, policy) {
            let last = closed.last;
            append(&mut answer.stepped_over, closed);
            if last >= end {
                return NextOpen {
                    day: from,
                    none_found: true,
                    ..answer
                };
            }
            day = days::next(last);
        }
        NextOpen { day, ..answer }
    }
}

/// Days of the week without opening are joined: "Sunday and Monday" is one span.
fn append(spans: &mut Vec<ClosedSpan>, span: ClosedSpan) {
    match spans.last_mut() {
        Some(before)
            if span.reason == ClosedReason::Weekday && before.reason == ClosedReason::Weekday =>
        {
            before.last = span.last;
        }
        _ => spans.push(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Closure;
    use crate::testing::{book, branch};
    use jiff::civil::date;

    #[test]
    fn closures_are_stepped_over_whole() {
        let book = book();
        let answer = book
            .calendar
            .next_open(branch("VILB"), date(2026, 7, 29), &book.policies[0]);
        assert_eq!(answer.day, date(2026, 8, 26));
        let spans: Vec<_> = answer
            .stepped_over
            .iter()
            .map(|span| (span.first, span.last))
            .collect();
        assert_eq!(
            spans,
            [
                (date(2026, 7, 27), date(2026, 8, 22)),
                (date(2026, 8, 23), date(2026, 8, 25)),
            ]
        );
        assert!(!answer.no_openings_known && !answer.none_found);
    }

    #[test]
    fn an_open_day_stays() {
        let book = book();
        let day = date(2026, 3, 10);
        let answer = book
            .calendar
            .next_open(branch("LENS"), day, &book.policies[0]);
        assert_eq!((answer.day, answer.stepped_over.len()), (day, 0));
    }

    #[test]
    fn unknown_hours_are_told() {
        let book = book();
        let day = date(2026, 12, 25);
        let answer = book
            .calendar
            .next_open(branch("NEUF"), day, &book.policies[0]);
        assert_eq!(answer.day, day);
        assert!(answer.no_openings_known);
    }

    #[test]
    fn a_branch_closed_for_good_keeps_the_date() {
        let mut book = book();
        let day = date(2026, 3, 10);
        book.calendar.closures.push(Closure {
            branch: Some(branch("LENS")),
            first: day,
            last: Date::MAX,
            reason: "définitivement".into(),
        });
        for from in [day, Date::MAX] {
            let answer = book
                .calendar
                .next_open(branch("LENS"), from, &book.policies[0]);
            assert_eq!(answer.day, from);
            assert!(answer.none_found);
        }
    }
}
