//! What readers should have brought back.

use std::sync::Arc;

use circulation::{Condition, Policy, RecallSpan, recall_level, recall_span};
use jiff::{Span, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use store::{LateAsk, LateAt, LateLoan, LateReader};

use crate::{Desk, DeskError, Listed, listed::page, request::local_day};

/// A question for a page of late loans.
#[derive(Debug, Clone)]
pub struct OverdueAsk {
    /// Of which branch: loans made there, or loans of what belongs there.
    pub at: LateAt,
    /// Only those that stand at this recall level; 0: late, and at none yet.
    pub level: Option<u8>,
    /// From the line after this one; none: from the longest overdue.
    pub after: Option<OverdueAfter>,
    /// How many at most, 1 to 50.
    pub most: u32,
    /// Late on the day of this moment.
    pub on: Zoned,
}

/// Where a page of late loans ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueAfter {
    /// The due date of its last line.
    pub due: Date,
    /// The loan of its last line.
    pub loan: i64,
}

/// A late loan.
#[derive(Debug, Clone)]
pub struct OverdueLine {
    /// The recall level that it has reached; 0: none.
    pub level: u8,
    /// How many days it is late, at least 1.
    pub days: u32,
    /// The loan, its item and its reader.
    pub late: LateLoan,
}

impl OverdueLine {
    /// When it was due.
    pub fn due(&self) -> Date {
        self.late.loan.due
    }

    /// Who has it.
    pub fn reader(&self) -> &LateReader {
        &self.late.reader
    }

    /// What its item is known to be: lost, claimed returned, …
    pub fn condition(&self) -> Condition {
        self.late.condition
    }
}

/// How many loans are looked at at a time where only those of a level are asked for.
const LOOK: i64 = 200;
/// How often; a page may then be short, and says where to go on.
const LOOKS: usize = 10;

impl Desk {
    /// A page of a branch's late loans, the longest overdue first. A loan is late from the day after its due date on,
    /// whether or not a recall went out.
    ///
    /// One round trip, and one more where nothing is found. Where a level is asked for and rules give it other days, one more for every 200 loans that are as
    /// late as the level begins somewhere, at most ten: such a page may be shorter than asked for although more follow.
    pub async fn overdue(
        self: &Arc<Self>,
        ask: &OverdueAsk,
    ) -> Result<Listed<OverdueLine, OverdueAfter>, DeskError> {
        let today = local_day(&ask.on);
        let (most, read) = page(ask.most);
        let mut book = self.rulebook();
        let mut from = ask.after;
        let mut more = true;
        let mut lines: Vec<OverdueLine> = Vec::new();
        let mut session = self.store.session().await?;
        for _ in 0..LOOKS {
            let window = book
                .policy_on(today)
                .and_then(|policy| Some((policy, window(policy, ask.level, today)?)));
            let Some((policy, (first_due, last_due))) = window else {
                more = false;
                break;
            };
            let size = if ask.level.is_some() { LOOK } else { read };
            let (version, late) = session
                .late_loans(&LateAsk {
                    at: ask.at,
                    first_due,
                    last_due,
                    after: from.map(|after| (after.due, after.loan)),
                    most: size,
                })
                .await?;
            let fresh = self.rulebook_at(version).await?;
            if !Arc::ptr_eq(&fresh, &book) {
                // A level may have other days now: asked again, under the rules of this moment.
                book = fresh;
                continue;
            }
            more = i64::try_from(late.len()).is_ok_and(|count| count >= size);
            for late in late {
                let line = line(policy, late, today);
                from = Some(after_of(&line));
                if ask.level.is_none_or(|level| level == line.level) {
                    lines.push(line);
                }
            }
            if !more || lines.len() > most {
                break;
            }
        }
        if lines.len() > most {
            return Ok(Listed::cut(lines, most, after_of));
        }
        let next = from.filter(|_| more);
        Ok(Listed { lines, next })
    }
}

/// On which days a loan was due that is late, or stands at a level, on a day: under any rule.
fn window(policy: &Policy, level: Option<u8>, today: Date) -> Option<(Date, Date)> {
    let yesterday = today.yesterday().ok()?;
    let Some(level) = level else {
        return Some((EVER, yesterday));
    };
    let RecallSpan { first, last } = recall_span(policy, level)?;
    let back = |days: u32| {
        today
            .checked_sub(Span::new().try_days(i64::from(days)).ok()?)
            .ok()
    };
    let last_due = back(first)?.min(yesterday);
    let first_due = last.and_then(back).unwrap_or(EVER);
    (first_due <= last_due).then_some((first_due, last_due))
}

/// Before every due date, and a date that Postgres knows.
pub(crate) const EVER: Date = Date::constant(1, 1, 1);

fn line(policy: &Policy, late: LateLoan, today: Date) -> OverdueLine {
    let days = today.since(late.loan.due).map_or(0, |span| span.get_days());
    OverdueLine {
        level: recall_level(policy, &late.loan, today),
        days: u32::try_from(days).unwrap_or(0),
        late,
    }
}

fn after_of(line: &OverdueLine) -> OverdueAfter {
    OverdueAfter {
        due: line.late.loan.due,
        loan: line.late.loan_id,
    }
}
