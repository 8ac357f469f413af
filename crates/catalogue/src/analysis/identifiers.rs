use query::AccessPoint;

/// A number that names a thing, in the forms in which it is indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The form that all ways of writing it share.
    pub normal: String,
    /// As it was written, cleaned: what somebody types the beginning of. `None` if the same.
    pub written: Option<String>,
}

/// A value of an access point made comparable: numbers without their hyphens, codes folded.
///
/// ```
/// use query::AccessPoint::{Barcode, Isbn, Issn, NationalNumber};
/// use relire_catalogue::analysis::normal;
/// assert_eq!(normal(Isbn, "2-07-061236-2").normal, "9782070612369");
/// assert_eq!(normal(Isbn, "978-2-07-061236-9 (br.)").normal, "9782070612369");
/// assert_eq!(normal(Issn, "0021-9541").normal, "00219541");
/// assert_eq!(normal(Barcode, "*3 0624 98*").normal, "3062498");
/// assert_eq!(normal(NationalNumber, "http://catalogue.bnf.fr/ark:/12148/cb361593906").normal, "cb361593906");
/// ```
pub fn normal(access: AccessPoint, value: &str) -> Identifier {
    match access {
        AccessPoint::Isbn => isbn(value),
        AccessPoint::Issn
        | AccessPoint::PublisherNumber
        | AccessPoint::Barcode
        | AccessPoint::ControlNumber => only(compact(value)),
        AccessPoint::Ean => only(ean(value)),
        AccessPoint::NationalNumber => only(national(value)),
        AccessPoint::Bib => only(value.trim().to_owned()),
        AccessPoint::Year => only(year(value)),
        // Codes: letters, digits and the dot of a class; case and blanks make no difference.
        _ => only(
            super::fold(value)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        ),
    }
}

const fn only(normal: String) -> Identifier {
    Identifier {
        normal,
        written: None,
    }
}

/// Letters and digits, small.
fn compact(value: &str) -> String {
    super::fold(value)
        .chars()
        .filter(|char| char.is_alphanumeric())
        .collect()
}

fn isbn(value: &str) -> Identifier {
    // What stands behind in parentheses is a binding.
    let number = value.split('(').next().unwrap_or_default();
    let compact: String = compact(number)
        .chars()
        .take_while(|char| char.is_ascii_digit() || *char == 'x')
        .collect();
    match isbn13(&compact) {
        Some(normal) => Identifier {
            normal,
            written: Some(compact),
        },
        None => only(compact),
    }
}

/// The thirteen digits of an ISBN of ten. A wrong check digit is let pass, since the other nine
/// tell the book; anything else is `None`.
pub fn isbn13(compact: &str) -> Option<String> {
    let bytes = compact.as_bytes();
    let (digits, check) = bytes.split_at_checked(9)?;
    let ten = check.len() == 1
        && digits.iter().all(u8::is_ascii_digit)
        && check
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X'));
    if !ten {
        return None;
    }
    let digits: Vec<u32> = b"978"
        .iter()
        .chain(digits)
        .map(|byte| u32::from(byte - b'0'))
        .collect();
    let sum: u32 = digits
        .iter()
        .zip([1, 3].iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = (10 - sum % 10) % 10;
    Some(digits.iter().chain([&check]).map(u32::to_string).collect())
}

/// Twelve digits are the American form of thirteen.
fn ean(value: &str) -> String {
    let compact = compact(value);
    if compact.len() == 12 && compact.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("0{compact}");
    }
    compact
}

/// `FRBNF…`, or the name behind the last stroke of an ark.
fn national(value: &str) -> String {
    let name = value.trim().trim_end_matches('/');
    let name = match name.find("ark:/") {
        Some(at) => name
            .get(at..)
            .and_then(|ark| ark.split('/').nth(2))
            .unwrap_or(name),
        None => name,
    };
    compact(name)
}

/// The first four digits in a row.
fn year(value: &str) -> String {
    let digits = value
        .as_bytes()
        .windows(4)
        .find(|four| four.iter().all(u8::is_ascii_digit));
    digits
        .map(|four| four.iter().map(|byte| char::from(*byte)).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_meet_however_they_are_written() {
        use AccessPoint as A;
        let table = [
            (A::Isbn, "2070612368", "9782070612369"),
            (A::Isbn, "080442957X", "9780804429573"),
            (A::Isbn, "2-07", "207"),
            (A::Isbn, "9782070612369", "9782070612369"),
            (A::Ean, "602498613467", "0602498613467"),
            (A::Issn, "1234-567x", "1234567x"),
            (A::Branch, "lens", "lens"),
            (A::Dewey, "843.914 ", "843.914"),
            (A::NationalNumber, "ark:/12148/cb361593906", "cb361593906"),
            (A::NationalNumber, "FRBNF36159390", "frbnf36159390"),
            (A::Year, "cop. 1994", "1994"),
            (A::Year, "[19..]", ""),
        ];
        for (access, value, meant) in table {
            assert_eq!(normal(access, value).normal, meant, "{access}: {value}");
        }
        assert_eq!(
            normal(A::Isbn, "2-07-061236-8").written.as_deref(),
            Some("2070612368")
        );
    }
}
