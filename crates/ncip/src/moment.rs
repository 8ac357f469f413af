//! Dates as they come, and as they go.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::take_while_m_n,
    character::complete::{char, digit1, multispace1, one_of},
    combinator::{all_consuming, map, map_opt, opt, recognize, value},
    sequence::{pair, preceded},
};

/// A date of a message: `xs:dateTime`, and what is sent in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// With a zone: a moment.
    Instant(Timestamp),
    /// Without one: whoever reads it has to know where.
    Local(DateTime),
    /// A day alone.
    Day(Date),
}

impl Moment {
    /// Reads `2026-11-23T10:00:00Z`, with or without zone and fraction, a day alone, and the compact forms
    /// `20261123` and `20261123T100000`.
    ///
    /// ```
    /// use relire_ncip::Moment;
    /// assert_eq!(Moment::parse("2026-11-23T10:00:00.5+01:00").unwrap().to_string(), "2026-11-23T09:00:00Z");
    /// assert_eq!(Moment::parse("2026-11-23"), Some(Moment::Day("2026-11-23".parse().unwrap())));
    /// assert_eq!(Moment::parse("2026-23-11"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        all_consuming(moment)
            .parse(text.trim())
            .ok()
            .map(|(_, moment)| moment)
    }

    /// The day in a zone.
    pub fn day(&self, zone: &TimeZone) -> Date {
        match self {
            Self::Instant(instant) => instant.to_zoned(zone.clone()).date(),
            Self::Local(local) => local.date(),
            Self::Day(day) => *day,
        }
    }
}

/// As it is written: to the second, in UTC where the zone is known.
impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (civil, zone) = match self {
            Self::Instant(instant) => (Offset::UTC.to_datetime(*instant), "Z"),
            Self::Local(local) => (*local, ""),
            Self::Day(day) => (day.at(0, 0, 0, 0), ""),
        };
        write!(f, "{}{zone}", civil.strftime("%Y-%m-%dT%H:%M:%S"))
    }
}

fn moment(input: &str) -> IResult<&str, Moment> {
    let separator = alt((value((), one_of("Tt")), value((), multispace1)));
    map_opt(
        (date, opt((preceded(separator, time), opt(offset)))),
        |(day, rest)| match rest {
            None => Some(Moment::Day(day)),
            Some((time, None)) => Some(Moment::Local(day.to_datetime(time))),
            Some((time, Some(offset))) => {
                let utc = day.to_datetime(time).checked_sub(offset).ok()?;
                // In UTC it can be of the year before the first that four digits write.
                let utc = Some(utc).filter(|utc| utc.year() >= 0)?;
                Some(Moment::Instant(Offset::UTC.to_timestamp(utc).ok()?))
            }
        },
    )
    .parse(input)
}

fn date(input: &str) -> IResult<&str, Date> {
    let dashed = (digits(4), char('-'), digits(2), char('-'), digits(2));
    let parts = alt((
        map(dashed, |(year, _, month, _, day)| (year, month, day)),
        (digits(4), digits(2), digits(2)),
    ));
    map_opt(parts, |(year, month, day)| {
        let (year, month, day) = (
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        );
        Date::new(year, month, day).ok()
    })
    .parse(input)
}

fn time(input: &str) -> IResult<&str, Time> {
    let colons = (
        digits(2),
        preceded(char(':'), digits(2)),
        opt(preceded(char(':'), digits(2))),
    );
    let compact = (digits(2), digits(2), opt(digits(2)));
    let fraction = opt(pair(one_of(".,"), recognize(digit1)));
    map_opt(
        (alt((colons, compact)), fraction),
        |((hour, minute, second), _)| {
            // The end of a day is its last second here.
            let (hour, minute, second) = match (hour, minute, second.unwrap_or(0)) {
                (24, 0, 0) => (23, 59, 59),
                (hour, minute, 60) => (hour, minute, 59),
                other => other,
            };
            let (hour, minute, second) = (
                hour.try_into().ok()?,
                minute.try_into().ok()?,
                second.try_into().ok()?,
            );
            Time::new(hour, minute, second, 0).ok()
        },
    )
    .parse(input)
}

fn offset(input: &str) -> IResult<&str, SignedDuration> {
    let zulu = value(SignedDuration::ZERO, one_of("Zz"));
    let hours = (
        one_of("+-"),
        digits(2),
        opt(preceded(opt(char(':')), digits(2))),
    );
    let hours = map(hours, |(sign, hours, minutes)| {
        let minutes = i64::from(hours) * 60 + i64::from(minutes.unwrap_or(0));
        SignedDuration::from_mins(if sign == '-' { -minutes } else { minutes })
    });
    alt((zulu, hours)).parse(input)
}

fn digits(count: usize) -> impl FnMut(&str) -> IResult<&str, u32> {
    move |input| {
        map_opt(
            take_while_m_n(count, count, |char: char| char.is_ascii_digit()),
            |digits: &str| digits.parse().ok(),
        )
        .parse(input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_for_a_date() {
        let written = |text| Moment::parse(text).map(|moment| moment.to_string());
        for (sent, read) in [
            ("2018-02-01T00:00:00Z", "2018-02-01T00:00:00Z"),
            ("2013-11-13T23:59:00", "2013-11-13T23:59:00"),
            ("2018-02-01T00:00:00.000-05:00", "2018-02-01T05:00:00Z"),
            ("2018-02-01 10:30:00", "2018-02-01T10:30:00"),
            ("2018-02-01T10:30", "2018-02-01T10:30:00"),
            ("20180201", "2018-02-01T00:00:00"),
            ("20180201T103000Z", "2018-02-01T10:30:00Z"),
            ("2018-02-01T24:00:00", "2018-02-01T23:59:59"),
        ] {
            assert_eq!(written(sent).as_deref(), Some(read), "{sent}");
        }
        for wrong in [
            "",
            "0",
            "2018-13-01",
            "2018-28-02",
            "DATE_TIMESTAMP",
            "2018-02-01T25:00:00",
            "2018-02-01T00:00:00Zx",
            "-9999-12-31T23:59:59-99:99",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
        ] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }
}
