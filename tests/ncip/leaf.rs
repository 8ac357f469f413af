//! What an element without children may hold.

use super::element::Element;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    /// Not even a blank.
    Empty,
    /// `Ext` of 2.x: any elements that the schema knows.
    Any,
    /// 2.x: text with a `Scheme`.
    SchemeValue,
    Text,
    DateTime,
    Integer,
    NonNegativeInteger,
    PositiveInteger,
}

const NAMES: [(&str, Leaf); 8] = [
    ("empty", Leaf::Empty),
    ("any", Leaf::Any),
    ("schemeValue", Leaf::SchemeValue),
    ("string", Leaf::Text),
    ("dateTime", Leaf::DateTime),
    ("integer", Leaf::Integer),
    ("nonNegativeInteger", Leaf::NonNegativeInteger),
    ("positiveInteger", Leaf::PositiveInteger),
];

impl Leaf {
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, leaf)| *leaf)
    }

    /// Its name in the tables, which is what `datatype` says in 1.x.
    pub(super) fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(_, leaf)| *leaf == self);
        found.map_or("", |(name, _)| name)
    }

    pub(super) fn holds(self, element: &Element) -> Result<(), String> {
        let text = element.text.trim_matches(BLANKS);
        let good = match self {
            Self::Any => text.is_empty(),
            _ if !element.children.is_empty() => return Err("has children".to_owned()),
            Self::Empty => element.text.is_empty(),
            Self::SchemeValue | Self::Text => true,
            Self::DateTime => is_date_time(text),
            Self::Integer => digits(text).is_some(),
            Self::NonNegativeInteger => {
                digits(text).is_some_and(|(minus, digits)| !minus || is_zero(digits))
            }
            Self::PositiveInteger => {
                digits(text).is_some_and(|(minus, digits)| !minus && !is_zero(digits))
            }
        };
        match good {
            true => Ok(()),
            false => Err(format!("{:?} is not {}", element.text, self.name())),
        }
    }
}

/// What XML takes for white space, and a data type of a schema strips.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

fn digits(text: &str) -> Option<(bool, &str)> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let good = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    good.then_some((text.starts_with('-'), digits))
}

fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|byte| byte == b'0')
}

/// XML Schema part 2, 3.2.7: a day and a time, then perhaps a zone. Years of four digits are enough for us.
fn is_date_time(text: &str) -> bool {
    let Some((day, rest)) = text.split_once('T') else {
        return false;
    };
    let zone = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(zone);
    let (time, fraction) = match time.split_once('.') {
        Some((time, fraction)) => (time, Some(fraction)),
        None => (time, None),
    };
    let fraction_is_good = fraction.is_none_or(|fraction| {
        !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
    });
    let day_is_good = numbers(day, '-', &[4, 2, 2]).is_some_and(|day| match day[..] {
        [year, month, day] => year > 0 && (1..=days(year, month)).contains(&day),
        _ => false,
    });
    let time_is_good = numbers(time, ':', &[2, 2, 2]).is_some_and(|time| match time[..] {
        [24, 0, 0] => fraction.is_none_or(is_zero),
        [hour, minute, second] => hour < 24 && minute < 60 && second < 60,
        _ => false,
    });
    let zone_is_good = match zone.strip_prefix(['+', '-']) {
        None => matches!(zone, "" | "Z"),
        Some(zone) => numbers(zone, ':', &[2, 2]).is_some_and(|zone| match zone[..] {
            [14, 0] => true,
            [hour, minute] => hour < 14 && minute < 60,
            _ => false,
        }),
    };
    day_is_good && time_is_good && fraction_is_good && zone_is_good
}

/// Numbers of just so many digits.
fn numbers(text: &str, between: char, lengths: &[usize]) -> Option<Vec<u32>> {
    let parts: Vec<_> = text.split(between).collect();
    let lengths_are_good = parts
        .iter()
        .map(|part| part.len())
        .eq(lengths.iter().copied());
    let digits_are_good = parts
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    (lengths_are_good && digits_are_good)
        .then(|| parts.iter().map(|part| part.parse().unwrap_or(0)).collect())
}

/// 0 for what is no month.
fn days(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}
