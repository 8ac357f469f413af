//! The checksum of a message.

/// The checksum over `bytes`, which run from the message code to the `AZ`, both included.
///
/// *3M SIP2 2.00, "Error Detection"*: add all bytes as unsigned numbers, keep 16 bits, take the
/// two's complement. On the wire it is four hexadecimal digits.
///
/// ```
/// assert_eq!(relire_sip2::message::checksum(b"97AZ"), 0xFEF5);
/// ```
pub fn checksum(bytes: &[u8]) -> u16 {
    bytes
        .iter()
        .fold(0u16, |sum, byte| sum.wrapping_sub(u16::from(*byte)))
}

/// Four upper-case digits with their leading zeros.
pub(super) fn hex(sum: u16) -> [u8; 4] {
    [12, 8, 4, 0].map(|shift| {
        let nibble = (sum >> shift & 0xF) as u8;
        if nibble < 10 {
            b'0' + nibble
        } else {
            b'A' + nibble - 10
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sums() {
        assert_eq!(&hex(checksum(b"97AZ")), b"FEF5");
        assert_eq!(&hex(checksum(b"96AZ")), b"FEF6");
        assert_eq!(&hex(checksum(b"941AY5AZ")), b"FDF8");
        assert_eq!(&hex(checksum(b"")), b"0000");
    }

    #[test]
    fn small_sums_keep_their_zeros() {
        assert_eq!(&hex(0x000A), b"000A");
    }

    #[test]
    fn one_text_has_three_sums() {
        assert_eq!(checksum(b"AEDUPONT Zo\x82|AZ"), 0xFB1E, "CP850");
        assert_eq!(checksum(b"AEDUPONT Zo\xE9|AZ"), 0xFAB7, "Latin-1");
        assert_eq!(checksum("AEDUPONT Zoé|AZ".as_bytes()), 0xFA34, "UTF-8");
    }
}
