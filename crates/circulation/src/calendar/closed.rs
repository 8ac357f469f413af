//! Why a branch is closed on a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, Holiday, holiday_on};
use crate::codes::BranchCode;
use crate::language::Language;
use crate::policy::{PeriodDue, Policy};

/// Days on which a branch is closed for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedSpan {
    /// Why.
    pub reason: ClosedReason,
    /// The first closed day.
    pub first: Date,
    /// The last closed day.
    pub last: Date,
}

/// Why a branch is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// A closure of the calendar, with its text.
    Closure(String),
    /// A public holiday.
    Holiday(Holiday),
    /// A branch period of the policy that extends due dates.
    Period,
    /// It does not open on this day of the week.
    Weekday,
}

impl ClosedReason {
    /// The reason in words.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match self {
            Self::Closure(text) => text,
            Self::Holiday(holiday) => holiday.name(language),
            Self::Period => language.pick("période particulière du site", "branch period"),
            Self::Weekday => language.pick("jour sans ouverture", "not an opening day"),
        }
    }
}

impl Calendar {
    /// Why the branch is closed on a day, as due dates see it; `None` if it is open.
    ///
    /// The branch's own closures come first, since they say most; then public holidays, closures
    /// of the whole network, periods of the policy with `due = "extend"`, and the week. A branch
    /// without opening rows counts as always open.
    #[must_use]
    pub fn why_closed(&self, branch: BranchCode, day: Date, policy: &Policy) -> Option<ClosedSpan> {
        let week = self.week(branch)?;
        self.closure(Some(branch), day)
            .or_else(|| one_day(day, ClosedReason::Holiday(holiday_on(day)?)))
            .or_else(|| self.closure(None, day))
            .or_else(|| extending_period(branch, day, policy))
            .or_else(|| {
                let weekday = day.weekday().to_monday_one_offset();
                let opens = week
                    .iter()
                    .any(|opening| i8::try_from(opening.weekday) == Ok(weekday));
                if opens {
                    None
                } else {
                    one_day(day, ClosedReason::Weekday)
                }
            })
    }

    /// The closure of this branch (or of every branch) that covers the day and ends last.
    fn closure(&self, branch: Option<BranchCode>, day: Date) -> Option<ClosedSpan> {
        self.closures
            .iter()
            .filter(|closure| closure.branch == branch && closure.covers(day))
            .max_by_key(|closure| closure.last)
            .map(|closure| ClosedSpan {
                reason: ClosedReason::Closure(closure.reason.clone()),
                first: closure.first,
                last: closure.last,
            })
    }
}

fn extending_period(branch: BranchCode, day: Date, policy: &Policy) -> Option<ClosedSpan> {
    policy
        .branch_periods
        .iter()
        .filter(|period| period.branch == branch && period.due == PeriodDue::Extend)
        .filter(|period| period.from <= day && day <= period.to)
        .max_by_key(|period| period.to)
        .map(|period| ClosedSpan {
            reason: ClosedReason::Period,
            first: period.from,
            last: period.to,
        })
}

// An option, so that it chains: every caller has found the branch closed already.
#[expect(clippy::unnecessary_wraps)]
fn one_day(day: Date, reason: ClosedReason) -> Option<ClosedSpan> {
    Some(ClosedSpan {
        reason,
        first: day,
        last: day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{bare, book, branch};
    use jiff::civil::date;

    #[test]
    fn the_reason_that_says_most_comes_first() {
        let book = book();
        let policy = &book.policies[0];
        let why = |code, day| book.calendar.why_closed(branch(code), day, policy);
        // 15 August is a holiday and a Saturday within VILB's summer closure.
        let summer = why("VILB", date(2026, 8, 15)).unwrap();
        assert_eq!(
            summer.reason,
            ClosedReason::Closure("fermeture estivale".into())
        );
        assert_eq!(
            (summer.first, summer.last),
            (date(2026, 7, 27), date(2026, 8, 22))
        );
        let holiday = why("LENS", date(2026, 8, 15)).unwrap();
        assert_eq!(holiday.reason, ClosedReason::Holiday(Holiday::Assumption));
        let everywhere = why("LENS", date(2026, 6, 9)).unwrap();
        assert_eq!(
            everywhere.reason,
            ClosedReason::Closure("panne du réseau".into())
        );
        assert_eq!(
            why("LENS", date(2026, 6, 8)).unwrap().reason,
            ClosedReason::Weekday
        );
        assert_eq!(why("LENS", date(2026, 6, 10)), None);
        assert!(
            book.calendar
                .is_open(branch("LENS"), date(2026, 6, 10), policy)
        );
    }

    #[test]
    fn a_branch_without_opening_rows_is_always_open() {
        let book = book();
        let christmas = date(2026, 12, 25);
        assert!(
            book.calendar
                .is_open(branch("NEUF"), christmas, &book.policies[0])
        );
        assert!(
            !book
                .calendar
                .is_open(branch("LENS"), christmas, &book.policies[0])
        );
    }

    #[test]
    fn a_period_closes_only_if_it_extends_due_dates() {
        let day = date(2026, 3, 11);
        for (due, open) in [("extend", false), ("keep", true)] {
            let mut document = bare();
            document["branch_period"] = serde_json::json!([
                { "branch": "LENS", "from": "2026-03-01", "to": "2026-03-31", "due": due }
            ]);
            let policy: Policy = serde_json::from_value(document).unwrap();
            let calendar = book().calendar;
            assert_eq!(
                calendar.is_open(branch("LENS"), day, &policy),
                open,
                "{due}"
            );
            assert!(calendar.is_open(branch("VILB"), day, &policy));
        }
    }
}
