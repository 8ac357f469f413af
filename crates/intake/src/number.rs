//! Numbers: those that records go by, and ISBNs that are none.

use marc::Record;
use sha2::{Digest, Sha256};

/// SHA-256.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// What a record without a control number goes by: made from what it says, but not from its copies, which come and go.
pub(crate) fn derived(record: &Record, copies: &str) -> String {
    let mut hash = Sha256::new();
    for (tag, code, value) in record.values() {
        let tag = tag.as_bytes();
        if tag == b"001" || tag == b"005" || tag == copies.as_bytes() {
            continue;
        }
        hash.update(tag);
        hash.update([code.map_or(0, |code| code.0), 0x1F]);
        hash.update(value.as_bytes());
    }
    let hash: [u8; 32] = hash.finalize().into();
    let hex: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("~{hex}")
}

/// What is wrong with an ISBN as it stands in 010 $a; `None` if nothing is.
pub(crate) fn isbn_fault(value: &str) -> Option<&'static str> {
    let plain: Vec<u8> = value
        .bytes()
        .filter(|byte| !matches!(byte, b'-' | b' '))
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'X' => Some(10),
        _ => None,
    };
    let digits: Option<Vec<u32>> = plain.iter().copied().map(digit).collect();
    match digits {
        None => Some("text beside the ISBN"),
        Some(digits) if digits.len() == 10 => {
            let sum: u32 = (1..=10)
                .rev()
                .zip(&digits)
                .map(|(by, digit)| by * digit)
                .sum();
            (!sum.is_multiple_of(11)).then_some("the ISBN's check digit is wrong")
        }
        Some(digits) if digits.len() == 13 => {
            let sum: u32 = [1, 3]
                .iter()
                .cycle()
                .zip(&digits)
                .map(|(by, digit)| by * digit)
                .sum();
            (!sum.is_multiple_of(10)).then_some("the ISBN's check digit is wrong")
        }
        Some(digits) if digits.is_empty() => None,
        Some(_) => Some("the ISBN has neither 10 nor 13 digits"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbns() {
        for good in ["2-253-09633-4", "978-2-253-09633-7", "080442957x", ""] {
            assert_eq!(isbn_fault(good), None, "{good}");
        }
        for bad in [
            "2-253-09633-3",
            "978-2-253-09633-8",
            "2-07-036822-X (br.) : 45 F",
            "12",
        ] {
            assert!(isbn_fault(bad).is_some(), "{bad}");
        }
    }
}
