//! How good a record is: the best of a bib is the one that is shown.

use marc::Record;

use crate::title::Title;

/// How well a record describes its document, to be compared with others of the same: the higher
/// the better. Complete, with accents, not in capitals, not cut.
pub fn quality(record: &Record) -> i16 {
    let title = record.first(b"200", b'a').map_or("", String::as_str);
    let letters: Vec<char> = title.chars().filter(|char| char.is_alphabetic()).collect();
    let capitals = letters.len() > 3 && letters.iter().all(|char| char.is_uppercase());
    let accents = record.values().any(|(tag, _, text)| {
        tag.block() != b'9'
            && !tag.is_control()
            && text
                .chars()
                .any(|char| !char.is_ascii() && char.is_alphabetic())
    });
    let count = |tag: &[u8; 3]| i16::try_from(record.data(tag).count().min(5)).unwrap_or(5);
    let points = |yes: bool, points: i16| if yes { points } else { 0 };
    let taken_apart = Title::of(record);
    points(accents, 20)
        + points(!letters.is_empty(), 10)
        + points(record.has(b"010") || record.has(b"073") || record.has(b"011"), 15)
        + points(record.has(b"700") || record.has(b"701") || record.has(b"710"), 10)
        + points(record.has(b"214"), 8)
        + points(record.has(b"210"), 4)
        + points(record.has(b"215"), 5)
        + points(record.has(b"330"), 5)
        + points(record.first(b"200", b'e').is_some(), 3)
        + points(record.has(b"033") || record.has(b"003"), 3)
        + 3 * count(b"606")
        + count(b"610")
        + 2 * count(b"676")
        - points(capitals, 40)
        - points(taken_apart.cut, 15)
        // Something was moved into the title, or left in it.
        - points(title.contains(" : ") || title.ends_with(['/', ':']), 6)
        - points(title.starts_with('[') || title.ends_with(')'), 4)
        - points(!taken_apart.volume.is_empty() && record.first(b"200", b'h').is_none(), 4)
        - points(matches!(record.leader.as_bytes()[17], b'3'), 3)
}

#[cfg(test)]
mod tests {
    use marc::{DataField, Leader};

    use super::*;

    #[test]
    fn the_careful_record_is_shown() {
        let mut good = Record::new(Leader::UNIMARC);
        good.push(DataField::new(b"010", b"  ").with(b'a', "9782070368228"));
        good.push(DataField::new(b"200", b"1 ").with(b'a', "Les Misérables"));
        good.push(DataField::new(b"606", b"  ").with(b'a', "Roman"));
        let mut poor = Record::new(Leader::UNIMARC);
        poor.push(DataField::new(b"200", b"1 ").with(b'a', "MISERABLES (LES)"));
        assert!(quality(&good) > quality(&poor));
        assert!(quality(&poor) > quality(&Record::new(Leader::UNIMARC)) - 50);
    }
}
