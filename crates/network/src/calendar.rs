//! `calendar.csv`: weekly openings and closures.

use std::collections::BTreeMap;

use circulation::{BranchCode, Calendar, Closure, Opening};
use jiff::civil::{Date, Time};

use crate::error::Problem;
use crate::table::{Problems, Row, rows};

pub(crate) const FILE: &str = "calendar.csv";

const COLUMNS: [&str; 9] = [
    "kind",
    "branch",
    "weekday",
    "date_from",
    "date_to",
    "opens",
    "closes",
    "origin",
    "reason",
];

/// What one row says.
enum Entry {
    Open {
        line: u64,
        branch: BranchCode,
        opening: Opening,
    },
    Closed {
        line: u64,
        closure: Closure,
    },
}

#[derive(Clone, Copy)]
enum Kind {
    Open,
    Closed,
}

/// The calendar, and each branch that it names with the line that names it.
pub(crate) fn read(text: &str, problems: &mut Problems) -> (Calendar, Vec<(u64, BranchCode)>) {
    let entries = rows(FILE, text, &COLUMNS, problems, |row, problems| {
        match row.word(
            "kind",
            &[("open", Kind::Open), ("closed", Kind::Closed)],
            problems,
        )? {
            Kind::Open => open(row, problems),
            Kind::Closed => closed(row, problems),
        }
    });
    let mut calendar = Calendar {
        version: 1,
        ..Calendar::default()
    };
    let mut named = Vec::new();
    let mut lines: BTreeMap<BranchCode, Vec<(u64, Opening)>> = BTreeMap::new();
    for entry in entries {
        match entry {
            Entry::Open {
                line,
                branch,
                opening,
            } => {
                named.push((line, branch));
                lines.entry(branch).or_default().push((line, opening));
            }
            Entry::Closed { line, closure } => {
                named.extend(closure.branch.map(|branch| (line, branch)));
                calendar.closures.push(closure);
            }
        }
    }
    for (branch, mut week) in lines {
        week.sort_by_key(|(_, opening)| (opening.weekday, opening.opens));
        overlaps(branch, &week, problems);
        let week = week.into_iter().map(|(_, opening)| opening).collect();
        calendar.openings.insert(branch, week);
    }
    (calendar, named)
}

fn open(row: &Row<'_>, problems: &mut Problems) -> Option<Entry> {
    let branch = row.parse("branch", "give the code of one branch", problems);
    let weekday = row.parse("weekday", "give 1 (Monday) to 7 (Sunday)", problems);
    let weekday = weekday.filter(|day| {
        let exists = (1..=7).contains(day);
        if !exists {
            let remedy = "give 1 (Monday) to 7 (Sunday)";
            problems.push(row.problem("weekday", "not a day of the week", remedy));
        }
        exists
    });
    let opens: Option<Time> = row.parse("opens", "write it as 14:00", problems);
    let closes: Option<Time> = row.parse("closes", "write it as 18:30", problems);
    let (opens, closes) = (opens?, closes?);
    if closes <= opens {
        let what = format!("not after opens ({})", row.text("opens"));
        problems.push(row.problem("closes", what, "give the time at which the doors close"));
        return None;
    }
    let opening = Opening {
        weekday: weekday?,
        opens,
        closes,
    };
    Some(Entry::Open {
        line: row.line,
        branch: branch?,
        opening,
    })
}

fn closed(row: &Row<'_>, problems: &mut Problems) -> Option<Entry> {
    let branch = if row.text("branch") == "*" {
        Some(None)
    } else {
        row.parse(
            "branch",
            "give the code of a branch, or * for all",
            problems,
        )
        .map(Some)
    };
    let first: Option<Date> = row.parse("date_from", "write it as 2026-08-03", problems);
    let last: Option<Date> = row.parse("date_to", "write it as 2026-08-15", problems);
    let (first, last) = (first?, last?);
    if last < first {
        let what = format!("before date_from ({first})");
        problems.push(row.problem("date_to", what, "give the last closed day"));
        return None;
    }
    let closure = Closure {
        branch: branch?,
        first,
        last,
        reason: row.text("reason").to_owned(),
    };
    Some(Entry::Closed {
        line: row.line,
        closure,
    })
}

/// `week` is in order: an opening overlaps the one before it, or none.
fn overlaps(branch: BranchCode, week: &[(u64, Opening)], problems: &mut Problems) {
    for ((first, before), (line, opening)) in week.iter().zip(week.iter().skip(1)) {
        if before.weekday == opening.weekday && opening.opens < before.closes {
            let what = format!(
                "{branch} is open already on weekday {} from {} to {} (line {first})",
                opening.weekday, before.opens, before.closes
            );
            let problem = Problem::new(FILE, Some(*line), what, "join the two, or mend the times");
            problems.push(problem.in_column("opens", &opening.opens.to_string()));
        }
    }
}
