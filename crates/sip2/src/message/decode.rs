//! From a frame to a message.

use std::fmt;

use bytes::Bytes;
use nom::bytes::complete::{tag, take, take_while_m_n};
use nom::character::complete::satisfy;
use nom::combinator::all_consuming;
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::{ErrorDetection, Field, Message, checksum};
use crate::spec::{self, Code, FieldId};

/// Why a frame is not a message. All but [`DecodeError::NoCode`] are answered by a 96, which asks
/// the terminal to send again.
///
/// It says nothing of what was in the frame: a message that can't be read can't be masked either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// The frame does not begin with two digits: whatever speaks there, it is not SIP2.
    NoCode,
    /// There is a CR or LF inside: this is not one frame.
    LineBreak,
    /// The checksum is not that of the bytes that arrived.
    Checksum {
        /// The sequence digit as it arrived, itself not to be trusted.
        sequence: Option<u8>,
        /// What the message carries.
        carried: u16,
        /// What its bytes add up to.
        computed: u16,
    },
    /// There is an AY or AZ, but not `AY digit AZ` and four hexadecimal digits at the end: a
    /// damaged message, or a client that counts beyond 9.
    Trailer,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecodeError::NoCode => {
                f.write_str("it does not begin with a message code of two digits")
            }
            DecodeError::LineBreak => f.write_str("it has a line break inside"),
            DecodeError::Checksum {
                carried, computed, ..
            } => {
                write!(
                    f,
                    "it carries checksum {carried:04X}, but its bytes add up to {computed:04X}"
                )
            }
            DecodeError::Trailer => {
                f.write_str("its sequence number or checksum (AY, AZ) is malformed")
            }
        }
    }
}

impl std::error::Error for DecodeError {}

impl Message {
    /// Splits a frame, which comes without its terminator, and checks its checksum if it has one.
    ///
    /// The parts point into the frame; nothing is copied.
    pub fn decode(frame: Bytes) -> Result<Message, DecodeError> {
        if frame.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
            return Err(DecodeError::LineBreak);
        }
        let (after_code, code) = message_code(&frame).map_err(|_| DecodeError::NoCode)?;
        let spec = spec::message(code);
        let (body, error_detection) =
            match find_trailer(&frame, spec.map(|spec| 2 + spec.fixed_width()))? {
                Some(trailer) => (&frame[2..trailer.start], trailer.mode),
                None => (after_code, ErrorDetection::Off),
            };
        // Of an unknown message nobody knows where the fields begin.
        let width = match spec {
            Some(spec) if spec.date_is_left_out(body) => 0,
            Some(spec) => spec.fixed_width().min(body.len()),
            None => body.len(),
        };
        let (fixed, variable) = body.split_at(width);
        let fields = split_fields(&frame, variable);
        let stray = |field: &Field| matches!(&field.id.0, b"AY" | b"AZ");
        let whole = matches!(error_detection, ErrorDetection::Sequence(_));
        if !whole && fields.iter().any(stray) {
            return Err(DecodeError::Trailer);
        }
        Ok(Message {
            code,
            fixed: frame.slice_ref(fixed),
            fields,
            error_detection,
        })
    }
}

fn message_code(frame: &[u8]) -> IResult<&[u8], Code> {
    take(2usize)
        .map_opt(|digits: &[u8]| Code::new([digits[0], digits[1]]))
        .parse(frame)
}

/// The protection at the end of a message.
struct Trailer {
    /// Where it begins in the frame.
    start: usize,
    mode: ErrorDetection,
}

/// Looks for `AYnAZhhhh` or `AZhhhh` at the end of the frame; `fixed_end` is where the fixed part
/// of this message ends, if the message is known.
///
/// Blanks, NULs and `|` behind it are forgiven: they are no part of the sum.
fn find_trailer(frame: &[u8], fixed_end: Option<usize>) -> Result<Option<Trailer>, DecodeError> {
    let end = frame
        .iter()
        .rposition(|byte| !matches!(byte, b' ' | 0 | b'|'))
        .map_or(0, |at| at + 1);
    let last = |width: usize| Some(end.checked_sub(width)?).filter(|start| *start >= 2);
    let found = last(9)
        .and_then(|start| Some((start, sequence_trailer(frame.get(start..end)?).ok()?.1)))
        .or_else(|| {
            last(6)
                .and_then(|start| Some((start, checksum_trailer(frame.get(start..end)?).ok()?.1)))
        });
    let Some((start, (mode, carried))) = found else {
        return Ok(None);
    };
    // A title can end like a trailer. A whole one at the very end is taken at its word, any other
    // only where a field could begin, or where the fixed part was cut short. It must not matter
    // whether the sum is right: that may be chance, and then the same message, tidied up, would
    // read as another.
    let whole = mode != ErrorDetection::Checksum && !frame[end..].contains(&b'|');
    let in_fixed_part = start == 2 || fixed_end.is_some_and(|end| start <= end);
    let at_field_start = in_fixed_part || frame[start - 1] == b'|';
    if !whole && !at_field_start {
        return Ok(None);
    }
    let computed = checksum(&frame[..end - 4]);
    if carried == computed {
        return Ok(Some(Trailer { start, mode }));
    }
    let sequence = match mode {
        ErrorDetection::Sequence(digit) => Some(digit),
        ErrorDetection::Off | ErrorDetection::Checksum => None,
    };
    Err(DecodeError::Checksum {
        sequence,
        carried,
        computed,
    })
}

/// Whether a frame that is meant to be unprotected would read as a protected one.
pub(super) fn seems_protected(frame: &[u8], code: Code) -> bool {
    let fixed_end = spec::message(code).map(|spec| 2 + spec.fixed_width());
    !matches!(find_trailer(frame, fixed_end), Ok(None))
}

fn sequence_trailer(bytes: &[u8]) -> IResult<&[u8], (ErrorDetection, u16)> {
    let digit = satisfy(|c| c.is_ascii_digit()).map(|c| ErrorDetection::Sequence(c as u8 - b'0'));
    all_consuming((preceded(tag("AY"), digit), carried)).parse(bytes)
}

fn checksum_trailer(bytes: &[u8]) -> IResult<&[u8], (ErrorDetection, u16)> {
    all_consuming(carried.map(|sum| (ErrorDetection::Checksum, sum))).parse(bytes)
}

fn carried(bytes: &[u8]) -> IResult<&[u8], u16> {
    let hex = take_while_m_n(4, 4, |byte: u8| byte.is_ascii_hexdigit());
    let number = hex
        .map_opt(|digits: &[u8]| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
    preceded(tag("AZ"), number).parse(bytes)
}

/// The fields between the fixed part and the trailer.
fn split_fields(frame: &Bytes, variable: &[u8]) -> Vec<Field> {
    if variable.is_empty() {
        return Vec::new();
    }
    let bars = variable.iter().filter(|byte| **byte == b'|').count();
    let mut fields = Vec::with_capacity(bars + usize::from(!variable.ends_with(b"|")));
    for bytes in variable.split(|byte| *byte == b'|') {
        match bytes {
            [first, second, value @ ..] if !is_blank(bytes) => {
                fields.push(Field {
                    id: FieldId([*first, *second]),
                    value: frame.slice_ref(value),
                });
            }
            // Half an id: kept, as an id that nothing is called.
            [only] if !is_blank(bytes) => fields.push(Field {
                id: FieldId([*only, b' ']),
                value: Bytes::new(),
            }),
            _ => {}
        }
    }
    fields
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' ' | 0))
}
