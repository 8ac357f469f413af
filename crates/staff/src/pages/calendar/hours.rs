//! Weekly hours as people write them: a line a day.

use circulation::Opening;
use jiff::civil::{Time, time};

/// The seven days of a week, Monday first, as they are written into boxes: `10:00-12:00, 14:00-18:00`; empty: closed.
pub(super) fn written(week: &[Opening]) -> [String; 7] {
    let line = |weekday: u8| {
        let day = week.iter().filter(|opening| opening.weekday == weekday);
        let spans: Vec<_> = day
            .map(|opening| format!("{}-{}", clock(opening.opens), clock(opening.closes)))
            .collect();
        spans.join(", ")
    };
    [1, 2, 3, 4, 5, 6, 7].map(line)
}

/// An hour of the day: `09:30`.
fn clock(at: Time) -> String {
    at.strftime("%H:%M").to_string()
}

/// The openings of a week, or the first day, 1 to 7, whose box cannot be read.
pub(super) fn read(boxes: &[String; 7]) -> Result<Vec<Opening>, u8> {
    let mut week = Vec::new();
    for (weekday, text) in (1_u8..).zip(boxes) {
        for span in text.split([',', ';']).map(str::trim) {
            if span.is_empty() {
                continue;
            }
            let (opens, closes) = span.split_once(['-', '–', '—', 'à']).ok_or(weekday)?;
            week.push(Opening {
                weekday,
                opens: hour(opens).ok_or(weekday)?,
                closes: hour(closes).ok_or(weekday)?,
            });
        }
    }
    Ok(week)
}

/// `9`, `9h`, `9h30`, `09:30`.
fn hour(text: &str) -> Option<Time> {
    let text = text.trim();
    let (hour, minute) = text.split_once([':', 'h', 'H']).unwrap_or((text, ""));
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<i8>().ok()).flatten()
    };
    let minute = match minute.trim() {
        "" => 0,
        minute => number(minute)?,
    };
    let hour = number(hour.trim())?;
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| time(hour, minute, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(tuesday: &str) -> [String; 7] {
        let mut boxes = [const { String::new() }; 7];
        boxes[1] = tuesday.to_owned();
        boxes
    }

    #[test]
    fn what_is_written_is_read() {
        let week = read(&boxes("10:00-12:30, 14:00-18:00")).unwrap();
        assert_eq!(week.len(), 2);
        assert_eq!(week[0].opens, time(10, 0, 0, 0));
        assert_eq!(week[1].weekday, 2);
        assert_eq!(read(&written(&week)).unwrap(), week);
        assert_eq!(written(&[]), boxes(""));
    }

    #[test]
    fn people_write_hours_in_many_ways() {
        let plain = read(&boxes("10:00-12:30;14:00-18:00"));
        for text in [
            "10h - 12h30, 14h – 18h",
            "10 à 12h30 ; 14H00—18",
            " 10:00-12:30,14:00-18:00, ",
        ] {
            assert_eq!(read(&boxes(text)), plain, "{text}");
        }
    }

    #[test]
    fn what_is_no_hour_is_told_by_its_day() {
        for text in [
            "matin",
            "10",
            "10-",
            "25-26",
            "10:60-12",
            "1000-1200",
            "10-12-14",
            "-1-3",
            "١-٣",
        ] {
            assert_eq!(read(&boxes(text)), Err(2), "{text}");
        }
    }
}
