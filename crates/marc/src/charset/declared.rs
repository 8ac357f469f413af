//! What a record says about its own character set.

use super::Charset;
use crate::model::{Field, Format, Record};

/// UNIMARC 100 $a, characters 26–27 (G0) and 28–29 (G1): Manuel UNIMARC, 100.
const SETS: std::ops::Range<usize> = 26..30;

/// The label: UNIMARC 100 $a/26–29, MARC21 leader/09. `None` if it is blank, missing, or names a
/// set that is none of ours.
pub fn declared<T: AsRef<[u8]>>(record: &Record<T>, format: Format) -> Option<Charset> {
    match format {
        Format::Marc21 => match record.leader.get(9) {
            Some(b'a') => Some(Charset::Utf8),
            Some(b' ') => Some(Charset::Marc8),
            _ => None,
        },
        Format::Unimarc => {
            let sets = record.first(b"100", b'a')?.as_ref().get(SETS)?;
            match [sets[0], sets[1], sets[2], sets[3]] {
                [b'5', b'0', ..] => Some(Charset::Utf8),
                [b'0', b'1', b'0', b'3'] => Some(Charset::Iso5426),
                _ => None,
            }
        }
    }
}

/// Writes the label for the set that the record is going to be written in. Says whether there was
/// a place for it: a UNIMARC record without 100 $a, or with one too short to reach it, has none,
/// and Latin-1 has no label in either format.
pub fn declare(record: &mut Record, format: Format, charset: Charset) -> bool {
    match (format, charset) {
        (Format::Marc21, Charset::Utf8) => record.leader = record.leader.with(9, b'a'),
        (Format::Marc21, Charset::Marc8) => record.leader = record.leader.with(9, b' '),
        (Format::Unimarc, Charset::Utf8) => return write(record, "50  "),
        (Format::Unimarc, Charset::Iso5426) => return write(record, "0103"),
        _ => return false,
    }
    true
}

fn write(record: &mut Record, sets: &str) -> bool {
    let coded = record.fields.iter_mut().find_map(|field| match field {
        Field::Data(field) if field.tag.as_bytes() == b"100" => field
            .subfields
            .iter_mut()
            .find(|subfield| subfield.code.0 == b'a'),
        _ => None,
    });
    let Some(coded) = coded else { return false };
    let value: Vec<char> = coded.value.chars().collect();
    if value.len() < SETS.start {
        return false;
    }
    let after = value.iter().skip(SETS.end);
    coded.value = value[..SETS.start]
        .iter()
        .copied()
        .chain(sets.chars())
        .chain(after.copied())
        .collect();
    true
}
