//! Counting days without ever leaving the calendar.
//!
//! A rule may hold any number and a record any date, so sums stop at the last day that exists
//! instead of failing: a due date in 9999 is a data error that people see, a panic is an outage.

use jiff::Span;
use jiff::civil::Date;

/// `day` + `days`, at most [`Date::MAX`].
pub(crate) fn add(day: Date, days: u32) -> Date {
    Span::new()
        .try_days(i64::from(days))
        .map_or(Date::MAX, |span| day.saturating_add(span))
}

/// Calendar days from `first` to `last`; negative when `last` comes before.
pub(crate) fn between(first: Date, last: Date) -> i32 {
    (last - first).get_days()
}

/// Calendar days from `first` to `last`, and 0 when `last` comes before.
pub(crate) fn from_until(first: Date, last: Date) -> u32 {
    u32::try_from(between(first, last)).unwrap_or(0)
}

/// The day after, at most [`Date::MAX`].
pub(crate) fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn sums_stop_at_the_last_day() {
        assert_eq!(add(date(2026, 7, 1), 28), date(2026, 7, 29));
        assert_eq!(add(date(2026, 7, 1), u32::MAX), Date::MAX);
        assert_eq!(add(Date::MIN, u32::MAX), Date::MAX);
        assert_eq!(add(Date::MAX, 1), Date::MAX);
        assert_eq!(next(Date::MAX), Date::MAX);
    }

    #[test]
    fn differences_are_whole_days_both_ways() {
        assert_eq!(between(date(2026, 3, 28), date(2026, 3, 30)), 2);
        assert_eq!(between(date(2026, 3, 30), date(2026, 3, 28)), -2);
        assert_eq!(from_until(date(2026, 3, 30), date(2026, 3, 28)), 0);
        assert_eq!(between(Date::MIN, Date::MAX), 7_304_483);
    }
}
