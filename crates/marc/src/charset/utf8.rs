//! UTF-8, and UTF-8 that went through Latin-1 once too often.

use super::{Converted, Loss, What, latin1};

/// Wrong bytes become `U+FFFD`, one each; what is cut off at the end is left out.
pub(super) fn decode(bytes: &[u8]) -> Converted<String> {
    let mut text = String::with_capacity(bytes.len());
    let mut losses = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match std::str::from_utf8(&bytes[at..]) {
            Ok(rest) => {
                text.push_str(rest);
                break;
            }
            Err(error) => {
                let (valid, wrong) = bytes[at..].split_at(error.valid_up_to());
                text.push_str(&String::from_utf8_lossy(valid));
                at += valid.len();
                let Some(length) = error.error_len() else {
                    losses.push(Loss {
                        at,
                        what: What::CutOff,
                    });
                    break;
                };
                for byte in wrong.iter().take(length) {
                    losses.push(Loss {
                        at,
                        what: What::Byte(*byte),
                    });
                    text.push(char::REPLACEMENT_CHARACTER);
                    at += 1;
                }
            }
        }
    }
    Converted {
        value: text,
        losses,
    }
}

/// Characters back to the Latin-1 bytes that they were, and these read as UTF-8. Text that was
/// never doubled stays as it is.
pub(super) fn decode_twice(bytes: &[u8]) -> Converted<String> {
    let once = decode(bytes);
    match undouble(&once.value) {
        Some(value) => Converted {
            value,
            losses: once.losses,
        },
        None => once,
    }
}

/// The text behind doubled UTF-8, if it is that: at least one sequence, and no byte left over.
pub(super) fn undouble(text: &str) -> Option<String> {
    if !may_be_doubled(text) {
        return None;
    }
    let back: Option<Vec<u8>> = text.chars().map(byte_behind).collect();
    let back = back.filter(|bytes| !bytes.is_ascii())?;
    String::from_utf8(back).ok()
}

/// The byte that a character was taken from. Latin-1 proper keeps control characters, Windows does
/// not: both were in the chain.
fn byte_behind(char: char) -> Option<u8> {
    match char {
        '\u{80}'..='\u{9F}' => u8::try_from(u32::from(char)).ok(),
        _ => latin1::byte_of(char),
    }
}

/// A first byte of UTF-8 with one that goes on, both as characters: rare in real text, and cheap
/// to look for.
fn may_be_doubled(text: &str) -> bool {
    let mut before = false;
    text.chars().any(|char| {
        let goes_on = before && byte_behind(char).is_some_and(|byte| (0x80..0xC0).contains(&byte));
        before = ('\u{C2}'..='\u{F4}').contains(&char);
        goes_on
    })
}

pub(super) fn encode_twice(text: &str) -> Converted<Vec<u8>> {
    let doubled: String = text.bytes().map(char::from).collect();
    Converted::whole(doubled.into_bytes())
}

/// Sequences of more than one byte that are valid, bytes that are not, and whether the last one is
/// only cut off.
pub(super) fn count(bytes: &[u8]) -> (usize, usize, bool) {
    let (mut sequences, mut wrong, mut cut) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk
            .valid()
            .chars()
            .filter(|char| !char.is_ascii())
            .count();
        wrong += chunk.invalid().len();
    }
    if let Some(last) = bytes.utf8_chunks().last() {
        let invalid = last.invalid();
        cut = std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
        if cut {
            wrong -= invalid.len();
        }
    }
    (sequences, wrong, cut)
}
