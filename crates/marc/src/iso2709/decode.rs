use bytes::Bytes;
use memchr::memchr;

use super::{Damage, FIELD_TERMINATOR, LEADER, RECORD_TERMINATOR, Warning, directory, fields};
use crate::model::{Leader, RawRecord, Record};

/// A record, and what was lenient about reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// What it says.
    pub record: RawRecord,
    /// What was not by the letter.
    pub warnings: Vec<Warning>,
}

/// Reads one record from exactly its bytes. Values are slices of them, not copies.
pub fn decode(bytes: impl Into<Bytes>) -> Result<Decoded, Damage> {
    let bytes = bytes.into();
    let too_short = || Damage::TooShort {
        length: bytes.len(),
    };
    let leader = bytes.get(..LEADER).ok_or_else(too_short)?;
    let leader = Leader::new(leader.try_into().map_err(|_| too_short())?);
    let mut warnings = Vec::new();
    if bytes.last() != Some(&RECORD_TERMINATOR) {
        warnings.push(Warning::NoRecordTerminator);
    }
    if leader.declared_length() != Some(bytes.len()) {
        warnings.push(Warning::Length {
            declared: leader.declared_length(),
            found: bytes.len(),
        });
    }
    let plain = leader.measured(0, 0);
    if plain.as_bytes()[10..12] != leader.as_bytes()[10..12]
        || plain.as_bytes()[20..23] != leader.as_bytes()[20..23]
    {
        warnings.push(Warning::Widths);
    }
    let end = memchr(FIELD_TERMINATOR, &bytes[LEADER..]).ok_or(Damage::NoDirectoryEnd)?;
    let base = LEADER + end + 1;
    if leader.declared_base() != Some(base) {
        warnings.push(Warning::BaseAddress {
            declared: leader.declared_base(),
            found: base,
        });
    }
    let places = directory::places(&bytes[LEADER..base - 1], &bytes[base..], &mut warnings)?;
    if places.is_empty() {
        warnings.push(Warning::NoFields);
    }
    let mut record = Record::new(leader);
    record.fields.reserve_exact(places.len());
    for (tag, place) in places {
        let value = bytes.slice(base + place.start..base + place.end);
        record.fields.push(fields::field(tag, value, &mut warnings));
    }
    Ok(Decoded { record, warnings })
}
