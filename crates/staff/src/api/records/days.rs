//! The days that a list is about.

use jiff::{Timestamp, Zoned, civil::Date};

use crate::api::problem::Problem;

/// From the beginning of a day to the end of another, in the network's zone.
pub(super) fn span(
    now: &Zoned,
    from: Option<&str>,
    until: Option<&str>,
) -> Result<(Option<Timestamp>, Option<Timestamp>), Problem> {
    let midnight = |field: &'static str, day: Date| {
        let moment = day.to_zoned(now.time_zone().clone());
        moment.map_err(|_| unfit(field)).map(|at| at.timestamp())
    };
    let day = |field: &'static str, text: Option<&str>| {
        text.map(|text| text.parse::<Date>().map_err(|_| unfit(field)))
            .transpose()
    };
    let from = day("from", from)?
        .map(|day| midnight("from", day))
        .transpose()?;
    let until = day("until", until)?
        .map(|day| midnight("until", day.tomorrow().map_err(|_| unfit("until"))?))
        .transpose()?;
    Ok((from, until))
}

fn unfit(field: &str) -> Problem {
    Problem::unfit(
        field,
        "Un jour comme 2026-07-07.",
        "A day such as 2026-07-07.",
    )
}
