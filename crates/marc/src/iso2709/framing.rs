//! Where a record ends. The leader's length is believed only when a terminator stands there and
//! no other record begins before.

use memchr::{memchr, memchr_iter, memrchr};

use super::{FIELD_TERMINATOR, LEADER, RECORD_TERMINATOR, start};
use crate::model::Leader;

/// What the bytes from a start on show.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Framed {
    /// The record has that many bytes, terminator included if it has one.
    Whole(usize),
    /// More bytes are needed: at least that many from the start on.
    Need(usize),
}

/// `bytes` begin with a leader; `at_end` says that none will follow.
pub(super) fn frame(bytes: &[u8], at_end: bool) -> Framed {
    let declared = declared(bytes);
    if let Some(length) = declared {
        if bytes.len() < length + start::SEEN && !at_end {
            return Framed::Need(length + start::SEEN);
        }
        if bytes.get(length - 1) == Some(&RECORD_TERMINATOR)
            && ends(bytes, length, at_end)
            && !swallows(&bytes[..length])
        {
            return Framed::Whole(length);
        }
    }
    by_terminator(bytes, at_end)
}

/// The leader's number where it is possible.
fn declared(bytes: &[u8]) -> Option<usize> {
    let leader = Leader::new(bytes.get(..LEADER)?.try_into().ok()?);
    // 99999 is also what is written when a record is longer.
    leader
        .declared_length()
        .filter(|length| (LEADER + 2..super::LONGEST_RECORD).contains(length))
}

/// Another record begins within: the length reaches too far.
fn swallows(record: &[u8]) -> bool {
    let within = &record[..record.len() - 1];
    memchr_iter(RECORD_TERMINATOR, within)
        .any(|at| start::is_start(after_blanks(&record[at + 1..])))
}

/// Without the length: a terminator behind a field terminator is the end; one within a field is
/// not. Where there is none before the next start, the record ends there all the same.
fn by_terminator(bytes: &[u8], at_end: bool) -> Framed {
    let next = start::find(bytes, LEADER);
    let within = &bytes[..next.unwrap_or(bytes.len())];
    let after_field = memchr_iter(RECORD_TERMINATOR, within)
        .find(|at| *at > 0 && within[at - 1] == FIELD_TERMINATOR)
        .map(|at| at + 1);
    match after_field {
        Some(end) if next.is_some() || at_end || bytes.len() > end + LOOK => Framed::Whole(end),
        None if next.is_some() || at_end => {
            let last = memrchr(RECORD_TERMINATOR, within).map(|at| at + 1);
            Framed::Whole(last.unwrap_or_else(|| without_line_end(within)))
        }
        _ => Framed::Need(bytes.len() + LOOK),
    }
}

/// How far behind an end the next start is looked for.
const LOOK: usize = 64 * 1024;

fn without_line_end(bytes: &[u8]) -> usize {
    let line_end = |byte: &u8| matches!(byte, b'\r' | b'\n' | 0 | 0x1A);
    let last = bytes.iter().rposition(|byte| !line_end(byte));
    last.map_or(bytes.len(), |at| at + 1)
}

/// After `end` comes a record, or nothing but blanks.
fn ends(bytes: &[u8], end: usize, at_end: bool) -> bool {
    let rest = after_blanks(bytes.get(end..).unwrap_or_default());
    if rest.is_empty() {
        return at_end;
    }
    start::is_start(rest) || junk_then_start(rest)
}

/// Text between records: printable, without a separator, and a record behind it.
fn junk_then_start(rest: &[u8]) -> bool {
    start::find(rest, 0)
        .is_some_and(|start| !rest[..start].iter().any(|b| (0x1D..=0x1F).contains(b)))
}

/// Without line ends, blanks, end-of-file marks and a byte order mark.
pub(super) fn after_blanks(bytes: &[u8]) -> &[u8] {
    let blank = |byte: &u8| {
        matches!(
            byte,
            b'\r' | b'\n' | b' ' | b'\t' | 0 | 0x1A | 0xEF | 0xBB | 0xBF
        )
    };
    let from = bytes
        .iter()
        .position(|byte| !blank(byte))
        .unwrap_or(bytes.len());
    &bytes[from..]
}

/// The next terminator, as an offset behind it.
pub(super) fn terminator(bytes: &[u8]) -> Option<usize> {
    memchr(RECORD_TERMINATOR, bytes).map(|at| at + 1)
}
