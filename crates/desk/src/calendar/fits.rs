//! Which closures and hours can be, and who may set them.

use circulation::{BranchCode, Closure, Opening, holiday_on};
use jiff::{Span, civil::Date};

use crate::{Action, Member, MissingRight};

/// Why a calendar is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarRefused {
    /// There is no such branch.
    #[error("there is no branch {0}")]
    NoBranch(BranchCode),
    /// There is no such closure, or no more.
    #[error("there is no such closure")]
    NoClosure,
    /// It ends before it begins.
    #[error("a closure ends on the day on which it begins, or later")]
    Backwards,
    /// It is longer than a year.
    #[error("a closure has at most 366 days")]
    TooLong,
    /// It begins before this day, which is a month ago.
    #[error("a closure begins on {0} or later")]
    TooEarly(Date),
    /// It begins after this day, which is in three years.
    #[error("a closure begins on {0} or earlier")]
    TooLate(Date),
    /// The reason is empty, long, or has characters in it that nobody sees.
    #[error("a reason has 1 to 120 characters, in one line")]
    BadReason,
    /// The branch is closed already then, for this closure.
    #[error("there is a closure already from {} to {}", .0.first, .0.last)]
    Overlaps(Closure),
    /// It is over: what was closed was closed.
    #[error("this closure was over on {0}")]
    Over(Date),
    /// An opening has no such weekday, ends before it begins, or overlaps another one of the same day.
    #[error("the hours of weekday {0} cannot be")]
    BadHours(u8),
    /// Somebody changed the calendar since it was seen.
    #[error("the calendar was changed in the meantime: its version is {0} now")]
    Changed(i64),
    /// They may not.
    #[error(transparent)]
    Right(#[from] MissingRight),
    /// What concerns every branch takes the right everywhere.
    #[error("a closure of every branch takes the right to change calendars everywhere")]
    Network,
    /// A program works at one branch.
    #[error("a closure of every branch is announced by people, not by programs")]
    Program,
}

/// How long a closure may be, in days.
const LONGEST: i32 = 366;
/// How many openings a week may have.
const OPENINGS: usize = 28;

/// Whether a closure can be announced on a day.
pub(super) fn closure_fits(closure: &Closure, today: Date) -> Result<(), CalendarRefused> {
    if closure.last < closure.first {
        return Err(CalendarRefused::Backwards);
    }
    if (closure.last - closure.first).get_days() >= LONGEST {
        return Err(CalendarRefused::TooLong);
    }
    let early = today.saturating_sub(Span::new().days(31));
    if closure.first < early {
        return Err(CalendarRefused::TooEarly(early));
    }
    let late = today.saturating_add(Span::new().years(3));
    if closure.first > late {
        return Err(CalendarRefused::TooLate(late));
    }
    let reason = &closure.reason;
    let fits = !reason.is_empty()
        && reason.chars().count() <= 120
        && !reason.chars().any(char::is_control);
    fits.then_some(()).ok_or(CalendarRefused::BadReason)
}

/// Whether it says no more than that a public holiday is one: the network's files name some.
pub fn is_public_holiday(closure: &Closure) -> bool {
    closure.branch.is_none() && closure.first == closure.last && holiday_on(closure.first).is_some()
}

/// Whether these are the hours of a week. None at all are: such a branch counts as always open.
pub(super) fn week_fits(week: &[Opening]) -> Result<(), CalendarRefused> {
    if week.len() > OPENINGS {
        let most = week.last().map_or(1, |opening| opening.weekday);
        return Err(CalendarRefused::BadHours(most));
    }
    for (place, opening) in week.iter().enumerate() {
        let bad = !(1..=7).contains(&opening.weekday)
            || opening.opens >= opening.closes
            || week.iter().skip(place + 1).any(|other| {
                other.weekday == opening.weekday
                    && other.opens < opening.closes
                    && opening.opens < other.closes
            });
        if bad {
            return Err(CalendarRefused::BadHours(opening.weekday));
        }
    }
    Ok(())
}

/// They may change the calendar of a branch, or, where none is named, of every branch.
pub(super) fn allowed(member: &Member, branch: Option<BranchCode>) -> Result<(), CalendarRefused> {
    match branch {
        Some(branch) => Ok(member.require_at(Action::Calendar, branch)?),
        None if member.may_everywhere(Action::Calendar) => Ok(()),
        None if member.token().is_some() => Err(CalendarRefused::Program),
        None => Err(CalendarRefused::Network),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn closure(first: Date, last: Date, reason: &str) -> Closure {
        Closure {
            branch: None,
            first,
            last,
            reason: reason.into(),
        }
    }

    #[test]
    fn a_closure_lies_around_today_and_says_why() {
        let today = date(2026, 6, 9);
        let fits = |first, last, reason: &str| closure_fits(&closure(first, last, reason), today);
        assert_eq!(fits(today, today, "travaux"), Ok(()));
        assert_eq!(fits(date(2026, 5, 9), today, "inondation"), Ok(()));
        assert_eq!(
            fits(today, date(2026, 6, 8), "x"),
            Err(CalendarRefused::Backwards)
        );
        assert_eq!(
            fits(date(2026, 5, 8), today, "x"),
            Err(CalendarRefused::TooEarly(date(2026, 5, 9)))
        );
        assert_eq!(fits(today, date(2027, 6, 9), "x"), Ok(()));
        assert_eq!(
            fits(today, date(2027, 6, 10), "x"),
            Err(CalendarRefused::TooLong)
        );
        assert!(matches!(
            fits(date(2029, 6, 10), date(2029, 6, 10), "x"),
            Err(CalendarRefused::TooLate(_))
        ));
        for reason in ["", "a\nb", &"a".repeat(121)] {
            assert_eq!(
                fits(today, today, reason),
                Err(CalendarRefused::BadReason),
                "{reason}"
            );
        }
        // At the ends of the calendar nothing overflows.
        assert!(closure_fits(&closure(Date::MIN, Date::MAX, "x"), today).is_err());
    }

    #[test]
    fn openings_of_a_day_follow_each_other() {
        let opening = |weekday, opens, closes| Opening {
            weekday,
            opens: time(opens, 0, 0, 0),
            closes: time(closes, 0, 0, 0),
        };
        assert_eq!(week_fits(&[]), Ok(()));
        let good = [opening(2, 10, 12), opening(2, 12, 18), opening(6, 9, 12)];
        assert_eq!(week_fits(&good), Ok(()));
        for bad in [
            vec![opening(0, 9, 12)],
            vec![opening(8, 9, 12)],
            vec![opening(1, 12, 12)],
            vec![opening(3, 9, 12), opening(3, 11, 13)],
            vec![opening(3, 11, 13), opening(3, 9, 12)],
        ] {
            assert!(week_fits(&bad).is_err(), "{bad:?}");
        }
        let many: Vec<_> = (0..29).map(|_| opening(1, 9, 10)).collect();
        assert!(week_fits(&many).is_err());
    }
}
