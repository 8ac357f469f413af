//! UNIMARC and MARC21, each turned into the other; Dublin Core and MODS from both.
//!
//! What stands where is data: [`rows::ROWS`] pairs fields, indicators and subfields, and is read in
//! both directions; coded positions, relator codes and countries are tables of pairs. What a record
//! holds and the other format has no place for is told as [`Lost`], never dropped in silence.
//!
//! Copies (995 and other 9XX) are local to a source: they are left to the import profile, and told
//! as [`Lost::Local`].
//!
//! ```
//! use relire_marc::crosswalk::{to_marc21, to_unimarc};
//! use relire_marc::{DataField, Leader, Record};
//!
//! let mut record = Record::new(Leader::UNIMARC);
//! record.push(DataField::new(b"200", b"1 ").with(b'a', "\u{98}Le \u{9C}Horla").with(b'e', "et autres contes").with(b'f', "Guy de Maupassant"));
//! record.push(DataField::new(b"700", b" 1").with(b'a', "Maupassant").with(b'b', "Guy de").with(b'4', "070"));
//! let there = to_marc21(&record);
//! let title = there.record.data(b"245").next().unwrap();
//! assert_eq!(title.indicators.0, *b"13");
//! assert_eq!(title.first(b'a').unwrap(), "Le Horla :");
//! assert_eq!(there.record.first(b"100", b'a').unwrap(), "Maupassant, Guy de");
//! let back = to_unimarc(&there.record);
//! assert_eq!(back.record.data(b"200").next(), record.data(b"200").next());
//! ```

mod coded;
mod coded_tables;
mod dublin_core;
mod fields;
mod isbd;
mod leader;
mod links;
mod lost;
mod mods;
pub mod rows;
mod special;
mod summary;
mod values;

use crate::model::{DataField, Field, Format, Record};

pub use dublin_core::{DublinCore, dublin_core};
pub use lost::Lost;
pub use mods::mods;

/// A record in the other format, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossed {
    /// In the other format, fields in the order of their tags.
    pub record: Record,
    /// What has no place there.
    pub lost: Vec<Lost>,
}

/// UNIMARC to MARC21, with ISBD punctuation (leader/18 `i`) and in Unicode (leader/09 `a`).
pub fn to_marc21(unimarc: &Record) -> Crossed {
    cross(unimarc, Format::Marc21)
}

/// MARC21 to UNIMARC, without punctuation at the ends of subfields, in Unicode (100 $a/26 `50`).
pub fn to_unimarc(marc21: &Record) -> Crossed {
    cross(marc21, Format::Unimarc)
}

fn cross(record: &Record, to: Format) -> Crossed {
    let mut lost = Vec::new();
    let leader = leader::convert(record.leader, to, &mut lost);
    let mut other = Record::new(leader);
    for field in coded::convert(record, to, &mut lost) {
        other.fields.push(field);
    }
    for field in &record.fields {
        match field {
            Field::Control(field) => other.fields.extend(special::control(field, to, &mut lost)),
            Field::Data(field) if coded::handles(field.tag, to) => {}
            Field::Data(field) => other.fields.extend(
                data(field, record, to, &mut lost)
                    .into_iter()
                    .map(Field::Data),
            ),
        }
    }
    special::finish(&mut other, to);
    other.fields.sort_by_key(Field::tag);
    Crossed {
        record: other,
        lost,
    }
}

fn data(field: &DataField, record: &Record, to: Format, lost: &mut Vec<Lost>) -> Vec<DataField> {
    if links::handles(field.tag, to) {
        return links::convert(field, to, lost).into_iter().collect();
    }
    if field.tag.block() == b'9' {
        lost.push(Lost::Local(field.tag));
        return Vec::new();
    }
    match rows::find(field, to) {
        Some(row) => fields::convert(field, row, record, to, lost),
        None => {
            lost.push(Lost::Field(field.tag));
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests;
