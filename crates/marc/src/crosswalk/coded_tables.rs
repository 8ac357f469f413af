//! One character here, one there: UNIMARC first, MARC21 second. Where a character stands in
//! several pairs, the first counts.

use crate::model::Format;

/// A table of pairs.
pub(super) type Pairs = &'static [(char, char)];

/// 100/8 type of date; 008/06.
pub(super) const DATE: Pairs = &[
    ('d', 's'),
    ('a', 'c'),
    ('b', 'd'),
    ('c', 'u'),
    ('e', 'r'),
    ('f', 'q'),
    ('g', 'm'),
    ('h', 't'),
    ('i', 'p'),
    ('j', 'e'),
    ('u', 'n'),
    ('g', 'i'),
    ('g', 'k'),
    ('u', 'b'),
    ('u', '|'),
    (' ', '|'),
];

/// 100/17 audience; 008/22.
pub(super) const AUDIENCE: Pairs = &[
    ('a', 'j'),
    ('b', 'a'),
    ('c', 'b'),
    ('d', 'c'),
    ('e', 'd'),
    ('m', 'e'),
    ('k', 'f'),
    ('u', ' '),
    ('m', 'g'),
    ('u', '|'),
    (' ', ' '),
];

/// 100/20 government publication; 008/28.
pub(super) const GOVERNMENT: Pairs = &[
    ('y', ' '),
    ('a', 'f'),
    ('b', 's'),
    ('c', 'c'),
    ('d', 'l'),
    ('e', 'm'),
    ('f', 'i'),
    ('h', 'o'),
    ('u', 'u'),
    ('z', 'z'),
    ('y', '|'),
    (' ', ' '),
    ('b', 'a'),
    ('|', '|'),
];

/// 105/0–3 illustrations; 008/18–21 of books.
pub(super) const ILLUSTRATION: Pairs = &[
    ('a', 'a'),
    ('b', 'b'),
    ('c', 'c'),
    ('d', 'd'),
    ('e', 'e'),
    ('f', 'f'),
    ('g', 'g'),
    ('h', 'h'),
    ('i', 'i'),
    ('j', 'j'),
    ('k', 'k'),
    ('l', 'l'),
    ('m', 'm'),
    ('o', 'p'),
    ('y', ' '),
    (' ', ' '),
    ('|', '|'),
    ('#', ' '),
    ('z', 'o'),
];

/// 105/4–7 nature of contents; 008/24–27 of books.
pub(super) const CONTENTS: Pairs = &[
    ('a', 'b'),
    ('b', 'c'),
    ('c', 'i'),
    ('d', 'a'),
    ('e', 'd'),
    ('f', 'e'),
    ('g', 'r'),
    ('i', 's'),
    ('j', 'p'),
    ('k', 'j'),
    ('l', 'u'),
    ('m', 'm'),
    ('n', 'l'),
    ('p', 't'),
    ('r', 'n'),
    ('s', 'z'),
    ('t', '6'),
    (' ', ' '),
    ('|', '|'),
    ('#', ' '),
    ('y', ' '),
    ('m', 'v'),
];

/// 105/8–10 conference, Festschrift, index; 008/29–31.
pub(super) const YES_NO: Pairs = &[('0', '0'), ('1', '1'), (' ', '|'), ('|', '|')];

/// 105/11 literature; 008/33 of books.
pub(super) const LITERATURE: Pairs = &[
    ('a', 'f'),
    ('b', 'd'),
    ('c', 'e'),
    ('d', 'h'),
    ('e', 'i'),
    ('f', 'j'),
    ('g', 'p'),
    ('h', 's'),
    ('y', '0'),
    ('z', 'm'),
    ('a', '1'),
    (' ', '|'),
    ('|', '|'),
    ('u', 'u'),
];

/// 105/12 biography; 008/34 of books.
pub(super) const BIOGRAPHY: Pairs = &[
    ('a', 'a'),
    ('b', 'b'),
    ('c', 'c'),
    ('d', 'd'),
    ('y', ' '),
    (' ', ' '),
    ('|', '|'),
];

/// 106 form of the text; 008/23.
pub(super) const FORM: Pairs = &[
    ('r', ' '),
    ('d', 'd'),
    ('f', 'f'),
    ('s', 's'),
    ('t', 'a'),
    ('g', 'c'),
    ('r', 'r'),
    ('s', 'o'),
    ('s', 'q'),
    ('t', 'b'),
    ('r', '|'),
    ('e', ' '),
    ('i', ' '),
    ('j', ' '),
];

/// 110/0 type of serial; 008/21.
pub(super) const SERIAL: Pairs = &[
    ('a', 'p'),
    ('b', 'm'),
    ('c', 'n'),
    ('e', 'l'),
    ('f', 'd'),
    ('g', 'w'),
    ('z', ' '),
    ('|', '|'),
    (' ', ' '),
];

/// 110/1 frequency; 008/18.
pub(super) const FREQUENCY: Pairs = &[
    ('a', 'd'),
    ('b', 'c'),
    ('c', 'w'),
    ('d', 'e'),
    ('e', 's'),
    ('f', 'm'),
    ('g', 'b'),
    ('h', 'q'),
    ('i', 't'),
    ('j', 'f'),
    ('k', 'a'),
    ('l', 'g'),
    ('m', 'h'),
    ('n', 'i'),
    ('o', 'j'),
    ('y', ' '),
    ('u', 'u'),
    ('z', 'z'),
    (' ', ' '),
    ('|', '|'),
];

/// 110/2 regularity; 008/19.
pub(super) const REGULARITY: Pairs = &[
    ('a', 'r'),
    ('b', 'n'),
    ('y', 'x'),
    ('u', 'u'),
    (' ', ' '),
    ('|', '|'),
];

/// 115/4 colour; 007/03 of videos.
pub(super) const COLOUR: Pairs = &[
    ('a', 'b'),
    ('b', 'c'),
    ('c', 'm'),
    ('u', 'u'),
    ('z', 'z'),
    ('|', '|'),
    (' ', '|'),
];

/// 115/5 sound; 007/05 of videos.
pub(super) const VIDEO_SOUND: Pairs = &[
    ('a', 'a'),
    ('b', 'b'),
    ('y', ' '),
    ('u', 'u'),
    ('|', '|'),
    (' ', '|'),
];

/// 115/15 form of release of a video; 007/01.
pub(super) const VIDEO: Pairs = &[
    ('a', 'c'),
    ('b', 'd'),
    ('c', 'f'),
    ('d', 'r'),
    ('z', 'z'),
    ('|', '|'),
    (' ', '|'),
];

/// 126/0 form of release of a sound recording; 007/01.
pub(super) const RECORDING: Pairs = &[
    ('a', 'd'),
    ('b', 't'),
    ('c', 's'),
    ('d', 'g'),
    ('e', 'q'),
    ('z', 'z'),
    ('|', '|'),
    (' ', '|'),
];

/// 126/2 kind of sound; 007/04.
pub(super) const CHANNELS: Pairs = &[
    ('a', 'm'),
    ('b', 'q'),
    ('c', 's'),
    ('u', 'u'),
    ('z', 'z'),
    ('|', '|'),
    (' ', '|'),
];

/// The other side of a pair.
pub(super) fn other(pairs: Pairs, to: Format, char: char) -> Option<char> {
    pairs.iter().find_map(|(unimarc, marc21)| match to {
        Format::Marc21 => (*unimarc == char).then_some(*marc21),
        Format::Unimarc => (*marc21 == char).then_some(*unimarc),
    })
}
