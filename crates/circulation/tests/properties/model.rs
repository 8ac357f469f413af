//! The plain models: slow, and as close to the words of the rules as they can be.

use circulation::{
    BranchCode, Calendar, Case, Parameter, PeriodDue, PolicyDocument, Role, Rule, holidays,
};
use jiff::civil::Date;
use serde_json::Value;

use crate::circulation;

/// How many things a rule names; then branch, category, document.
type Strength = (usize, bool, bool, bool);

/// The rule that sets a parameter: of all that apply, the one that names most things, then
/// branch, then category, then document.
pub(crate) fn rule<'d>(policy: &'d PolicyDocument, parameter: Parameter, case: &Case) -> &'d Rule {
    let role = policy
        .roles
        .iter()
        .find(|(_, listed)| listed.contains(&parameter))
        .unwrap()
        .0;
    let branch = match role {
        Role::Checkout => case.checkout,
        Role::Owner => case.owner,
        Role::Pickup => case.pickup,
    };
    let mut best: Option<(&Rule, Strength)> = None;
    for rule in policy.rules.iter().filter(|rule| rule.set.sets(parameter)) {
        let applies = (rule.branch.is_none() || rule.branch == Some(branch))
            && (rule.category.is_none() || rule.category == case.category)
            && (rule.document.is_none() || rule.document == Some(case.document));
        let named = [
            rule.branch.is_some(),
            rule.category.is_some(),
            rule.document.is_some(),
        ];
        let strength = (
            named.iter().filter(|named| **named).count(),
            named[0],
            named[1],
            named[2],
        );
        if applies && best.is_none_or(|(_, strongest)| strength > strongest) {
            best = Some((rule, strength));
        }
    }
    best.unwrap().0
}

/// The value of a parameter, by the same.
pub(crate) fn value(policy: &PolicyDocument, parameter: Parameter, case: &Case) -> Value {
    serde_json::to_value(rule(policy, parameter, case).set.get(parameter)).unwrap()
}

/// A number among the parameters.
pub(crate) fn number(policy: &PolicyDocument, parameter: Parameter, case: &Case) -> u64 {
    value(policy, parameter, case).as_u64().unwrap()
}

/// Whether a branch is open on a day.
pub(crate) fn is_open(
    calendar: &Calendar,
    policy: &PolicyDocument,
    branch: BranchCode,
    day: Date,
) -> bool {
    let week: Vec<_> = calendar
        .openings
        .get(&branch)
        .into_iter()
        .flatten()
        .collect();
    if week.is_empty() {
        return true;
    }
    let weekday = day.weekday().to_monday_one_offset();
    let holiday = holidays(day.year()).iter().any(|(on, _)| *on == day);
    let closed = calendar.closures.iter().any(|closure| {
        (closure.branch.is_none() || closure.branch == Some(branch))
            && (closure.first..=closure.last).contains(&day)
    });
    let moving = policy.branch_periods.iter().any(|period| {
        period.branch == branch
            && period.due == PeriodDue::Extend
            && (period.from..=period.to).contains(&day)
    });
    week.iter()
        .any(|opening| i8::try_from(opening.weekday).unwrap() == weekday)
        && !holiday
        && !closed
        && !moving
}

/// A raw due date, walked on day by day while `due_on_closed_day` says so; after three years
/// without an open day it stays.
pub(crate) fn pushed(calendar: &Calendar, policy: &PolicyDocument, case: &Case, raw: Date) -> Date {
    if value(policy, Parameter::DueOnClosedDay, case) == "keep" {
        return raw;
    }
    let mut day = raw;
    for _ in 0..=circulation::SEARCH_DAYS {
        if is_open(calendar, policy, case.checkout, day) {
            return day;
        }
        let Ok(next) = day.tomorrow() else { return raw };
        day = next;
    }
    raw
}

/// A day and a number of days, within the calendar.
pub(crate) fn later(day: Date, days: u64) -> Date {
    let mut left = days;
    let mut day = day;
    // Whole steps of a thousand days, then single ones.
    while left > 0 {
        let step = left.min(1000);
        let Ok(next) = day.checked_add(jiff::Span::new().days(i64::try_from(step).unwrap())) else {
            return Date::MAX;
        };
        day = next;
        left -= step;
    }
    day
}
