//! ISO 8859-1, with Windows-1252 in 80–9F, as every browser reads it.

use unicode_normalization::UnicodeNormalization;

use super::{Converted, Loss, What, approximate::approximate};

/// 80–9F. Five bytes mean nothing to Windows; they stay the control characters that they are.
#[rustfmt::skip]
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

pub(super) fn char_of(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

pub(super) fn byte_of(char: char) -> Option<u8> {
    match u32::from(char) {
        code @ (0..=0x7F | 0xA0..=0xFF) => u8::try_from(code).ok(),
        _ => WINDOWS
            .iter()
            .zip(0x80..)
            .find(|(known, _)| **known == char)
            .map(|(_, byte)| byte),
    }
}

pub(super) fn decode(bytes: &[u8]) -> Converted<String> {
    Converted::whole(bytes.iter().map(|byte| char_of(*byte)).collect())
}

pub(super) fn encode(text: &str) -> Converted<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut losses = Vec::new();
    // Composed first: Latin-1 has no accents of its own.
    let composed: String = text.nfc().collect();
    for (at, char) in composed.char_indices() {
        if let Some(byte) = byte_of(char) {
            bytes.push(byte);
            continue;
        }
        let mut parts = std::iter::once(char).nfd();
        let base = parts.next().unwrap_or_default();
        match byte_of(base).filter(|_| base != char) {
            Some(byte) => {
                bytes.push(byte);
                losses.extend(parts.map(|mark| Loss {
                    at,
                    what: What::Mark(mark),
                }));
            }
            None => {
                let nearest = approximate(char);
                bytes.extend_from_slice(nearest.as_bytes());
                losses.push(Loss {
                    at,
                    what: What::Character(char, nearest),
                });
            }
        }
    }
    Converted {
        value: bytes,
        losses,
    }
}
