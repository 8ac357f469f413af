//! Numbers that name a document: ISBN, EAN, ISSN, BnF.

use crate::fold::digits;

/// An ISBN, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Isbn {
    /// Its first twelve digits in the form with thirteen: the last is their sum.
    Right(u64),
    /// The same, but the check digit is not their sum: some digit is wrong, usually the last.
    Wrong(u64),
}

/// Reads an ISBN of ten or thirteen, with hyphens or without (ISO 2108). What follows it, as
/// `(br.)`, is passed over.
pub(crate) fn isbn(text: &str) -> Option<Isbn> {
    let mut signs: Vec<u8> = text
        .bytes()
        .map(|byte| byte.to_ascii_uppercase())
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' ' | b'X' | b'.'))
        .filter(|byte| byte.is_ascii_digit() || *byte == b'X')
        .collect();
    let check = signs.pop()?;
    let core: u64 = std::str::from_utf8(&signs).ok()?.parse().ok()?;
    match signs.len() {
        9 => {
            let sum: u32 = (0_u32..)
                .zip(&signs)
                .map(|(at, digit)| (10 - at) * value(*digit))
                .sum();
            let right = (11 - sum % 11) % 11 == value(check);
            let core = 978_000_000_000 + core;
            Some(if right {
                Isbn::Right(core)
            } else {
                Isbn::Wrong(core)
            })
        }
        12 if core / 1_000_000_000 == 978 || core / 1_000_000_000 == 979 => {
            let right = check != b'X' && ean_check(&signs) == value(check);
            Some(if right {
                Isbn::Right(core)
            } else {
                Isbn::Wrong(core)
            })
        }
        _ => None,
    }
}

/// Reads an EAN of thirteen digits (ISO/IEC 15420) whose check digit is right. `None` for an ISBN.
pub(crate) fn ean(text: &str) -> Option<u64> {
    let all = digits(text);
    let all = if all.len() == 12 {
        format!("0{all}")
    } else {
        all
    };
    let (core, check) = all.as_bytes().split_at_checked(12)?;
    let book = matches!(core.get(..3), Some(b"978" | b"979"));
    let right = check.len() == 1 && ean_check(core) == value(*check.first()?);
    if right && !book {
        all.parse().ok()
    } else {
        None
    }
}

/// Reads an ISSN (ISO 3297) whose check digit is right: its first seven digits.
pub(crate) fn issn(text: &str) -> Option<u32> {
    let signs: Vec<u8> = text
        .bytes()
        .map(|byte| byte.to_ascii_uppercase())
        .filter(|byte| byte.is_ascii_digit() || *byte == b'X')
        .collect();
    let (core, check) = signs.split_at_checked(7)?;
    let sum: u32 = (0_u32..)
        .zip(core)
        .map(|(at, digit)| (8 - at) * value(*digit))
        .sum();
    let right = check.len() == 1 && (11 - sum % 11) % 11 == value(*check.first()?);
    if right {
        std::str::from_utf8(core).ok()?.parse().ok()
    } else {
        None
    }
}

/// The eight digits by which the BnF knows a record: of `ark:/12148/cb35012345x` or
/// `FRBNF35012345…`.
pub(crate) fn bnf(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let rest = ["ark:/12148/cb", "frbnf"]
        .iter()
        .find_map(|mark| lower.find(mark).map(|at| (at + mark.len(), *mark)))
        .and_then(|(at, _)| lower.get(at..at + 8))?;
    let all_digits = rest.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { rest.parse().ok() } else { None }
}

fn ean_check(core: &[u8]) -> u32 {
    let sum: u32 = core
        .iter()
        .zip([1, 3].iter().cycle())
        .map(|(digit, weight)| value(*digit) * weight)
        .sum();
    (10 - sum % 10) % 10
}

fn value(sign: u8) -> u32 {
    if sign == b'X' {
        10
    } else {
        u32::from(sign.saturating_sub(b'0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbn_in_all_its_forms() {
        let core = Some(Isbn::Right(978_207_036_822));
        for text in [
            "2-07-036822-X",
            "207036822x (br.)",
            "978-2-07-036822-8",
            "9782070368228",
        ] {
            assert_eq!(isbn(text), core, "{text}");
        }
        assert_eq!(isbn("9782070368229"), Some(Isbn::Wrong(978_207_036_822)));
        assert_eq!(isbn("2070368223"), Some(Isbn::Wrong(978_207_036_822)));
        for text in ["", "X", "978", "3260050123456", "br.", "é"] {
            assert_eq!(isbn(text), None, "{text}");
        }
    }

    #[test]
    fn other_numbers_need_their_check_digit() {
        assert_eq!(ean("3260050123457"), Some(3_260_050_123_457));
        assert_eq!(ean("3260050123458"), None);
        assert_eq!(ean("9782070368228"), None);
        assert_eq!(issn("0317-8471"), Some(317_847));
        assert_eq!(issn("0317-8472"), None);
        assert_eq!(
            bnf("http://catalogue.bnf.fr/ark:/12148/cb350123458"),
            Some(35_012_345)
        );
        assert_eq!(bnf("FRBNF350123450000008"), Some(35_012_345));
        assert_eq!(bnf("FRBNFé50123450000008"), None);
    }
}
