//! ISO 5426:1983, extension of the Latin alphabet coded character set for bibliographic
//! information interchange; in use with ISO 646, and with the two non-sorting marks of ISO 6630.

use super::{
    Converted,
    marks::{self, Growing, Meaning, Table},
};

/// Columns A to F, and 88 and 89.
#[rustfmt::skip]
pub(super) static TABLE: Table = Table::new(
    &[
        (0x88, '\u{0098}'), (0x89, '\u{009C}'),
        (0xA1, '¡'), (0xA2, '„'), (0xA3, '£'), (0xA5, '¥'), (0xA6, '†'), (0xA7, '§'),
        (0xA8, '′'), (0xA9, '‘'), (0xAA, '“'), (0xAB, '«'), (0xAC, '♭'), (0xAD, '©'),
        (0xAE, '℗'), (0xAF, '®'),
        (0xB0, 'ʻ'), (0xB1, 'ʼ'), (0xB2, '‚'), (0xB6, '‡'), (0xB7, '·'),
        (0xB8, '″'), (0xB9, '’'), (0xBA, '”'), (0xBB, '»'), (0xBC, '♯'), (0xBD, 'ʹ'),
        (0xBE, 'ʺ'), (0xBF, '¿'),
        (0xE1, 'Æ'), (0xE2, 'Đ'), (0xE6, 'Ĳ'), (0xE8, 'Ł'), (0xE9, 'Ø'), (0xEA, 'Œ'), (0xEC, 'Þ'),
        (0xF1, 'æ'), (0xF2, 'đ'), (0xF3, 'ð'), (0xF5, 'ı'), (0xF6, 'ĳ'), (0xF8, 'ł'), (0xF9, 'ø'),
        (0xFA, 'œ'), (0xFB, 'ß'), (0xFC, 'þ'),
    ],
    &[
        (0xC0, '\u{0309}'), // hook above
        (0xC1, '\u{0300}'), // grave
        (0xC2, '\u{0301}'), // acute
        (0xC3, '\u{0302}'), // circumflex
        (0xC4, '\u{0303}'), // tilde
        (0xC5, '\u{0304}'), // macron
        (0xC6, '\u{0306}'), // breve
        (0xC7, '\u{0307}'), // dot above
        (0xC8, '\u{0308}'), // trema; before C9, so that it is the one that is written
        (0xC9, '\u{0308}'), // umlaut: Unicode has one character for both
        (0xCA, '\u{030A}'), // ring
        (0xCB, '\u{0315}'), // high comma off centre
        (0xCC, '\u{0312}'), // inverted high comma, centred
        (0xCD, '\u{030B}'), // double acute
        (0xCE, '\u{031B}'), // horn
        (0xCF, '\u{030C}'), // hachek
        (0xD0, '\u{0327}'), // cedilla
        (0xD1, '\u{031C}'), // rude
        (0xD2, '\u{0326}'), // hook to left
        (0xD3, '\u{0328}'), // hook to right
        (0xD4, '\u{0325}'), // circle below
        (0xD5, '\u{032E}'), // half circle below
        (0xD6, '\u{0323}'), // dot below
        (0xD7, '\u{0324}'), // two dots below
        (0xD8, '\u{0332}'), // underline
        (0xD9, '\u{0333}'), // double underline
        (0xDA, '\u{0329}'), // small vertical line below
        (0xDB, '\u{032D}'), // circumflex below
        (0xDD, '\u{FE20}'), // ligature, left half
        (0xDE, '\u{FE21}'), // ligature, right half
        (0xDF, '\u{FE23}'), // double tilde, right half
    ],
);

pub(super) fn decode(bytes: &[u8]) -> Converted<String> {
    let mut text = Growing::default();
    for (at, byte) in bytes.iter().enumerate() {
        text.push(at, meaning(*byte), *byte);
    }
    text.finish()
}

/// A4 is the dollar, which ISO 646 has too, and where real files have it.
pub(super) fn meaning(byte: u8) -> Meaning {
    match byte {
        0xA4 => Meaning::Spacing('$'),
        _ => TABLE.meaning(byte),
    }
}

pub(super) fn encode(text: &str) -> Converted<Vec<u8>> {
    marks::encode(&TABLE, text, |_, _| false)
}
