//! Control fields, and what is done to a record as a whole.

use super::Lost;
use crate::{
    charset::{Charset, declare},
    model::{ControlField, DataField, Field, Format, Record, Tag},
};

/// 001 and 005 mean the same; 003 is the record's address in UNIMARC, and whose number 001 is in
/// MARC21. 006 to 008 are coded data.
pub(super) fn control(field: &ControlField, to: Format, lost: &mut Vec<Lost>) -> Option<Field> {
    match (field.tag.as_bytes(), to) {
        (b"001" | b"005", _) => Some(Field::Control(field.clone())),
        (b"003", Format::Marc21) => {
            let address = DataField::new(b"024", b"7 ")
                .with(b'a', field.value.clone())
                .with(b'2', "uri");
            Some(Field::Data(address))
        }
        (b"007" | b"008", Format::Unimarc) => None,
        _ => {
            lost.push(Lost::Field(field.tag));
            None
        }
    }
}

/// Fields that must not repeat are joined; the character set is declared.
pub(super) fn finish(record: &mut Record, to: Format) {
    match to {
        Format::Marc21 => {
            join(record, Tag::new(*b"040"));
            join(record, Tag::new(*b"044"));
            declare(record, to, Charset::Utf8);
        }
        Format::Unimarc => {
            declare(record, to, Charset::Utf8);
            if let Some(address) = take_address(record) {
                record.push_control(b"003", address);
            }
        }
    }
}

fn join(record: &mut Record, tag: Tag) {
    let mut joined: Option<DataField> = None;
    record.fields.retain(|field| match field {
        Field::Data(field) if field.tag == tag => {
            match &mut joined {
                Some(first) => first.subfields.extend(field.subfields.iter().cloned()),
                None => joined = Some(field.clone()),
            }
            false
        }
        _ => true,
    });
    if let Some(mut field) = joined {
        // In the order of the codes; repetitions stay in theirs.
        field.subfields.sort_by_key(|subfield| subfield.code);
        record.push(field);
    }
}

/// The table makes 017 of 024; with `$2 uri` it is the record's own address.
fn take_address(record: &mut Record) -> Option<String> {
    let at = record.fields.iter().position(|field| {
        field.as_data().is_some_and(|field| {
            field.tag.as_bytes() == b"017"
                && field.first(b'2').is_some_and(|system| system == "uri")
        })
    })?;
    match record.fields.remove(at) {
        Field::Data(field) => field.first(b'a').cloned(),
        Field::Control(_) => None,
    }
}
