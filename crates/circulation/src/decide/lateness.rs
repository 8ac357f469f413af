//! What follows when something comes back late.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::days;
use crate::policy::{Case, Policy, RuleId};

/// How late a loan came back, and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lateness {
    /// Calendar days from the due date to the return; at least 1.
    pub late_days: u32,
    /// Days late that would have had no consequence.
    pub grace_days: u32,
    /// The rule that sets them.
    pub grace_rule: RuleId,
    /// The suspension, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspension: Option<SuspensionPlan>,
    /// The fine, in cents; 0 if there is none.
    pub fine_cents: i64,
}

/// A suspension from borrowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuspensionPlan {
    /// The day of the return.
    pub from: Date,
    /// How many days; at least 1.
    pub days: u32,
    /// The day on which the reader is free again, as far as this suspension goes. Several
    /// suspensions overlap and do not add up: the latest end counts.
    pub free_on: Date,
    /// The rule that sets the days for each day late.
    pub rule: RuleId,
}

/// What a return on `returned` means for a loan due on `due`; `None` if it is not late.
///
/// Up to `grace_days` nothing follows; beyond, every late day counts, those of grace too.
#[must_use]
pub fn lateness(policy: &Policy, case: &Case, due: Date, returned: Date) -> Option<Lateness> {
    let late_days = days::from_until(due, returned);
    if late_days == 0 {
        return None;
    }
    let grace = policy.grace_days(case);
    let mut lateness = Lateness {
        late_days,
        grace_days: grace.value,
        grace_rule: grace.rule,
        suspension: None,
        fine_cents: 0,
    };
    if late_days > grace.value {
        let per_day = policy.suspension_days_per_day_late(case);
        let most = policy.suspension_max_days(case).value;
        let days = late_days.saturating_mul(per_day.value).min(most);
        lateness.suspension = (days > 0).then(|| SuspensionPlan {
            from: returned,
            days,
            free_on: days::add(returned, days),
            rule: per_day.rule,
        });
        let cents = policy.fine_cents_per_day(case).value;
        lateness.fine_cents = i64::from(late_days).saturating_mul(i64::from(cents));
    }
    Some(lateness)
}
