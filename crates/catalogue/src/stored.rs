//! The served record as the index keeps it: ISO 2709 without lengths and directory, so that no
//! record is too long for it and nothing has to be found twice.

use marc::{Code, ControlField, DataField, Field, Indicators, Leader, Record, Tag};

const SUBFIELD: u8 = 0x1F;
const FIELD: u8 = 0x1E;
const LEADER: usize = 24;

/// Writes a record. Separators within values, which no record may have, become blanks.
pub(crate) fn write(record: &Record) -> Vec<u8> {
    let mut bytes = record.leader.as_bytes().to_vec();
    for field in &record.fields {
        bytes.extend_from_slice(field.tag().as_bytes());
        match field {
            Field::Control(field) => value(&field.value, &mut bytes),
            Field::Data(field) => {
                bytes.extend_from_slice(&field.indicators.0);
                for subfield in &field.subfields {
                    bytes.extend_from_slice(&[SUBFIELD, subfield.code.0]);
                    value(&subfield.value, &mut bytes);
                }
            }
        }
        bytes.push(FIELD);
    }
    bytes
}

fn value(value: &str, bytes: &mut Vec<u8>) {
    bytes.extend(value.bytes().map(|byte| {
        if matches!(byte, SUBFIELD | FIELD | 0x1D) {
            b' '
        } else {
            byte
        }
    }));
}

/// Reads it back; `None` if it was never written here.
pub(crate) fn read(bytes: &[u8]) -> Option<Record> {
    let (leader, rest) = bytes.split_first_chunk::<LEADER>()?;
    let mut record = Record::new(Leader::new(*leader));
    for field in rest.split_inclusive(|byte| *byte == FIELD) {
        let (tag, value) = field.strip_suffix(&[FIELD])?.split_first_chunk::<3>()?;
        let tag = Tag::from(tag);
        if tag.is_control() {
            let value = String::from_utf8(value.to_vec()).ok()?;
            record
                .fields
                .push(Field::Control(ControlField { tag, value }));
            continue;
        }
        let (indicators, value) = value.split_first_chunk::<2>()?;
        let mut data = DataField::new(tag, Indicators(*indicators));
        for subfield in value.split(|byte| *byte == SUBFIELD).skip(1) {
            let (code, value) = subfield.split_first()?;
            data.push(Code(*code), String::from_utf8(value.to_vec()).ok()?);
        }
        record.fields.push(Field::Data(data));
    }
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_however_long_it_is() {
        let mut record = Record::new(Leader::UNIMARC);
        record.push_control(b"001", "FRBNF1");
        record.push(
            DataField::new(b"200", b"1 ")
                .with(b'a', "\u{98}L'\u{9C}été")
                .with(b'a', ""),
        );
        record.push(DataField::new(b"330", b"  ").with(b'a', "mot ".repeat(50_000)));
        record.push(DataField::new(b"995", b"  "));
        assert_eq!(read(&write(&record)), Some(record));
        assert_eq!(read(b"short"), None);
    }
}
