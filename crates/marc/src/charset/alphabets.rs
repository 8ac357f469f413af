//! The other alphabets of MARC-8 that have one byte a character (MARC 21 Specifications, code tables):
//! Cyrillic, Greek, Hebrew, Arabic. Each is 94 characters, for the bytes 21 to 7E; U+0000 stands where there is none.
//!
//! The East Asian set has some 16,000 characters of three bytes; it is not here, and told as lost.

use unicode_normalization::char::is_combining_mark;

use super::marks::Meaning;

/// One alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alphabet(&'static str);

impl Alphabet {
    /// By the final byte of its escape sequence.
    pub(super) const fn of(last: u8) -> Option<Self> {
        Some(Self(match last {
            b'N' => CYRILLIC,
            b'Q' => CYRILLIC_EXTENDED,
            b'S' => GREEK,
            b'2' => HEBREW,
            b'3' => ARABIC,
            b'4' => ARABIC_EXTENDED,
            _ => return None,
        }))
    }

    /// What a byte is in it, whichever half it stands in.
    pub(super) fn meaning(self, byte: u8) -> Meaning {
        let place = usize::from(byte & 0x7F).checked_sub(0x21);
        match place.and_then(|place| self.0.chars().nth(place)) {
            None | Some('\0') => Meaning::Nothing,
            Some(mark) if is_combining_mark(mark) => Meaning::Mark(mark),
            Some(char) => Meaning::Spacing(char),
        }
    }
}

/// Basic Cyrillic, final `N`.
#[rustfmt::skip]
const CYRILLIC: &str = "\
    !\"#$%&'()*+,-./\
    0123456789:;<=>?\
    юабцдефгхийклмно\
    пярстужвьызшэщчъ\
    ЮАБЦДЕФГХИЙКЛМНО\
    ПЯРСТУЖВЬЫЗШЭЩЧ\
";
/// Extended Cyrillic, final `Q`.
#[rustfmt::skip]
const CYRILLIC_EXTENDED: &str = "\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    ґђѓєёѕіїјљњћќўџ\0\
    ѣѳѵѫ\0\0\0\0\0\0\0[\0]\0_\
    ҐЂЃЄЁЅІЇЈЉЊЋЌЎЏЪ\
    ѢѲѴѪ\0\0\0\0\0\0\0\0\0\0\0\
";
/// Basic Greek, final `S`.
#[rustfmt::skip]
const GREEK: &str = "\
    \u{300}\u{301}\u{308}\u{342}\u{313}\u{314}\u{345}\0\0\0\0\0\0\0\0\
    «»“”ʹ͵\0\0\0\0\0·\0\0\0;\
    \0ΑΒ\0ΓΔΕϚϜΖΗΘΙΚΛΜ\
    ΝΞΟΠϞΡΣ\0ΤΥΦΧΨΩϠ\0\
    \0αβϐγδεϛϝζηθικλμ\
    νξοπϟρσςτυφχψωϡ\
";
/// Basic Hebrew, final `2`.
#[rustfmt::skip]
const HEBREW: &str = "\
    !\u{5F4}#$%&\u{5F3}()*+,\u{5BE}./\
    0123456789:;<=>?\
    \u{5B7}\u{5B8}\u{5B6}\u{5B5}\u{5B4}\u{5B9}\u{5BB}\u{5B0}\u{5B2}\u{5B3}\u{5B1}\u{5BC}\u{5BF}\u{5C1}\u{FB1E}\0\
    \0\0\0\0\0\0\0\0\0\0\0[\0]\0\0\
    \u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}\u{5DC}\u{5DD}\u{5DE}\u{5DF}\
    \u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}\u{5E8}\u{5E9}\u{5EA}\u{5F0}\u{5F1}\u{5F2}\0\
";
/// Basic Arabic, final `3`.
#[rustfmt::skip]
const ARABIC: &str = "\
    !\"#$٪&'()\u{66D}+،-./\
    \u{660}\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}\u{667}\u{668}\u{669}:\u{61B}<=>\u{61F}\
    \0\u{621}\u{622}\u{623}\u{624}\u{625}\u{626}\u{627}\u{628}\u{629}\u{62A}\u{62B}\u{62C}\u{62D}\u{62E}\u{62F}\
    \u{630}\u{631}\u{632}\u{633}\u{634}\u{635}\u{636}\u{637}\u{638}\u{639}\u{63A}[\0]\0\0\
    \u{640}\u{641}\u{642}\u{643}\u{644}\u{645}\u{646}\u{647}\u{648}\u{649}\u{64A}\u{64B}\u{64C}\u{64D}\u{64E}\u{64F}\
    \u{650}\u{651}\u{652}\u{671}\u{670}\0\0\0\u{66C}”“\0\0\0\0\
";
/// Extended Arabic, final `4`.
#[rustfmt::skip]
const ARABIC_EXTENDED: &str = "\
    \u{6FD}\u{672}\u{673}\u{679}\u{67A}\u{67B}\u{67C}\u{67D}\u{67E}\u{67F}\u{680}\u{681}\u{682}\u{683}\u{684}\
    \u{685}\u{686}\u{6BF}\u{687}\u{688}\u{689}\u{68A}\u{68B}\u{68C}\u{68D}\u{68E}\u{68F}\u{690}\u{691}\u{692}\u{693}\
    \u{694}\u{695}\u{696}\u{697}\u{698}\u{699}\u{69A}\u{69B}\u{69C}\u{6FA}\u{69D}\u{69E}\u{6FB}\u{69F}\u{6A0}\u{6FC}\
    \u{6A1}\u{6A2}\u{6A3}\u{6A4}\u{6A5}\u{6A6}\u{6A7}\u{6A8}\u{6A9}\u{6AA}\u{6AB}\u{6AC}\u{6AD}\u{6AE}\u{6AF}\u{6B0}\
    \u{6B1}\u{6B2}\u{6B3}\u{6B4}\u{6B5}\u{6B6}\u{6B7}\u{6B8}\u{6BA}\u{6BB}\u{6BC}\u{6BD}\u{6B9}\u{6BE}\u{6C0}\u{6C4}\
    \u{6C5}\u{6C6}\u{6CA}\u{6CB}\u{6CD}\u{6CE}\u{6D0}\u{6D2}\u{6D3}\0\0\0\0\u{306}\u{30C}\
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alphabet_has_a_place_for_every_byte() {
        for last in *b"NQS234" {
            let Alphabet(chars) = Alphabet::of(last).unwrap();
            assert_eq!(chars.chars().count(), 94, "{}", char::from(last));
        }
        assert_eq!(Alphabet::of(b'1'), None);
    }
}
