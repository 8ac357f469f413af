//! From a field's bytes to indicators and subfields.

use bytes::Bytes;
use memchr::memchr;

use super::{FIELD_TERMINATOR, RECORD_TERMINATOR, SUBFIELD_DELIMITER, Warning};
use crate::model::{Code, ControlField, DataField, Field, Indicators, Subfield, Tag};

/// Reads one field; `bytes` end before its terminator.
pub(super) fn field(tag: Tag, bytes: Bytes, warnings: &mut Vec<Warning>) -> Field<Bytes> {
    if !tag.is_regular() {
        warnings.push(Warning::Tag(tag));
    }
    if tag.is_control() {
        control(tag, bytes, warnings)
    } else {
        Field::Data(data(tag, bytes, warnings))
    }
}

fn control(tag: Tag, bytes: Bytes, warnings: &mut Vec<Warning>) -> Field<Bytes> {
    let mut value = value(tag, None, bytes, warnings);
    if memchr(SUBFIELD_DELIMITER, &value).is_some() {
        warnings.push(Warning::DelimiterInControlField(tag));
        value = spaced(&value, &[SUBFIELD_DELIMITER]);
    }
    Field::Control(ControlField { tag, value })
}

fn data(tag: Tag, bytes: Bytes, warnings: &mut Vec<Warning>) -> DataField<Bytes> {
    let delimiter = memchr(SUBFIELD_DELIMITER, &bytes);
    let head = delimiter.unwrap_or(bytes.len());
    let (indicators, text) = match bytes[..head] {
        [first, second, ref text @ ..] => (Indicators([first, second]), head - text.len()..head),
        _ => {
            warnings.push(Warning::NoIndicators(tag));
            (Indicators::BLANK, 0..head)
        }
    };
    let mut field = DataField {
        tag,
        indicators: clean(indicators, tag, warnings),
        subfields: Vec::new(),
    };
    if !bytes[text.clone()].iter().all(|byte| *byte == b' ') {
        warnings.push(Warning::NoSubfieldCode(tag));
        let code = Code(b'a');
        let value = value(tag, Some(code), bytes.slice(text), warnings);
        field.subfields.push(Subfield { code, value });
    }
    let mut rest = head;
    while rest < bytes.len() {
        let begin = rest + 1;
        rest = memchr(SUBFIELD_DELIMITER, &bytes[begin..]).map_or(bytes.len(), |at| begin + at);
        match bytes.get(begin..rest) {
            Some([code, ..]) if !is_separator(*code) => {
                let code = Code(*code);
                let value = value(tag, Some(code), bytes.slice(begin + 1..rest), warnings);
                field.subfields.push(Subfield { code, value });
            }
            _ => warnings.push(Warning::EmptyDelimiter(tag)),
        }
    }
    field
}

fn clean(indicators: Indicators, tag: Tag, warnings: &mut Vec<Warning>) -> Indicators {
    if indicators.0.iter().any(|byte| is_separator(*byte)) {
        warnings.push(Warning::NoIndicators(tag));
        return Indicators::BLANK;
    }
    indicators
}

/// A value without terminators; other control characters stay, and are told.
fn value(tag: Tag, code: Option<Code>, bytes: Bytes, warnings: &mut Vec<Warning>) -> Bytes {
    // An escape is how MARC-8 changes its character set.
    let control = |byte: &u8| *byte < 0x20 && *byte != 0x1B || *byte == 0x7F;
    if !bytes.iter().any(control) {
        return bytes;
    }
    let ends = [FIELD_TERMINATOR, RECORD_TERMINATOR];
    let others = |byte: &u8| control(byte) && !is_separator(*byte);
    if bytes.iter().any(others) {
        warnings.push(Warning::ControlCharacters(tag, code));
    }
    if bytes.iter().any(|byte| ends.contains(byte)) {
        warnings.push(Warning::TerminatorInField(tag));
        return spaced(&bytes, &ends);
    }
    bytes
}

fn spaced(bytes: &[u8], what: &[u8]) -> Bytes {
    bytes
        .iter()
        .map(|byte| if what.contains(byte) { b' ' } else { *byte })
        .collect()
}

/// One of the three that ISO 2709 keeps for itself.
pub(super) const fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        RECORD_TERMINATOR | FIELD_TERMINATOR | SUBFIELD_DELIMITER
    )
}
