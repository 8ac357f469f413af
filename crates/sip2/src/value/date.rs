//! Dates as SIP2 writes them.

use std::fmt;

use nom::branch::alt;
use nom::bytes::complete::{take, take_while_m_n};
use nom::combinator::{all_consuming, success};
use nom::{IResult, Parser};

/// A moment of 18 characters: `YYYYMMDDZZZZHHMMSS`.
///
/// *3M SIP2 2.00, "Date/time"*. Plain numbers, since what zone "local" is only the library knows.
/// Two such dates must not be compared across the hour that a clock change repeats.
///
/// ```
/// use relire_sip2::value::SipDate;
/// let date = SipDate::parse(b"20261122    153012").expect("a date");
/// assert_eq!((date.day, date.hour), (22, 15));
/// assert_eq!(date.to_string(), "20261122    153012");
/// assert_eq!(SipDate::parse(&[b' '; 18]), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SipDate {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the last of the month.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60.
    pub second: u8,
    /// Whose clock it is.
    pub zone: Zone,
}

/// The four characters between date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Zone {
    /// Four blanks: the library's wall clock.
    #[default]
    Local,
    /// Three blanks and a `Z`: universal time.
    Utc,
    /// Anything else, such as ` EST`.
    Other([u8; 4]),
}

impl SipDate {
    /// Reads a date of 18 characters. The forms of 14 (without zone) and of 8 (midnight), which
    /// some terminals send in variable fields, are read too.
    ///
    /// `None` for blanks, which stand for "no date", and for what is no day of the calendar.
    pub fn parse(bytes: &[u8]) -> Option<SipDate> {
        let (_, date) = date(bytes).ok()?;
        date.is_real().then_some(date)
    }

    fn is_real(&self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let last = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return false,
        };
        (1..=last).contains(&self.day) && self.hour < 24 && self.minute < 60 && self.second <= 60
    }
}

impl fmt::Display for SipDate {
    /// The 18 characters of the wire.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = match &self.zone {
            Zone::Local => b"    ",
            Zone::Utc => b"   Z",
            Zone::Other(zone) => zone,
        };
        write!(f, "{:04}{:02}{:02}", self.year, self.month, self.day)?;
        for byte in zone {
            write!(
                f,
                "{}",
                char::from(if byte.is_ascii_graphic() && *byte != b'|' {
                    *byte
                } else {
                    b' '
                })
            )?;
        }
        write!(f, "{:02}{:02}{:02}", self.hour, self.minute, self.second)
    }
}

fn date(bytes: &[u8]) -> IResult<&[u8], SipDate> {
    let zoned = (zone, digits(2), digits(2), digits(2));
    let bare = (success(Zone::Local), digits(2), digits(2), digits(2));
    let midnight = success((Zone::Local, 0, 0, 0));
    let time = alt((
        all_consuming(zoned),
        all_consuming(bare),
        all_consuming(midnight),
    ));
    (digits(4), digits(2), digits(2), time)
        .map(|(year, month, day, (zone, hour, minute, second))| SipDate {
            year,
            month: month as u8,
            day: day as u8,
            hour: hour as u8,
            minute: minute as u8,
            second: second as u8,
            zone,
        })
        .parse(bytes)
}

fn zone(bytes: &[u8]) -> IResult<&[u8], Zone> {
    take(4usize)
        .map_opt(|zone: &[u8]| match zone {
            b"    " => Some(Zone::Local),
            b"   Z" | b"Z   " => Some(Zone::Utc),
            other => Some(Zone::Other(other.try_into().ok()?)),
        })
        .parse(bytes)
}

/// A number of exactly so many digits, at most four.
fn digits<'a>(
    width: usize,
) -> impl Parser<&'a [u8], Output = u16, Error = nom::error::Error<&'a [u8]>> {
    take_while_m_n(width, width, |byte: u8| byte.is_ascii_digit()).map(|digits: &[u8]| {
        digits
            .iter()
            .fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVENING: SipDate = SipDate {
        year: 2026,
        month: 11,
        day: 22,
        hour: 15,
        minute: 30,
        second: 12,
        zone: Zone::Local,
    };

    #[test]
    fn three_zones() {
        assert_eq!(SipDate::parse(b"20261122    153012"), Some(EVENING));
        assert_eq!(
            SipDate::parse(b"20261122   Z153012"),
            Some(SipDate {
                zone: Zone::Utc,
                ..EVENING
            })
        );
        let other = SipDate {
            zone: Zone::Other(*b" EST"),
            ..EVENING
        };
        assert_eq!(SipDate::parse(b"20261122 EST153012"), Some(other));
        assert_eq!(other.to_string(), "20261122 EST153012");
    }

    #[test]
    fn short_forms() {
        assert_eq!(SipDate::parse(b"20261122153012"), Some(EVENING));
        let midnight = SipDate {
            hour: 0,
            minute: 0,
            second: 0,
            ..EVENING
        };
        assert_eq!(SipDate::parse(b"20261122"), Some(midnight));
    }

    #[test]
    fn no_such_day() {
        for bytes in [
            "20260229    120000",
            "20261301    120000",
            "20260431    120000",
            "20261122    240000",
            "",
            "2026",
        ] {
            assert_eq!(SipDate::parse(bytes.as_bytes()), None, "{bytes:?}");
        }
        assert!(SipDate::parse(b"20240229    120000").is_some());
        assert!(SipDate::parse(b"20000229    120000").is_some());
        assert!(SipDate::parse(b"21000229    120000").is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            if let Some(date) = SipDate::parse(&bytes) {
                prop_assert_eq!(date.to_string().len(), 18);
            }
        }

        #[test]
        fn real_days_come_back(year in 0u16..10000, month in 1u8..13, day in 1u8..29, hour in 0u8..24, minute in 0u8..60) {
            let date = SipDate { year, month, day, hour, minute, second: 59, zone: Zone::Utc };
            prop_assert_eq!(SipDate::parse(date.to_string().as_bytes()), Some(date));
        }
    }
}
