//! Dates, names and numbers as people read them.

use jiff::civil::Date;

use crate::codes::{BranchCode, DocumentCode};
use crate::language::Language;
use crate::rulebook::Rulebook;

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "26 août", "26 August".
pub(crate) fn day_and_month(day: Date, language: Language) -> String {
    let months = language.pick(&FRENCH_MONTHS, &ENGLISH_MONTHS);
    let month = months
        .iter()
        .zip(1..)
        .find(|(_, number)| *number == day.month());
    let name = month.map_or("", |(name, _)| name);
    let first = language == Language::French && day.day() == 1;
    format!("{}{} {name}", day.day(), if first { "er" } else { "" })
}

/// "26/08/2026", "26 August 2026".
pub(crate) fn full_date(day: Date, language: Language) -> String {
    match language {
        Language::French => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        Language::English => format!("{} {}", day_and_month(day, language), day.year()),
    }
}

/// The branch's name, or its code where none is known.
pub(crate) fn branch_name(branch: BranchCode, book: &Rulebook) -> String {
    book.branches
        .get(&branch)
        .map_or_else(|| branch.to_string(), |branch| branch.name.clone())
}

/// "1 jour", "3 jours".
pub(crate) fn count(number: u32, one: &str, many: &str, language: Language) -> String {
    // French says "0 jour", English "0 days".
    let single = number == 1 || (number == 0 && language == Language::French);
    format!("{number} {}", if single { one } else { many })
}

/// Document types by their labels.
pub(crate) fn labels(documents: &[DocumentCode], book: &Rulebook) -> String {
    let label = |code: &DocumentCode| {
        book.documents
            .get(code)
            .map_or_else(|| code.to_string(), |kind| kind.label.clone())
    };
    documents.iter().map(label).collect::<Vec<_>>().join(" + ")
}

/// Codes, with commas.
pub(crate) fn list(branches: &[BranchCode]) -> String {
    branches
        .iter()
        .map(BranchCode::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// An amount in euros, without its sign: `3,50` or `3.50`.
pub(crate) fn euros(cents: i64, language: Language) -> String {
    let comma = match language {
        Language::French => ',',
        Language::English => '.',
    };
    format!("{}{comma}{:02}", cents / 100, (cents % 100).abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_written_as_people_write_them() {
        let day = date(2026, 8, 1);
        assert_eq!(day_and_month(day, Language::French), "1er août");
        assert_eq!(day_and_month(day, Language::English), "1 August");
        assert_eq!(full_date(day, Language::French), "01/08/2026");
        assert_eq!(full_date(day, Language::English), "1 August 2026");
        assert_eq!(day_and_month(Date::MAX, Language::French), "31 décembre");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(count(1, "jour", "jours", Language::French), "1 jour");
        assert_eq!(count(0, "jour", "jours", Language::French), "0 jour");
        assert_eq!(count(0, "day", "days", Language::English), "0 days");
    }
}
