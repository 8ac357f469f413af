//! Which of several records of one document is the one to serve.

use marc::Record;

/// The more is said, and the better it is written, the higher. Only to be compared.
pub fn quality(record: &Record) -> i16 {
    let has = |tag: &[u8; 3], code: u8| record.all(tag, code).any(|text| !text.trim().is_empty());
    let mut points = 0;
    for (present, worth) in [
        (
            has(b"010", b'a') || has(b"073", b'a') || has(b"011", b'a'),
            20,
        ),
        (has(b"200", b'a'), 40),
        (has(b"200", b'e') || has(b"200", b'h'), 3),
        (has(b"200", b'f'), 5),
        (has(b"210", b'c') || has(b"214", b'c'), 10),
        (has(b"210", b'd') || has(b"214", b'd'), 10),
        (record.has(b"214"), 4),
        (has(b"215", b'a'), 8),
        (has(b"101", b'a'), 4),
        (has(b"225", b'a'), 3),
        (has(b"330", b'a'), 8),
        (has(b"606", b'a'), 8),
        (has(b"610", b'a'), 3),
        (has(b"676", b'a'), 5),
        (
            record.has(b"700") || record.has(b"710") || record.has(b"702"),
            10,
        ),
        (record.control(b"003").is_some(), 3),
    ] {
        points += if present { worth } else { 0 };
    }
    let title = record
        .first(b"200", b'a')
        .map(String::as_str)
        .unwrap_or_default();
    let letters = || title.chars().filter(|char| char.is_alphabetic());
    if letters().count() > 3 && letters().all(char::is_uppercase) {
        points -= 40;
    }
    if title.starts_with('[') || title.trim_end().ends_with([')', '/', ':']) {
        points -= 8;
    }
    if title.chars().count() == 60 {
        points -= 15;
    }
    if title.contains("  ") {
        points -= 2;
    }
    // Accents are worth having, and their absence is a habit of old systems.
    let accents = record
        .values()
        .filter(|(_, _, value)| !value.is_ascii())
        .count()
        .min(6);
    points += i16::try_from(accents).unwrap_or(0) * 2;
    points
}
