//! 215 and notes: how much there is of it, and on what.

use marc::Record;

use crate::fold::fold;

/// Pages of a book; 0 if not said. `1 vol. (250 p.)`, `250 p.`, `XII-250 p.`
pub(crate) fn pages(record: &Record) -> u16 {
    record
        .all(b"215", b'a')
        .find_map(|extent| before(&fold(extent), &["p", "pages", "pages de", "pl"]))
        .unwrap_or(0)
}

/// Discs, cassettes; 0 if not said.
pub(crate) fn units(record: &Record) -> u16 {
    const NAMES: &[&str] = &[
        "disque",
        "disques",
        "dvd",
        "cd",
        "cassette",
        "cassettes",
        "livret",
        "livrets",
        "cartouche",
        "blu",
    ];
    record
        .all(b"215", b'a')
        .find_map(|extent| before(&fold(extent), NAMES))
        .unwrap_or(0)
}

/// Minutes, of `1 h 32 min` in 215 or a note; 0 if not said.
pub(crate) fn minutes(record: &Record) -> u16 {
    record
        .all(b"215", b'a')
        .chain(record.all(b"300", b'a'))
        .find_map(|text| {
            let folded = fold(text);
            let minutes = before(&folded, &["min", "mn", "minutes"])?;
            let hours = before(&folded, &["h", "heure", "heures"]).unwrap_or(0);
            hours.checked_mul(60)?.checked_add(minutes)
        })
        .unwrap_or(0)
}

/// What it is on, as far as that makes another document of it: DVD or Blu-ray, CD or vinyl, the
/// console of a game. Empty if not said.
pub(crate) fn carrier(record: &Record) -> String {
    if let Some(console) = record
        .all(b"337", b'a')
        .map(|text| fold(text))
        .find_map(|text| text.strip_prefix("console ").map(str::to_owned))
    {
        return console;
    }
    let said: Vec<String> = record
        .all(b"215", b'a')
        .chain(record.all(b"300", b'a').filter(|note| note.len() < 40))
        .map(|text| fold(text))
        .collect();
    let has = |word: &str| said.iter().any(|text| text.contains(word));
    let name = if has("blu ray") {
        "bluray"
    } else if has("dvd") {
        "dvd"
    } else if has("33 t") || has("vinyl") {
        "vinyl"
    } else if has("compact") {
        "cd"
    } else {
        ""
    };
    name.to_owned()
}

/// The number before one of these words.
fn before(folded: &str, names: &[&str]) -> Option<u16> {
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let number = match word.strip_suffix('p') {
            // `250p.`
            Some(glued) if names.contains(&"p") => glued,
            _ if names.contains(&next) => word,
            _ => return None,
        };
        number.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use marc::{DataField, Leader};

    use super::*;

    fn with(extent: &str) -> Record {
        let mut record = Record::new(Leader::UNIMARC);
        record.push(DataField::new(b"215", b"  ").with(b'a', extent));
        record
    }

    #[test]
    fn extents_as_people_write_them() {
        assert_eq!(pages(&with("1 vol. (XII-250 p.-[8] p. de pl.)")), 250);
        assert_eq!(pages(&with("250 p.")), 250);
        assert_eq!(pages(&with("250p.")), 250);
        assert_eq!(units(&with("14 disques compacts")), 14);
        assert_eq!(minutes(&with("1 DVD vidéo (1 h 32 min)")), 92);
        assert_eq!(
            carrier(&with("1 disque optique numérique (Blu-ray)")),
            "bluray"
        );
        assert_eq!(pages(&with("99999999 p.")), 0);
    }
}
