//! For tests: any part, made of the bytes that a property test throws.

use jiff::Timestamp;

use crate::{Moment, Secret, Value};

/// Bytes that decide what a part is like. When they are used up, everything is as small as it can be.
pub(crate) struct Source<'b>(pub(crate) &'b [u8]);

impl Source<'_> {
    pub(crate) fn byte(&mut self) -> u8 {
        match self.0 {
            [first, rest @ ..] => {
                let first = *first;
                self.0 = rest;
                first
            }
            [] => 0,
        }
    }
}

pub(crate) trait Sample {
    fn sample(source: &mut Source<'_>) -> Self;
}

impl<T: Sample> Sample for Option<T> {
    fn sample(source: &mut Source<'_>) -> Self {
        source
            .byte()
            .is_multiple_of(2)
            .then(|| T::sample(source))
            .filter(|_| !source.0.is_empty())
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(source: &mut Source<'_>) -> Self {
        let count = match source.byte() % 4 {
            3 => 2,
            2 => 1,
            _ => 0,
        };
        let count = if source.0.is_empty() { 0 } else { count };
        (0..count).map(|_| T::sample(source)).collect()
    }
}

impl Sample for bool {
    fn sample(source: &mut Source<'_>) -> Self {
        source.byte() % 2 == 1
    }
}

/// Never empty, without blanks around it: an empty element is none.
impl Sample for String {
    fn sample(source: &mut Source<'_>) -> Self {
        const INSIDE: [char; 12] = [
            'a',
            'Z',
            '9',
            ' ',
            '<',
            '&',
            '"',
            '\'',
            '>',
            'é',
            ']',
            '\u{1F4D6}',
        ];
        let count = usize::from(source.byte() % 6);
        let inside = (0..count).map(|_| {
            let pick = usize::from(source.byte()) % INSIDE.len();
            INSIDE[pick]
        });
        format!("x{}y", inside.collect::<String>())
    }
}

impl Sample for Secret {
    fn sample(source: &mut Source<'_>) -> Self {
        Self::new(String::sample(source))
    }
}

impl Sample for Value {
    fn sample(source: &mut Source<'_>) -> Self {
        Self {
            scheme: Sample::sample(source),
            text: Sample::sample(source),
        }
    }
}

impl Sample for Moment {
    fn sample(source: &mut Source<'_>) -> Self {
        let second = i64::from(source.byte()) * 86_400 * 97 + i64::from(source.byte());
        let instant = Timestamp::from_second(second).expect("a second of the years 1970 to 2037");
        if source.byte().is_multiple_of(2) {
            Self::Instant(instant)
        } else {
            Self::Local(jiff::tz::Offset::UTC.to_datetime(instant))
        }
    }
}

impl Sample for u32 {
    fn sample(source: &mut Source<'_>) -> Self {
        u32::from(source.byte()) * 1_000_003
    }
}

impl Sample for i64 {
    fn sample(source: &mut Source<'_>) -> Self {
        i64::from(source.byte()) * 1_000_003 - 9_999
    }
}
