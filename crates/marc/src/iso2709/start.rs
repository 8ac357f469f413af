//! Where a record begins, told from the bytes themselves.

use super::{ENTRY, FIELD_TERMINATOR, LEADER, fields::is_separator};

/// How many bytes [`is_start`] wants to see: leader and first directory entry.
pub(super) const SEEN: usize = LEADER + ENTRY;

/// A leader, and behind it a directory entry or the directory's end. Any one of its marks may be
/// wrong: length, base address, widths, entry.
pub(super) fn is_start(bytes: &[u8]) -> bool {
    let Some((leader, rest)) = bytes.split_at_checked(LEADER) else {
        return false;
    };
    // Control characters occur in real leaders; separators and what is not ASCII do not.
    if !leader
        .iter()
        .all(|byte| *byte < 0x7F && !is_separator(*byte))
    {
        return false;
    }
    let digits = |from: usize, to: usize| leader[from..to].iter().all(u8::is_ascii_digit);
    let marks = [
        digits(0, 5),
        digits(12, 17),
        &leader[10..12] == b"22",
        &leader[20..22] == b"45",
        is_entry(rest),
    ];
    let letters = leader[5].is_ascii_alphanumeric() && leader[6].is_ascii_alphabetic();
    marks.iter().filter(|mark| **mark).count() + usize::from(letters) >= 5
}

fn is_entry(bytes: &[u8]) -> bool {
    match bytes.split_at_checked(ENTRY) {
        _ if bytes.first() == Some(&FIELD_TERMINATOR) => true,
        Some((entry, _)) => {
            entry[..3].iter().all(u8::is_ascii_alphanumeric)
                && entry[3..].iter().all(u8::is_ascii_digit)
        }
        None => false,
    }
}

/// The first start at or after a position.
///
pub(super) fn find(bytes: &[u8], from: usize) -> Option<usize> {
    let last = bytes.len().checked_sub(LEADER)?;
    (from..=last).find(|at| {
        // Two of these three are marks of the leader that `is_start` counts: cheap to refuse.
        let one = bytes[at + 10] == b'2' && bytes[at + 11] == b'2';
        let two = bytes[at + 20] == b'4' && bytes[at + 21] == b'5';
        (one || two) && is_start(&bytes[*at..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_survives_one_wrong_mark() {
        let good = b"01031nam  2200277   450 001000900000".as_slice();
        assert!(is_start(good));
        assert!(is_start(b"00026nam  2200025   450 \x1e\x1d"));
        for (position, with) in [
            (0, b"0A1B2"),
            (12, b"?????"),
            (20, b"    x"),
            (27, b"XXXXX"),
        ] {
            let mut bytes = good.to_vec();
            bytes[position..position + 5].copy_from_slice(with);
            assert!(is_start(&bytes), "{}", bytes.escape_ascii());
        }
        assert!(!is_start(&good[1..]));
        assert!(!is_start(b"a sentence of forty bytes, no record at "));
        assert_eq!(find(&[b"junk\r\n", good].concat(), 0), Some(6));
        assert_eq!(find(b"short", 0), None);
    }
}
