//! IBM code page 850.

/// The characters of the bytes 0x80 to 0xFF.
const HIGH: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', // 80
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ', // 90
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»', // A0
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐', // B0
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤', // C0
    'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀', // D0
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´', // E0
    '\u{AD}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■',
    '\u{A0}', // F0
];

/// The character of a byte.
pub(super) fn decode(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        Some(high) => HIGH[usize::from(high)],
        None => char::from(byte),
    }
}

/// The byte of a character beyond ASCII, if the page has it.
pub(super) fn encode(c: char) -> Option<u8> {
    let at = HIGH.iter().position(|known| *known == c)?;
    u8::try_from(at + 0x80).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        for byte in 0x80..=0xFF {
            assert_eq!(encode(decode(byte)), Some(byte));
        }
    }

    #[test]
    fn every_character_of_latin1_is_there() {
        for c in '\u{A0}'..='\u{FF}' {
            assert!(encode(c).is_some(), "{c}");
        }
    }

    #[test]
    fn french_as_devices_know_it() {
        let bytes: Vec<u8> = "éèêëàâçôùûîïÉÈÀÇ".chars().filter_map(encode).collect();
        assert_eq!(
            bytes,
            [
                0x82, 0x8A, 0x88, 0x89, 0x85, 0x83, 0x87, 0x93, 0x97, 0x96, 0x8C, 0x8B, 0x90, 0xD4,
                0xB7, 0x80
            ]
        );
    }

    #[test]
    fn what_it_lacks() {
        for c in ['œ', 'Œ', '€', '’', 'š', '…'] {
            assert_eq!(encode(c), None, "{c}");
        }
    }
}
