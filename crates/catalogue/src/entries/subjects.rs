//! What it is about: block 6.

use marc::{DataField, Record};
use query::AccessPoint::{
    self, Any, Genre, Subject, SubjectCorporate, SubjectPerson, SubjectPlace, SubjectTime,
    SubjectTopic,
};

use super::{Text, clean, joined};

pub(super) fn texts(record: &Record, texts: &mut Vec<Text>) {
    for field in record.data_fields() {
        let Some((own, name)) = heading(field) else {
            continue;
        };
        let parts: Vec<(&'static [AccessPoint], String)> = parts(field).collect();
        if field.tag.as_bytes() == b"610" {
            // A list of words, each a subject of its own.
            for word in field.all(b'a') {
                texts.push(Text::new(clean(word), &[SubjectTopic, Subject, Any]));
            }
            continue;
        }
        let mut full = name.clone();
        for (_, part) in &parts {
            full.push_str(" -- ");
            full.push_str(part);
        }
        texts.push(Text::new(name, own));
        texts.push(Text::part(full, &[Any]));
        texts.extend(
            parts
                .into_iter()
                .map(|(access, text)| Text::part(text, access)),
        );
    }
}

/// The heading itself: what it is, and how it is called.
fn heading(field: &DataField) -> Option<(&'static [AccessPoint], String)> {
    let (access, name): (&[_], _) = match field.tag.as_bytes() {
        b"600" | b"602" | b"604" => (&[SubjectPerson, Subject], joined(field, b"ab", ", ")),
        b"601" => (&[SubjectCorporate, Subject], joined(field, b"ab", ". ")),
        b"605" => (&[Subject], joined(field, b"ahi", ". ")),
        b"606" | b"610" => (&[SubjectTopic, Subject], joined(field, b"a", " ")),
        b"607" => (&[SubjectPlace, Subject], joined(field, b"a", " ")),
        b"608" => (&[Genre, Subject], joined(field, b"a", " ")),
        b"661" => (&[SubjectTime, Subject], joined(field, b"a", " ")),
        _ => return None,
    };
    (!name.is_empty()).then_some((access, name))
}

fn parts(field: &DataField) -> impl Iterator<Item = (&'static [AccessPoint], String)> {
    field.subfields.iter().filter_map(|subfield| {
        let access: &[_] = match subfield.code.0 {
            b'x' => &[SubjectTopic, Subject],
            b'y' => &[SubjectPlace, Subject],
            b'z' => &[SubjectTime, Subject],
            b'j' => &[Genre, Subject],
            b't' => &[Subject],
            _ => return None,
        };
        let text = clean(&subfield.value);
        (!text.is_empty()).then_some((access, text))
    })
}

/// Every heading, without what narrows it.
pub(super) fn values(record: &Record) -> Vec<String> {
    let mut values = Vec::new();
    for field in record.data_fields() {
        if field.tag.as_bytes() == b"610" {
            values.extend(
                field
                    .all(b'a')
                    .map(|word| clean(word))
                    .filter(|word| !word.is_empty()),
            );
        } else if let Some((_, name)) = heading(field) {
            values.push(name);
        }
    }
    values
}
