//! Leader positions that differ.

use super::Lost;
use crate::model::{Format, Leader};

/// Position 6, type of record: UNIMARC, MARC21. All others are the same letter.
const TYPES: &[(u8, u8)] = &[(b'b', b't'), (b'l', b'm'), (b'm', b'o')];

/// Position 17, encoding level: UNIMARC, MARC21. The first of a pair counts.
const LEVELS: &[(u8, u8)] = &[
    (b' ', b' '),
    (b'1', b'1'),
    (b'2', b'8'),
    (b'3', b'5'),
    (b'3', b'7'),
    (b' ', b'I'),
    (b'3', b'K'),
];

pub(super) fn convert(leader: Leader, to: Format, lost: &mut Vec<Lost>) -> Leader {
    let mut other = match to {
        Format::Marc21 => Leader::MARC21.with(18, b'i'),
        Format::Unimarc => Leader::UNIMARC,
    };
    let level = match leader.level() {
        // UNIMARC has no letter for parts and collections of its own.
        b'b' if to == Format::Unimarc => b'a',
        b'd' if to == Format::Unimarc => b'c',
        same => same,
    };
    let kind = match (to, leader.record_type()) {
        // 2D graphics are k on both sides; only what differs is in the table.
        (_, same) if TYPES.iter().all(|pair| from(to, *pair) != same) => same,
        (_, other) => TYPES
            .iter()
            .find(|pair| from(to, **pair) == other)
            .map_or(other, |pair| into(to, *pair)),
    };
    other = other.with(5, leader.status()).with(6, kind).with(7, level);
    let full = leader.get(17).unwrap_or(b' ');
    match LEVELS.iter().find(|pair| from(to, **pair) == full) {
        Some(pair) => other = other.with(17, into(to, *pair)),
        None => lost.push(Lost::Leader(17, char::from(full))),
    }
    other
}

const fn from(to: Format, pair: (u8, u8)) -> u8 {
    match to {
        Format::Marc21 => pair.0,
        Format::Unimarc => pair.1,
    }
}

const fn into(to: Format, pair: (u8, u8)) -> u8 {
    match to {
        Format::Marc21 => pair.1,
        Format::Unimarc => pair.0,
    }
}
