//! What a change of the calendar moves, and why it may not be made.

use circulation::Language;
use desk::{CalendarPreview, CalendarRefused, MovedDays};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::problem::{CHANGED, MISSING_RIGHT, Problem, REFUSED, SESSION_ONLY},
    calendar::refused_text,
};

/// Days that move alike.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct DaysMoved {
    /// Their last day so far.
    #[schema(value_type = String, format = "date")]
    from: Date,
    /// Their new one.
    #[schema(value_type = String, format = "date")]
    to: Date,
    /// How many.
    count: usize,
}

/// What it moves, as of the moment of the question. A few thousand days move at once, the rest within minutes.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(super) struct Moves {
    /// Due dates, by their days.
    due: Vec<DaysMoved>,
    /// How many readers have these loans.
    readers: usize,
    /// Loans due on these days that stay: their rule keeps the day, or their lender does.
    stay: usize,
    /// Last days of waits on hold shelves.
    hold_shelf: Vec<DaysMoved>,
}

impl From<&CalendarPreview> for Moves {
    fn from(preview: &CalendarPreview) -> Self {
        let days = |all: &[MovedDays]| {
            let line = |days: &MovedDays| DaysMoved {
                from: days.from,
                to: days.to,
                count: days.count,
            };
            all.iter().map(line).collect()
        };
        Self {
            due: days(&preview.due),
            readers: preview.readers,
            stay: preview.stay,
            hold_shelf: days(&preview.shelves),
        }
    }
}

/// What the desk refuses about calendars, as a problem.
pub(super) fn problem(refused: &CalendarRefused) -> Problem {
    let fr = refused_text(refused, Language::French);
    let en = refused_text(refused, Language::English);
    match refused {
        CalendarRefused::Right(missing) => (*missing).into(),
        CalendarRefused::NoClosure => Problem::not_found(),
        CalendarRefused::NoBranch(_) => Problem::unfit("branch", fr, en),
        CalendarRefused::Backwards | CalendarRefused::TooLong => Problem::unfit("last", fr, en),
        CalendarRefused::TooEarly(_) | CalendarRefused::TooLate(_) => {
            Problem::unfit("first", fr, en)
        }
        CalendarRefused::BadReason => Problem::unfit("reason", fr, en),
        CalendarRefused::BadHours(_) => Problem::unfit("week", fr, en),
        CalendarRefused::Changed(_) => Problem::new(CHANGED, fr, en),
        CalendarRefused::Network => Problem::new(MISSING_RIGHT, fr, en),
        CalendarRefused::Program => Problem::new(SESSION_ONLY, fr, en),
        CalendarRefused::Overlaps(_) | CalendarRefused::Over(_) => Problem::new(REFUSED, fr, en),
    }
}
