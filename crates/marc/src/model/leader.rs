use std::fmt;

/// The 24 bytes before the directory: ISO 2709, 4.3.
///
/// All bytes are kept as they came. The two numbers among them, record length (0–4) and base
/// address (12–16), say something about one written form only: whoever writes computes them anew.
///
/// ```
/// use relire_marc::Leader;
/// let leader = Leader::new(*b"01031nam  2200277   450 ");
/// assert_eq!((leader.status(), leader.record_type(), leader.level()), (b'n', b'a', b'm'));
/// assert_eq!(leader.declared_length(), Some(1031));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leader([u8; 24]);

impl Leader {
    /// A leader of these bytes, whatever they are.
    pub const fn new(bytes: [u8; 24]) -> Self {
        Self(bytes)
    }

    /// A new printed text in UNIMARC (`450 ` at the end).
    pub const UNIMARC: Self = Self(*b"00000nam  2200000   450 ");

    /// A new printed text in MARC21, UTF-8.
    pub const MARC21: Self = Self(*b"00000nam a2200000   4500");

    /// As it is written.
    pub const fn as_bytes(&self) -> &[u8; 24] {
        &self.0
    }

    /// 0–4: how many bytes the whole record has, if these are digits.
    pub fn declared_length(&self) -> Option<usize> {
        number(&self.0[0..5])
    }

    /// 12–16: where the first field starts, if these are digits.
    pub fn declared_base(&self) -> Option<usize> {
        number(&self.0[12..17])
    }

    /// 5: `n` new, `c` corrected, `d` deleted, …
    pub const fn status(&self) -> u8 {
        self.0[5]
    }

    /// The record asks for its own deletion.
    pub const fn is_deletion(&self) -> bool {
        self.0[5] == b'd'
    }

    /// 6: `a` printed text, `g` video, `i` speech, `j` music, `l` electronic, …
    pub const fn record_type(&self) -> u8 {
        self.0[6]
    }

    /// 7: `m` monograph, `s` serial, `a` component part, `c` collection, …
    pub const fn level(&self) -> u8 {
        self.0[7]
    }

    /// One byte; `None` past the end.
    pub fn get(&self, position: usize) -> Option<u8> {
        self.0.get(position).copied()
    }

    /// The same leader with another byte at a position below 24; past it nothing changes.
    #[must_use]
    pub fn with(mut self, position: usize, byte: u8) -> Self {
        if let Some(place) = self.0.get_mut(position) {
            *place = byte;
        }
        self
    }

    /// The leader of a record that has this length and base address in ISO 2709. What ISO 2709
    /// fixes is set as well: two indicators, codes of two bytes with their delimiter, directory
    /// entries of 3 + 4 + 5. Numbers above 99,999 are written as 99,999.
    #[must_use]
    pub fn measured(mut self, length: usize, base: usize) -> Self {
        self.0[0..5].copy_from_slice(&digits(length));
        self.0[10..12].copy_from_slice(b"22");
        self.0[12..17].copy_from_slice(&digits(base));
        self.0[20..22].copy_from_slice(b"45");
        self.0[22] = b'0';
        self
    }

    /// The same but for what [`Leader::measured`] computes.
    pub fn same_record(&self, other: &Self) -> bool {
        self.measured(0, 0) == other.measured(0, 0)
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0, |sum, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + usize::from(digit - b'0'))
    })
}

fn digits(number: usize) -> [u8; 5] {
    let mut rest = number.min(99_999);
    let mut digits = [b'0'; 5];
    for digit in digits.iter_mut().rev() {
        // Below ten, so it fits.
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

impl fmt::Display for Leader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl fmt::Debug for Leader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written() {
        let leader = Leader::new(*b"0A1B2nam  22xx277   450 ");
        assert_eq!(leader.declared_length(), None);
        let measured = leader.measured(1031, 277);
        assert_eq!(measured.as_bytes(), b"01031nam  2200277   450 ");
        assert_eq!(
            measured.measured(214_804, 13).declared_length(),
            Some(99_999)
        );
        assert!(leader.same_record(&measured));
        assert!(!leader.with(5, b'd').same_record(&measured));
    }
}
