//! The texts of a dialogue: what is sent, and patterns of what has to come.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, civil::DateTime};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n, take_while1},
    character::complete::{anychar, char, digit1, none_of, one_of, space1},
    combinator::{all_consuming, map, map_opt, opt, recognize, value, verify},
    multi::{many0, many1},
    sequence::{delimited, preceded, terminated},
};

use crate::values::Values;

/// A text with gaps.
#[derive(Debug, Clone)]
pub(crate) struct Text(pub(crate) Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Bytes(Vec<u8>),
    /// A value by its name.
    Value(String),
    /// The moment of the dialogue, so many seconds later, as a date of the standard.
    Now(i64),
    /// Its day alone, eight digits.
    Day(i64),
    /// The checksum of all before it.
    Sum,
    /// One byte of these.
    OneOf(Vec<RangeInclusive<u8>>),
    /// Any bytes, so many.
    Any(usize),
    /// Any bytes, as many as there are.
    AnyNumber,
    /// As many bytes, or all that are left, kept under a name.
    Capture(String, Option<usize>),
}

impl Text {
    /// What is sent: bytes, escapes and gaps.
    pub(crate) fn sent(input: &str) -> Result<Self, String> {
        let plain = map(none_of("{}\\"), bytes_of);
        let text = Self::read(input, alt((gap, escape, plain)))?;
        match text.0.iter().any(Part::is_open) {
            true => Err(format!("{input:?} leaves open what to send")),
            false => Ok(text),
        }
    }

    /// What has to come: the same with wildcards.
    pub(crate) fn pattern(input: &str) -> Result<Self, String> {
        let plain = map(none_of("{}\\?#*[]"), bytes_of);
        let text = Self::read(input, alt((gap, escape, wildcard, plain)))?;
        match text.0.contains(&Part::Sum) {
            true => Err(format!("{input:?}: {{sum}} is for bytes that are sent")),
            false => Ok(text),
        }
    }

    fn read<'a>(
        input: &'a str,
        part: impl Parser<&'a str, Output = Vec<Part>, Error = nom::error::Error<&'a str>>,
    ) -> Result<Self, String> {
        match all_consuming(many0(part)).parse(input) {
            Ok((_, parts)) => Ok(Self(join(parts.into_iter().flatten()))),
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                Err(format!("cannot read {:?}", error.input))
            }
            Err(nom::Err::Incomplete(_)) => Err(format!("{input:?} ends too early")),
        }
    }

    /// The names that it needs, and those that it gives.
    pub(crate) fn names(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut needed, mut given) = (Vec::new(), Vec::new());
        for part in &self.0 {
            match part {
                Part::Value(name) => needed.push(name.as_str()),
                Part::Capture(name, _) => given.push(name.as_str()),
                _ => {}
            }
        }
        (needed, given)
    }

    /// The first two characters, if they are written out.
    pub(crate) fn code(&self) -> Option<String> {
        match self.0.first()? {
            Part::Bytes(bytes) => String::from_utf8(bytes.get(..2)?.to_vec()).ok(),
            _ => None,
        }
    }

    /// The same with values and dates put in; what is open stays.
    pub(crate) fn filled(&self, values: &Values, now: DateTime) -> Vec<Part> {
        let filled = self.0.iter().map(|part| match part {
            Part::Value(name) => {
                Part::Bytes(values.get(name).unwrap_or_default().as_bytes().to_vec())
            }
            Part::Now(seconds) => Part::Bytes(date(now, *seconds, "%Y%m%d    %H%M%S")),
            Part::Day(seconds) => Part::Bytes(date(now, *seconds, "%Y%m%d")),
            other => other.clone(),
        });
        join(filled)
    }

    /// The bytes to send.
    pub(crate) fn bytes(&self, values: &Values, now: DateTime) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in self.filled(values, now) {
            match part {
                Part::Bytes(more) => bytes.extend(more),
                Part::Sum => bytes.extend(format!("{:04X}", crate::line::sum(&bytes)).bytes()),
                _ => {}
            }
        }
        bytes
    }
}

impl Part {
    /// Whether it stands for more than one text.
    fn is_open(&self) -> bool {
        matches!(
            self,
            Part::OneOf(_) | Part::Any(_) | Part::AnyNumber | Part::Capture(..)
        )
    }
}

fn date(now: DateTime, seconds: i64, form: &str) -> Vec<u8> {
    now.saturating_add(SignedDuration::from_secs(seconds))
        .strftime(form)
        .to_string()
        .into_bytes()
}

/// Neighbouring bytes in one.
fn join(parts: impl Iterator<Item = Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Part::Bytes(bytes)), Part::Bytes(more)) => bytes.extend(more),
            (_, part) => joined.push(part),
        }
    }
    joined
}

fn bytes_of(character: char) -> Vec<Part> {
    vec![Part::Bytes(character.to_string().into_bytes())]
}

/// `\r`, `\n`, `\xNN`, or a character that would mean something else.
fn escape(input: &str) -> IResult<&str, Vec<Part>> {
    let hex = map_opt(
        preceded(
            char('x'),
            take_while_m_n(2, 2, |c: char| c.is_ascii_hexdigit()),
        ),
        |digits| u8::from_str_radix(digits, 16).ok(),
    );
    let one = alt((
        map(hex, |byte| vec![Part::Bytes(vec![byte])]),
        value(vec![Part::Bytes(vec![b'\r'])], char('r')),
        value(vec![Part::Bytes(vec![b'\n'])], char('n')),
        map(one_of("{}\\?#*[]|"), bytes_of),
    ));
    preceded(char('\\'), one).parse(input)
}

fn wildcard(input: &str) -> IResult<&str, Vec<Part>> {
    let members = many1(map(none_of("[]"), |c| c)).map(|members| {
        let bytes = members.iter().filter_map(|c| u8::try_from(*c).ok());
        vec![Part::OneOf(bytes.map(|byte| byte..=byte).collect())]
    });
    alt((
        value(vec![Part::Any(1)], char('?')),
        value(digits(1), char('#')),
        value(vec![Part::AnyNumber], char('*')),
        delimited(char('['), members, char(']')),
    ))
    .parse(input)
}

fn digits(count: usize) -> Vec<Part> {
    vec![Part::OneOf(vec![b'0'..=b'9']); count]
}

/// Eight digits, blanks or a Z, six digits.
fn any_date() -> Vec<Part> {
    let zone = Part::OneOf(vec![b' '..=b' ', b'Z'..=b'Z']);
    [
        digits(8),
        vec![Part::Bytes(b"   ".to_vec()), zone],
        digits(6),
    ]
    .concat()
}

/// What stands in braces.
fn gap(input: &str) -> IResult<&str, Vec<Part>> {
    let of_name = |name: &str| vec![Part::Value(name.to_owned())];
    let inside = alt((
        terminated(now, nom::combinator::peek(char('}'))),
        map(preceded((tag("blanks"), space1), number), |count| {
            vec![Part::Bytes(vec![b' '; count])]
        }),
        map(
            (preceded((tag("times"), space1), number), space1, anychar),
            |(count, _, character)| {
                vec![Part::Bytes(
                    character.to_string().repeat(count).into_bytes(),
                )]
            },
        ),
        map(preceded((tag("any"), space1), number), |count| {
            vec![Part::Any(count)]
        }),
        value(
            any_date(),
            terminated(tag("date"), nom::combinator::peek(char('}'))),
        ),
        value(
            vec![Part::Sum],
            terminated(tag("sum"), nom::combinator::peek(char('}'))),
        ),
        map(
            (
                name,
                char(':'),
                alt((value(None, char('*')), map(number, Some))),
            ),
            |(name, _, width)| vec![Part::Capture(name.to_owned(), width)],
        ),
        map(name, of_name),
    ));
    delimited(char('{'), inside, char('}')).parse(input)
}

/// `now`, `now -3 days`, `now +42 seconds`; `day` likewise.
fn now(input: &str) -> IResult<&str, Vec<Part>> {
    let unit = alt((
        value(86_400, (tag("day"), opt(char('s')))),
        value(3_600, (tag("hour"), opt(char('s')))),
        value(60, (tag("minute"), opt(char('s')))),
        value(1, (tag("second"), opt(char('s')))),
    ));
    let sign = alt((value(1, char('+')), value(-1, char('-'))));
    let shift = map(
        (space1, sign, number, space1, unit),
        |(_, sign, count, _, unit): (_, i64, _, _, i64)| {
            sign * unit * i64::try_from(count).unwrap_or(0)
        },
    );
    let of: [fn(i64) -> Part; 2] = [Part::Now, Part::Day];
    let [now, day] = of;
    map(
        (
            alt((value(now, tag("now")), value(day, tag("day")))),
            opt(shift),
        ),
        |(part, shift)| vec![part(shift.unwrap_or(0))],
    )
    .parse(input)
}

/// At most four digits: nothing here is longer than a few thousand bytes.
fn number(input: &str) -> IResult<&str, usize> {
    map_opt(
        verify(digit1, |digits: &str| digits.len() <= 5),
        |digits: &str| digits.parse().ok(),
    )
    .parse(input)
}

/// The name of a value: small letters, digits and `_`.
pub(crate) fn name(input: &str) -> IResult<&str, &str> {
    recognize((
        take_while1(|c: char| c.is_ascii_lowercase()),
        many0(take_while1(|c: char| {
            c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
        })),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    fn sent(text: &str) -> String {
        let mut values = Values::default();
        values.set("card", "2620");
        let now = civil::date(2026, 11, 22).at(15, 30, 12, 0);
        String::from_utf8(Text::sent(text).unwrap().bytes(&values, now)).unwrap()
    }

    #[test]
    fn gaps_are_filled() {
        assert_eq!(
            sent("23002{now}AO|AA{card}|"),
            "2300220261122    153012AO|AA2620|"
        );
        assert_eq!(
            sent("{now -1 day}/{now +42 seconds}"),
            "20261121    153012/20261122    153054"
        );
        assert_eq!(sent("{day +9 days}"), "20261201");
        assert_eq!(sent("{blanks 3}{times 4 9}\\x41\\{"), "   9999A{");
        assert_eq!(sent("9900802.00AY1AZ{sum}\\r"), "9900802.00AY1AZFCA0\r");
        assert_eq!(sent("é?*"), "é?*");
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, told) in [
            ("{now", "now"),
            ("{}", "{}"),
            ("{now -3 weeks}", "weeks"),
            ("a\\q", "q"),
            ("{x:4}", "leaves open"),
            ("{any 4}", "leaves open"),
        ] {
            let error = Text::sent(text).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
        assert!(Text::pattern("[AB").is_err());
        assert!(Text::pattern("{sum}").is_err());
    }
}
