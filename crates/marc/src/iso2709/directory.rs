//! Which bytes have which tag: the directory, checked against the field terminators.

use std::ops::Range;

use memchr::memchr_iter;

use super::{Damage, ENTRY, FIELD_TERMINATOR, RECORD_TERMINATOR, Warning};
use crate::model::Tag;

/// A tag and the bytes of its field, terminator left out.
pub(super) type Place = (Tag, Range<usize>);

/// The places of all fields in `data`, which begins at the base address.
pub(super) fn places(
    directory: &[u8],
    data: &[u8],
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Place>, Damage> {
    if directory.len().is_multiple_of(ENTRY) {
        if let Some(places) = by_numbers(directory, data, 0) {
            return Ok(places);
        }
        let shifts = (1..=8).flat_map(|by| [by, -by]);
        for by in shifts {
            if let Some(places) = by_numbers(directory, data, by) {
                warnings.push(Warning::DirectoryShifted(by));
                return Ok(places);
            }
        }
    }
    by_terminators(directory, data, warnings)
}

/// As the directory says, if every entry begins behind a terminator, ends with one, and no byte
/// belongs to two fields or to none.
fn by_numbers(directory: &[u8], data: &[u8], shift: isize) -> Option<Vec<Place>> {
    let mut places = Vec::with_capacity(directory.len() / ENTRY);
    let mut covered = 0;
    for entry in directory.chunks_exact(ENTRY) {
        let length = number(&entry[3..7])?;
        let start = number(&entry[7..12])?.checked_add_signed(shift.checked_neg()?)?;
        let last = start.checked_add(length.checked_sub(1)?)?;
        let begins = start == 0 || data.get(start - 1) == Some(&FIELD_TERMINATOR);
        if !begins || data.get(last) != Some(&FIELD_TERMINATOR) {
            return None;
        }
        covered += length;
        places.push((tag(entry), start..last));
    }
    // Only the record terminator is no field's, unless it is missing.
    let rest = data.len().checked_sub(covered)?;
    let ended = data.last() == Some(&RECORD_TERMINATOR);
    (rest == usize::from(ended)).then_some(places)
}

/// Cut at the terminators; the tags in the directory's order.
fn by_terminators(
    directory: &[u8],
    data: &[u8],
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Place>, Damage> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for end in memchr_iter(FIELD_TERMINATOR, data) {
        pieces.push(begin..end);
        begin = end + 1;
    }
    let whole = pieces.len();
    let end = data.len() - usize::from(data.last() == Some(&RECORD_TERMINATOR));
    if begin < end {
        pieces.push(begin..end);
    }
    let tags = tags(directory, &pieces);
    if tags.len() == pieces.len() {
        if whole == pieces.len() {
            warnings.push(Warning::DirectoryRepaired);
        } else if end == data.len() && !is_last(directory, &pieces) {
            // No terminator of any kind: the last field may be half of what it was.
            return Err(Damage::Truncated {
                promised: tags.len(),
                whole,
            });
        } else {
            warnings.push(Warning::NoFieldTerminator);
        }
        return Ok(tags.into_iter().zip(pieces).collect());
    }
    if tags.len() > pieces.len() && end == data.len() {
        return Err(Damage::Truncated {
            promised: tags.len(),
            whole,
        });
    }
    Err(Damage::Directory {
        promised: tags.len(),
        found: pieces.len(),
    })
}

/// The last piece has the length that the directory gives it, but for its terminator.
fn is_last(directory: &[u8], pieces: &[Range<usize>]) -> bool {
    let entry = directory.chunks_exact(ENTRY).next_back();
    match (entry.and_then(|entry| number(&entry[3..7])), pieces.last()) {
        (Some(length), Some(piece)) => piece.len() + 1 >= length,
        _ => false,
    }
}

/// The tags in their order. Where a byte is missing or too many, the entry that a field should
/// have is looked for nearby: its nine digits are known from the field itself.
fn tags(directory: &[u8], pieces: &[Range<usize>]) -> Vec<Tag> {
    if directory.len().is_multiple_of(ENTRY) {
        return directory.chunks_exact(ENTRY).map(tag).collect();
    }
    let mut tags = Vec::new();
    let mut at = 0;
    while directory.len() >= at + 3 {
        let expected = pieces
            .get(tags.len())
            .map(|piece| format!("{:04}{:05}", piece.len() + 1, piece.start));
        let near = &directory[at + 3..directory.len().min(at + 3 + ENTRY + 4)];
        let found = expected.and_then(|digits| {
            let place = near
                .windows(digits.len())
                .position(|window| window == digits.as_bytes())?;
            (place <= 4).then_some(place)
        });
        match found {
            Some(place) => {
                tags.push(tag(&directory[at + place..]));
                at += place + ENTRY;
            }
            None => {
                tags.push(tag(&directory[at..]));
                // A damaged entry: the next one begins where its digits end, one byte sooner or
                // later than usual.
                at += damaged_entry(&directory[at..]);
            }
        }
    }
    tags
}

/// The length of an entry whose digits are wrong: up to where the bytes look like an entry again.
fn damaged_entry(directory: &[u8]) -> usize {
    [ENTRY, ENTRY - 1, ENTRY + 1]
        .into_iter()
        .find(|length| match directory.get(*length..) {
            Some([]) => true,
            Some(next) if next.len() >= ENTRY => {
                next[..3].iter().all(u8::is_ascii_alphanumeric)
                    && next[3..ENTRY].iter().all(u8::is_ascii_digit)
                    && number(&next[7..ENTRY]).is_some_and(|start| start > 0)
                    && number(&next[3..7]).is_some_and(|length| (1..2000).contains(&length))
            }
            _ => false,
        })
        .unwrap_or(ENTRY)
}

fn tag(entry: &[u8]) -> Tag {
    let mut bytes = *b"   ";
    for (place, byte) in bytes.iter_mut().zip(entry) {
        *place = *byte;
    }
    Tag::new(bytes)
}

fn number(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0, |sum, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + usize::from(digit - b'0'))
    })
}
