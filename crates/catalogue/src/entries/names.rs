//! Who made it: block 7, and the statement of 200 $f and $g.

use marc::{DataField, Record};
use query::AccessPoint::{
    self, Any, Author, ConferenceName, CorporateName, PersonalName, Responsibility,
};

use super::{Text, clean, joined};

pub(super) fn texts(record: &Record, texts: &mut Vec<Text>) {
    let mut named = false;
    for field in record.data_fields() {
        if let Some((access, name)) = name(field) {
            named = true;
            texts.push(Text::new(name, access));
        }
    }
    // Where nobody made an entry, the statement is all that tells the author.
    let access: &[_] = if named {
        &[Responsibility, Any]
    } else {
        &[Responsibility, Author, Any]
    };
    for field in record.data(b"200") {
        for statement in field.all(b'f').chain(field.all(b'g')) {
            texts.push(Text::part(clean(statement), access));
        }
    }
}

fn name(field: &DataField) -> Option<(&'static [AccessPoint], String)> {
    let person: &[_] = &[PersonalName, Author, Any];
    let (access, name) = match (field.tag.as_bytes(), field.indicators.first()) {
        (b"700" | b"701" | b"702" | b"703" | b"720" | b"721" | b"722" | b"730", _) => {
            (person, joined(field, b"ab", ", "))
        }
        (b"710" | b"711" | b"712", b'1') => (
            &[ConferenceName, Author, Any] as &[_],
            joined(field, b"ab", ". "),
        ),
        (b"710" | b"711" | b"712", _) => (
            &[CorporateName, Author, Any] as &[_],
            joined(field, b"ab", ". "),
        ),
        _ => return None,
    };
    (!name.is_empty()).then_some((access, name))
}

/// The name that a list is sorted by.
pub(crate) fn main(record: &Record) -> Option<String> {
    let mut names = record
        .data_fields()
        .filter_map(|field| Some((field.tag, name(field)?.1)));
    let first = names.next()?;
    let main = |tag: marc::Tag| matches!(tag.as_bytes(), b"700" | b"710" | b"720");
    if main(first.0) {
        return Some(first.1);
    }
    Some(names.find(|(tag, _)| main(*tag)).unwrap_or(first).1)
}

/// Every name, each once.
pub(super) fn values(record: &Record) -> Vec<String> {
    record
        .data_fields()
        .filter_map(|field| Some(name(field)?.1))
        .collect()
}
