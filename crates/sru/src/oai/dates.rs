//! `YYYY-MM-DD` and `YYYY-MM-DDThh:mm:ssZ`. *OAI-PMH 2.0, section 3.3*.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// To the second, as the finer granularity has it.
///
/// ```
/// let at = "2026-03-04T05:06:07.89Z".parse()?;
/// assert_eq!(relire_sru::oai::datestamp(at), "2026-03-04T05:06:07Z");
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn datestamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Both ends of what was written: the same for a second, the first and last one of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
    pub(super) by_day: bool,
}

pub(super) fn parse(text: &str) -> Option<Span> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_day = text.len() >= 10
        && digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && text.get(4..5) == Some("-")
        && text.get(7..8) == Some("-");
    if !is_day {
        return None;
    }
    if text.len() == 10 {
        let day: Date = text.parse().ok()?;
        let moment = |hour, minute, second| {
            let at = day
                .at(hour, minute, second, 0)
                .to_zoned(TimeZone::UTC)
                .ok()?;
            Some(at.timestamp())
        };
        return Some(Span {
            first: moment(0, 0, 0)?,
            last: moment(23, 59, 59)?,
            by_day: true,
        });
    }
    let is_second = text.len() == 20
        && text.ends_with('Z')
        && text.get(10..11) == Some("T")
        && digits(11..13)
        && digits(14..16)
        && digits(17..19);
    let at: Timestamp = text.parse().ok().filter(|_| is_second)?;
    Some(Span {
        first: at,
        last: at,
        by_day: false,
    })
}
