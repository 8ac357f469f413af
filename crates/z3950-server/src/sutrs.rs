//! A record as text for people: SUTRS.

use marc::{Format, Record, crosswalk};

/// French names first; the network's readers are French.
const LINES: [(&str, &str); 12] = [
    ("Titre", "title"),
    ("Auteur", "creator"),
    ("Contributeur", "contributor"),
    ("Éditeur", "publisher"),
    ("Date", "date"),
    ("Langue", "language"),
    ("Description", "format"),
    ("Sujet", "subject"),
    ("Résumé", "description"),
    ("Collection", "relation"),
    ("Type", "type"),
    ("Identifiant", "identifier"),
];

/// One line a value. Without the marks around what is not sorted: a terminal shows them as boxes.
pub(crate) fn text(record: &Record) -> String {
    let core = crosswalk::dublin_core(record, Format::Unimarc);
    let mut text = String::new();
    for (name, element) in LINES {
        for value in core.all(element) {
            let value = marc::charset::nonsorting::strip(value);
            text.push_str(name);
            text.push_str(" : ");
            text.push_str(&value);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use marc::{DataField, Leader};

    use super::*;

    #[test]
    fn a_title_reads_as_people_write_it() {
        let mut record = Record::new(Leader::UNIMARC);
        record.push(DataField::new(b"200", b"1 ").with(b'a', "\u{98}L'\u{9C}été"));
        assert!(text(&record).starts_with("Titre : L'été\n"));
    }
}
