//! MARC-8: ASCII and ANSEL (ANSI/NISO Z39.47), with the escape sequences of the MARC 21
//! Specifications, part 3, for Greek symbols, subscripts and superscripts.
//!
//! Whole other alphabets can be switched to as well: Arabic, Cyrillic, Greek and Hebrew are read. East Asian
//! characters are told as lost, and so is what cannot be written in ANSEL: newer files are in UTF-8.

use super::{
    Converted, What,
    alphabets::Alphabet,
    marks::{self, Growing, Meaning, Table},
};

const ESCAPE: u8 = 0x1B;

/// ANSEL, and the four controls of MARC-8.
#[rustfmt::skip]
pub(super) static ANSEL: Table = Table::new(
    &[
        (0x88, '\u{0098}'), (0x89, '\u{009C}'), (0x8D, '\u{200D}'), (0x8E, '\u{200C}'),
        (0xA1, 'Ł'), (0xA2, 'Ø'), (0xA3, 'Đ'), (0xA4, 'Þ'), (0xA5, 'Æ'), (0xA6, 'Œ'), (0xA7, 'ʹ'),
        (0xA8, '·'), (0xA9, '♭'), (0xAA, '®'), (0xAB, '±'), (0xAC, 'Ơ'), (0xAD, 'Ư'), (0xAE, 'ʼ'),
        (0xB0, 'ʻ'), (0xB1, 'ł'), (0xB2, 'ø'), (0xB3, 'đ'), (0xB4, 'þ'), (0xB5, 'æ'), (0xB6, 'œ'),
        (0xB7, 'ʺ'), (0xB8, 'ı'), (0xB9, '£'), (0xBA, 'ð'), (0xBC, 'ơ'), (0xBD, 'ư'),
        (0xC0, '°'), (0xC1, 'ℓ'), (0xC2, '℗'), (0xC3, '©'), (0xC4, '♯'), (0xC5, '¿'), (0xC6, '¡'),
        (0xC7, 'ß'), (0xC8, '€'),
    ],
    &[
        (0xE0, '\u{0309}'), // hook above
        (0xE1, '\u{0300}'), // grave
        (0xE2, '\u{0301}'), // acute
        (0xE3, '\u{0302}'), // circumflex
        (0xE4, '\u{0303}'), // tilde
        (0xE5, '\u{0304}'), // macron
        (0xE6, '\u{0306}'), // breve
        (0xE7, '\u{0307}'), // dot above
        (0xE8, '\u{0308}'), // umlaut and trema
        (0xE9, '\u{030C}'), // hachek
        (0xEA, '\u{030A}'), // ring
        (0xEB, '\u{FE20}'), // ligature, left half
        (0xEC, '\u{FE21}'), // ligature, right half
        (0xED, '\u{0315}'), // high comma off centre
        (0xEE, '\u{030B}'), // double acute
        (0xEF, '\u{0310}'), // candrabindu
        (0xF0, '\u{0327}'), // cedilla
        (0xF1, '\u{0328}'), // right hook, ogonek
        (0xF2, '\u{0323}'), // dot below
        (0xF3, '\u{0324}'), // two dots below
        (0xF4, '\u{0325}'), // circle below
        (0xF5, '\u{0333}'), // double underscore
        (0xF6, '\u{0332}'), // underscore
        (0xF7, '\u{0326}'), // left hook
        (0xF8, '\u{031C}'), // right cedilla
        (0xF9, '\u{032E}'), // upadhmaniya
        (0xFA, '\u{FE22}'), // double tilde, left half
        (0xFB, '\u{FE23}'), // double tilde, right half
        (0xFE, '\u{0313}'), // high comma centred
    ],
);

/// Reached by an escape and one letter: the letter, a byte, its character.
#[rustfmt::skip]
const SMALL_SETS: &[(u8, u8, char)] = &[
    (b'g', b'a', 'α'), (b'g', b'b', 'β'), (b'g', b'c', 'γ'),
    (b'b', b'(', '₍'), (b'b', b')', '₎'), (b'b', b'+', '₊'), (b'b', b'-', '₋'),
    (b'b', b'0', '₀'), (b'b', b'1', '₁'), (b'b', b'2', '₂'), (b'b', b'3', '₃'), (b'b', b'4', '₄'),
    (b'b', b'5', '₅'), (b'b', b'6', '₆'), (b'b', b'7', '₇'), (b'b', b'8', '₈'), (b'b', b'9', '₉'),
    (b'p', b'(', '⁽'), (b'p', b')', '⁾'), (b'p', b'+', '⁺'), (b'p', b'-', '⁻'),
    (b'p', b'0', '⁰'), (b'p', b'1', '¹'), (b'p', b'2', '²'), (b'p', b'3', '³'), (b'p', b'4', '⁴'),
    (b'p', b'5', '⁵'), (b'p', b'6', '⁶'), (b'p', b'7', '⁷'), (b'p', b'8', '⁸'), (b'p', b'9', '⁹'),
];

/// What one half of the code table holds.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    Ascii,
    Ansel,
    Small(u8),
    Alphabet(Alphabet),
    /// The final of a set that is not known here, and the bytes of a character.
    Unknown(u8, usize),
}

pub(super) fn decode(bytes: &[u8]) -> Converted<String> {
    let mut text = Growing::default();
    let (mut lower, mut upper) = (Set::Ascii, Set::Ansel);
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        if byte == ESCAPE {
            match escape(&bytes[at + 1..]) {
                Some((length, Half::Lower, set)) => {
                    lower = set;
                    at += 1 + length;
                    continue;
                }
                Some((length, Half::Upper, set)) => {
                    upper = set;
                    at += 1 + length;
                    continue;
                }
                None => {}
            }
        }
        let set = match byte {
            0..=0x20 | 0x7F..=0xA0 => Set::Ansel,
            0x21..=0x7E => lower,
            _ => upper,
        };
        at += push(&mut text, at, byte, set);
    }
    text.finish()
}

/// Adds one character; says how many bytes it had.
fn push(text: &mut Growing, at: usize, byte: u8, set: Set) -> usize {
    let low = byte & 0x7F;
    match set {
        Set::Ascii => text.push(at, Meaning::Spacing(char::from(low)), byte),
        Set::Ansel if byte == ESCAPE => text.push(at, Meaning::Nothing, byte),
        Set::Ansel => text.push(
            at,
            ANSEL.meaning(if byte > 0x20 && byte < 0x7F {
                byte | 0x80
            } else {
                byte
            }),
            byte,
        ),
        Set::Small(letter) => {
            let known = SMALL_SETS
                .iter()
                .find(|(set, place, _)| (*set, *place) == (letter, low));
            let meaning = known.map_or(Meaning::Nothing, |(_, _, char)| Meaning::Spacing(*char));
            text.push(at, meaning, byte);
        }
        Set::Alphabet(alphabet) => text.push(at, alphabet.meaning(byte), byte),
        Set::Unknown(letter, width) => {
            text.push(at, Meaning::Spacing(char::REPLACEMENT_CHARACTER), byte);
            text.lose(at, What::Set(letter));
            return width;
        }
    }
    1
}

enum Half {
    Lower,
    Upper,
}

/// What follows an escape: its length, the half that changes, and the set. `None` if it is no
/// sequence.
fn escape(rest: &[u8]) -> Option<(usize, Half, Set)> {
    let (length, half, width, letter) = match rest {
        [b's', ..] => return Some((1, Half::Lower, Set::Ascii)),
        [letter @ (b'g' | b'b' | b'p'), ..] => return Some((1, Half::Lower, Set::Small(*letter))),
        [b'$', b')' | b'-', letter, ..] => (3, Half::Upper, 3, *letter),
        [b'$', b'(' | b',', letter, ..] => (3, Half::Lower, 3, *letter),
        [b'$', letter, ..] => (2, Half::Lower, 3, *letter),
        [b')' | b'-', b'!', letter, ..] => (3, Half::Upper, 1, *letter),
        [b'(' | b',', b'!', letter, ..] => (3, Half::Lower, 1, *letter),
        [b')' | b'-', letter, ..] => (2, Half::Upper, 1, *letter),
        [b'(' | b',', letter, ..] => (2, Half::Lower, 1, *letter),
        _ => return None,
    };
    let set = match letter {
        b'B' => Set::Ascii,
        b'E' => Set::Ansel,
        other if width == 1 => match Alphabet::of(other) {
            Some(alphabet) => Set::Alphabet(alphabet),
            None => Set::Unknown(other, width),
        },
        other => Set::Unknown(other, width),
    };
    Some((length, half, set))
}

pub(super) fn encode(text: &str) -> Converted<Vec<u8>> {
    marks::encode(&ANSEL, text, |char, bytes| {
        let known = SMALL_SETS.iter().find(|(_, _, known)| *known == char);
        if let Some((set, place, _)) = known {
            bytes.extend_from_slice(&[ESCAPE, *set, *place, ESCAPE, b's']);
        }
        known.is_some()
    })
}
