//! Days and weekdays, for dates to be read by people and a clock that goes on.

use sip2::value::SipDate;

const SECONDS_A_DAY: i64 = 86_400;

/// Days since 1 March of the year 0 in the Gregorian calendar. A year that begins in March has its
/// leap day at the end, so that the months before it never move.
fn day_number(date: &SipDate) -> i64 {
    let (year, month, day) = (
        i64::from(date.year),
        i64::from(date.month),
        i64::from(date.day),
    );
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1
}

/// The weekday, 0 for Monday.
pub(crate) fn weekday(date: &SipDate) -> usize {
    let days = day_number(date);
    // 1 March of the year 0 was a Wednesday.
    usize::try_from((days + 2).rem_euclid(7)).unwrap_or_default()
}

/// The same clock, so many seconds later. It knows no clock changes: the library sets the
/// terminal's clock often enough.
pub(crate) fn later(date: SipDate, seconds: u64) -> SipDate {
    let of_day = i64::from(date.hour) * 3600 + i64::from(date.minute) * 60 + i64::from(date.second);
    let total = of_day.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX));
    let mut moved = date;
    for _ in 0..total / SECONDS_A_DAY {
        moved = next_day(moved);
    }
    let left = total % SECONDS_A_DAY;
    SipDate {
        hour: small(left / 3600),
        minute: small(left / 60 % 60),
        second: small(left % 60),
        ..moved
    }
}

fn next_day(date: SipDate) -> SipDate {
    let tomorrow = [
        (date.year, date.month, date.day + 1),
        (date.year, date.month + 1, 1),
        (date.year.saturating_add(1), 1, 1),
    ];
    let real = tomorrow.into_iter().find(|(year, month, day)| {
        SipDate::parse(format!("{year:04}{month:02}{day:02}").as_bytes()).is_some()
    });
    let (year, month, day) = real.unwrap_or((date.year, date.month, date.day));
    SipDate {
        year,
        month,
        day,
        ..date
    }
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> SipDate {
        SipDate::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn weekdays() {
        for (text, expected) in [
            ("20260826", 2),
            ("20261122", 6),
            ("20000229", 1),
            ("19700101", 3),
            ("20240301", 4),
            ("21000301", 0),
        ] {
            assert_eq!(weekday(&date(text)), expected, "{text}");
        }
    }

    #[test]
    fn time_goes_on() {
        for (from, seconds, to) in [
            ("20260701    100000", 1, "20260701    100001"),
            ("20260701    235959", 1, "20260702    000000"),
            ("20260228    235959", 1, "20260301    000000"),
            ("20240228    235959", 1, "20240229    000000"),
            ("20261231    235959", 1, "20270101    000000"),
            ("20261122    153000", 3 * 86_400 + 61, "20261125    153101"),
            ("20261122   Z235959", 1, "20261123   Z000000"),
        ] {
            assert_eq!(later(date(from), seconds).to_string(), to, "{from}");
        }
    }
}
