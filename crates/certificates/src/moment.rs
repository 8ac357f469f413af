//! Moments as certificates hold them: whole seconds, and in the types of two libraries.

use jiff::{SignedDuration, Timestamp};
use time::OffsetDateTime;
use x509_parser::time::ASN1Time;

/// Clocks of terminals go wrong; what was issued just now is good on one that is a day slow.
const SLOW_CLOCK: SignedDuration = SignedDuration::from_hours(24);

/// From a day before `now`, for so many days after it. `None`: past the end of the calendar.
pub(crate) fn period(now: Timestamp, days: u32) -> Option<(Timestamp, Timestamp)> {
    let now = Timestamp::from_second(now.as_second()).ok()?;
    let from = now.checked_sub(SLOW_CLOCK).ok()?;
    let until = now
        .checked_add(SignedDuration::from_hours(24 * i64::from(days)))
        .ok()?;
    Some((from, until))
}

/// As the signing library takes it; `None` past the year 9999.
pub(crate) fn to_signer(at: Timestamp) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at.as_second()).ok()
}

/// As the reading library gives it. `99991231235959Z`, the standard's "never" (RFC 5280 §4.1.2.5),
/// lies a few hours past our calendar and becomes its end.
pub(crate) fn from_reader(at: ASN1Time) -> Timestamp {
    let seconds = at.timestamp();
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_seconds_a_day_back() {
        let now = "2026-07-01T08:00:00.75Z".parse().unwrap();
        let (from, until) = period(now, 30).unwrap();
        assert_eq!(from.to_string(), "2026-06-30T08:00:00Z");
        assert_eq!(until.to_string(), "2026-07-31T08:00:00Z");
        assert_eq!(period(now, u32::MAX), None);
    }

    #[test]
    fn never_is_the_end_of_the_calendar() {
        let never = ASN1Time::from_timestamp(253_402_300_799).unwrap();
        assert_eq!(from_reader(never), Timestamp::MAX);
        assert_eq!(
            from_reader(ASN1Time::from_timestamp(0).unwrap()),
            Timestamp::UNIX_EPOCH
        );
    }
}
