//! Numbers that name an edition: ISBN, EAN, ISSN, those of national libraries.

/// The first twelve digits of a book's number in its longer form, whichever form it stood in; and whether its check
/// digit was right. `None`: it is no ISBN at all.
pub(crate) fn isbn(text: &str) -> Option<(String, bool)> {
    let plain: String = text
        .chars()
        .filter(|char| !matches!(char, '-' | ' ' | '.' | '\u{2010}'..='\u{2015}'))
        .take_while(|char| char.is_ascii_alphanumeric())
        .collect::<String>()
        .to_ascii_uppercase();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match plain.len() {
        13 if digits(&plain) && (plain.starts_with("978") || plain.starts_with("979")) => {
            let (core, check) = plain.split_at(12);
            Some((core.to_owned(), ean_check(core) == check.parse().ok()))
        }
        10 if digits(&plain[..9]) => {
            let (core, check) = plain.split_at(9);
            let sum: u32 = core
                .bytes()
                .zip((2..=10).rev())
                .map(|(byte, weight)| u32::from(byte - b'0') * weight)
                .sum();
            let right = match (11 - sum % 11) % 11 {
                10 => "X".to_owned(),
                digit => digit.to_string(),
            };
            Some((format!("978{core}"), check == right))
        }
        _ => None,
    }
}

/// The check digit of an EAN's first twelve digits.
fn ean_check(core: &str) -> Option<u32> {
    let sum = core
        .bytes()
        .zip([1, 3].into_iter().cycle())
        .try_fold(0, |sum, (byte, weight)| {
            byte.is_ascii_digit()
                .then(|| sum + u32::from(byte - b'0') * weight)
        })?;
    Some((10 - sum % 10) % 10)
}

/// A right EAN that is not a book's number; 12 digits are one with a nought before it.
pub(crate) fn ean(text: &str) -> Option<String> {
    let mut digits: String = text
        .chars()
        .filter(|char| !matches!(char, '-' | ' '))
        .collect();
    if digits.len() == 12 {
        digits.insert(0, '0');
    }
    let right = digits.len() == 13
        && digits.is_ascii()
        && ean_check(&digits[..12]) == digits[12..].parse().ok();
    (right && !digits.starts_with("978") && !digits.starts_with("979") && digits != "0000000000000")
        .then_some(digits)
}

/// A right ISSN, without its hyphen.
pub(crate) fn issn(text: &str) -> Option<String> {
    let plain = text.trim().replace(['-', ' '], "").to_ascii_uppercase();
    let (core, check) = plain.split_at_checked(7)?;
    if !core.bytes().all(|byte| byte.is_ascii_digit()) || core == "0000000" {
        return None;
    }
    let sum: u32 = core
        .bytes()
        .zip((2..=8).rev())
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    let right = match (11 - sum % 11) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    (check == right).then_some(plain)
}

/// The number of a record of the National Library: of its ark, or FRBNF with its eight digits.
pub(crate) fn bnf(text: &str) -> Option<String> {
    let number = match text.split_once("ark:/12148/cb") {
        Some((_, rest)) => rest.get(..8)?,
        None => text.trim().strip_prefix("FRBNF")?.get(..8)?,
    };
    number
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_s_number_is_one_in_all_its_forms() {
        let core = Some(("978225357968".to_owned(), true));
        for text in [
            "978-2-253-57968-0",
            "9782253579680",
            "978 2 253 57968 0 (br.)",
        ] {
            assert_eq!(isbn(text), core, "{text}");
        }
        assert_eq!(
            isbn("2-7441-0912-6").map(|(core, _)| core),
            isbn("978-2-7441-0912-3").map(|(core, _)| core)
        );
        assert_eq!(
            isbn("978-2-253-57968-1"),
            Some(("978225357968".to_owned(), false))
        );
        assert_eq!(isbn("br."), None);
        assert_eq!(ean("3665067115691").as_deref(), Some("3665067115691"));
        assert_eq!(ean("9782253579680"), None);
        assert_eq!(ean("3665067115692"), None);
        assert_eq!(issn("0151-0282"), issn("01510282"));
        assert_eq!(
            bnf("http://catalogue.bnf.fr/ark:/12148/cb42415796n").as_deref(),
            Some("42415796")
        );
        assert_eq!(bnf("FRBNF424157960000004").as_deref(), Some("42415796"));
    }
}
