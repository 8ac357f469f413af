//! Due dates as people say them.

use sip2::value::SipDate;

use super::words::Words;
use crate::calendar::weekday;

/// Reads a due date (AH), for which the standard has no form: 18 characters, `2026-08-26` or
/// `26/08/2026`.
pub(super) fn due_date(text: &str) -> Option<SipDate> {
    let text = text.trim();
    if let Some(date) = SipDate::parse(text.as_bytes()) {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let digits = match parts[..] {
        [year, month, day] if year.len() == 4 => format!("{year}{month:0>2}{day:0>2}"),
        [day, month, year] if year.len() == 4 => format!("{year}{month:0>2}{day:0>2}"),
        _ => return None,
    };
    SipDate::parse(digits.as_bytes())
}

/// `le mercredi 26 août 2026`.
pub(super) fn long(words: &Words, date: &SipDate) -> String {
    let day = words.weekdays.get(weekday(date)).unwrap_or(&"");
    let month = name(&words.months, date);
    let number = number(words, date);
    format!("{}{day} {number} {month} {}", words.on, date.year)
}

/// `mer. 26 août 2026`.
pub(super) fn short(words: &Words, date: &SipDate) -> String {
    let day = words.short_weekdays.get(weekday(date)).unwrap_or(&"");
    let month = name(&words.short_months, date);
    format!("{day} {} {month} {}", number(words, date), date.year)
}

fn name(months: &[&'static str; 12], date: &SipDate) -> &'static str {
    let place = usize::from(date.month).checked_sub(1);
    place.and_then(|at| months.get(at)).unwrap_or(&"")
}

fn number(words: &Words, date: &SipDate) -> String {
    match date.day {
        1 => words.first.to_owned(),
        day => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::words::{ENGLISH, FRENCH};

    #[test]
    fn as_people_say_them() {
        let august = due_date("20260826    235959").unwrap();
        assert_eq!(long(&FRENCH, &august), "le mercredi 26 août 2026");
        assert_eq!(long(&ENGLISH, &august), "on Wednesday 26 August 2026");
        assert_eq!(short(&FRENCH, &august), "mer. 26 août 2026");
        let february = due_date("20270201").unwrap();
        assert_eq!(long(&FRENCH, &february), "le lundi 1er février 2027");
        assert_eq!(short(&ENGLISH, &february), "Mon 1 Feb 2027");
    }

    #[test]
    fn forms_of_due_dates() {
        let expected = due_date("20260826");
        assert!(expected.is_some());
        for text in ["2026-08-26", "26/08/2026", "26.8.2026", " 20260826 "] {
            assert_eq!(due_date(text), expected, "{text}");
        }
        for text in ["", "demain", "26/08/26", "2026-02-30", "1-2-3-4"] {
            assert_eq!(due_date(text), None, "{text}");
        }
    }
}
