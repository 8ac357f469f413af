//! What somebody typed to find a reader, sorted into what it can be.

use jiff::civil::Date;
use store::Sought;

/// More is nobody's name; what is beyond it is not looked at.
const LONGEST: usize = 200;
/// With fewer digits half of all cards would be met.
const FEWEST_DIGITS: usize = 4;

/// Sorts words into a birth date (`2014-05-03`, `03/05/2014`), an e-mail address (it has an `@`), a card's or telephone
/// number (at least four digits), and names. Of several dates, numbers or addresses the last one counts.
pub(super) fn sought(typed: &str) -> Sought {
    let typed: String = typed
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .take(LONGEST)
        .collect();
    let mut sought = Sought::default();
    let mut names: Vec<&str> = Vec::new();
    let mut digits = String::new();
    for word in typed.split_whitespace() {
        if let Some(day) = day(word) {
            sought.born_on = Some(day);
        } else if word.contains('@') {
            sought.email = Some(word.to_owned());
        } else if is_number(word) {
            // A telephone number is typed with blanks, too.
            digits.extend(word.chars().filter(char::is_ascii_digit));
        } else {
            names.push(word);
        }
    }
    sought.digits = Some(digits).filter(|digits| digits.len() >= FEWEST_DIGITS);
    // What has no letter in it narrows nothing.
    sought.words = Some(names.join(" ")).filter(|words| words.contains(char::is_alphanumeric));
    sought
}

fn is_number(word: &str) -> bool {
    word.contains(|char: char| char.is_ascii_digit())
        && word
            .chars()
            .all(|char| char.is_ascii_digit() || "+.-()".contains(char))
}

fn day(word: &str) -> Option<Date> {
    let french = |word: &str| {
        let mut parts = word.split('/');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let whole = year.len() == 4 && parts.next().is_none();
        Date::new(
            whole.then(|| year.parse().ok())??,
            month.parse().ok()?,
            day.parse().ok()?,
        )
        .ok()
    };
    let iso = |word: &str| (word.len() == 10).then(|| word.parse().ok()).flatten();
    french(word).or_else(|| iso(word))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn names(words: &str) -> Sought {
        Sought {
            words: Some(words.into()),
            ..Sought::default()
        }
    }

    #[test]
    fn words_are_names() {
        assert_eq!(sought("  Zoé  D'HONT-Petit "), names("Zoé D'HONT-Petit"));
        assert_eq!(sought("Jean\u{0}Marie\tB"), names("Jean Marie B"));
    }

    #[test]
    fn a_date_among_words_is_a_birth_date() {
        let zoe = Sought {
            born_on: Some(date(2014, 5, 3)),
            ..names("zoé")
        };
        assert_eq!(sought("zoé 2014-05-03"), zoe);
        assert_eq!(sought("03/05/2014 zoé"), zoe);
        assert_eq!(sought("3/5/2014 zoé"), zoe);
        for none in ["31/02/2014", "2014-13-03", "03/05/14", "1/2/3/2014"] {
            assert_eq!(sought(none).born_on, None, "{none}");
        }
    }

    #[test]
    fn digits_are_a_number_if_there_are_enough() {
        assert_eq!(sought("2620 0000").digits.as_deref(), Some("26200000"));
        assert_eq!(sought("03.21.00-00").digits.as_deref(), Some("03210000"));
        assert_eq!(
            sought("+33 (0)3 21 00 00 00").digits.as_deref(),
            Some("330321000000")
        );
        assert_eq!(sought("262"), Sought::default());
    }

    #[test]
    fn an_at_makes_an_address() {
        let found = sought("Zoe@example.fr dupont");
        assert_eq!(found.email.as_deref(), Some("Zoe@example.fr"));
        assert_eq!(found.words.as_deref(), Some("dupont"));
    }

    #[test]
    fn what_says_nothing_is_nothing() {
        for nothing in ["", "   ", "%", "_ %", "--", "\u{0}", "'"] {
            assert_eq!(sought(nothing), Sought::default(), "{nothing:?}");
        }
        let long = "é".repeat(100_000);
        assert!(
            sought(&long)
                .words
                .is_some_and(|words| words.chars().count() == LONGEST)
        );
    }
}
