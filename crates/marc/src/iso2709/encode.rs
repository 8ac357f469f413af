use std::fmt;

use super::{
    ENTRY, FIELD_TERMINATOR, LEADER, LONGEST_FIELD, LONGEST_RECORD, RECORD_TERMINATOR,
    SUBFIELD_DELIMITER, fields::is_separator,
};
use crate::model::{Field, Record, Tag};

/// Why a record cannot be written in ISO 2709. XML can hold most of these.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// A field longer than its four digits.
    FieldTooLong {
        /// Which.
        tag: Tag,
        /// Its bytes, terminator included; 9,999 are the most.
        length: usize,
    },
    /// A record longer than its five digits.
    RecordTooLong {
        /// Its bytes; 99,999 are the most.
        length: usize,
    },
    /// A separator within a value, a code or an indicator.
    Separator(Tag),
    /// A control field whose tag is not `00X`, or a data field whose tag is.
    Kind(Tag),
    /// A tag with a separator in it.
    Tag(Tag),
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FieldTooLong { tag, length } => {
                write!(
                    f,
                    "{tag} has {length} bytes; ISO 2709 has room for {LONGEST_FIELD}"
                )
            }
            Self::RecordTooLong { length } => {
                write!(
                    f,
                    "the record has {length} bytes; ISO 2709 has room for {LONGEST_RECORD}"
                )
            }
            Self::Separator(tag) => write!(f, "{tag} has a separator of ISO 2709 within"),
            Self::Kind(tag) => write!(f, "{tag} is the other kind of field, by its tag"),
            Self::Tag(tag) => write!(f, "{tag} cannot be a tag"),
        }
    }
}

impl std::error::Error for EncodeError {}

/// Writes one record. Length, base address and widths in its leader are computed.
pub fn encode<T: AsRef<[u8]>>(record: &Record<T>) -> Result<Vec<u8>, EncodeError> {
    let mut directory = Vec::with_capacity(record.fields.len() * ENTRY);
    let mut data = Vec::new();
    for field in &record.fields {
        let start = data.len();
        let tag = field.tag();
        if tag.as_bytes().iter().any(|byte| is_separator(*byte)) {
            return Err(EncodeError::Tag(tag));
        }
        write_field(field, &mut data)?;
        let length = data.len() - start;
        if length > LONGEST_FIELD {
            return Err(EncodeError::FieldTooLong { tag, length });
        }
        directory.extend_from_slice(tag.as_bytes());
        directory.extend_from_slice(format!("{length:04}{start:05}").as_bytes());
    }
    let base = LEADER + directory.len() + 1;
    let length = base + data.len() + 1;
    if length > LONGEST_RECORD {
        return Err(EncodeError::RecordTooLong { length });
    }
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(record.leader.measured(length, base).as_bytes());
    bytes.extend_from_slice(&directory);
    bytes.push(FIELD_TERMINATOR);
    bytes.extend_from_slice(&data);
    bytes.push(RECORD_TERMINATOR);
    Ok(bytes)
}

fn write_field<T: AsRef<[u8]>>(field: &Field<T>, data: &mut Vec<u8>) -> Result<(), EncodeError> {
    let tag = field.tag();
    let start = data.len();
    let mut separators = 0;
    match field {
        Field::Control(field) if tag.is_control() => data.extend_from_slice(field.value.as_ref()),
        Field::Data(field) if !tag.is_control() => {
            data.extend_from_slice(&field.indicators.0);
            for subfield in &field.subfields {
                data.push(SUBFIELD_DELIMITER);
                data.push(subfield.code.0);
                data.extend_from_slice(subfield.value.as_ref());
            }
            separators = field.subfields.len();
        }
        _ => return Err(EncodeError::Kind(tag)),
    }
    if data[start..]
        .iter()
        .filter(|byte| is_separator(**byte))
        .count()
        != separators
    {
        return Err(EncodeError::Separator(tag));
    }
    data.push(FIELD_TERMINATOR);
    Ok(())
}
