//! Money.

use std::fmt;

use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{all_consuming, opt, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// An amount of money in hundredths of its currency, shown as `12.50`.
///
/// *3M SIP2 2.00, "fee amount"*: the amount without currency sign. We write a dot and two
/// decimals, always.
///
/// ```
/// use relire_sip2::value::Amount;
/// assert_eq!(Amount::from_cents(1250).to_string(), "12.50");
/// assert_eq!(Amount::parse("1,5"), Some(Amount::from_cents(150)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

impl Amount {
    /// So many cents.
    pub const fn from_cents(cents: i64) -> Self {
        Amount(cents)
    }

    /// How many cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Reads `12.50`, `12,5`, `12`, `.50` and `-3`, with blanks around it. `None` for anything
    /// else: where thousands are marked or decimals are three, nobody knows what was meant.
    pub fn parse(text: &str) -> Option<Amount> {
        amount(text.trim()).ok().map(|(_, amount)| amount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

fn amount(text: &str) -> IResult<&str, Amount> {
    let whole_first =
        (digit1, opt(decimals)).map(|(whole, decimals)| (whole, decimals.unwrap_or_default()));
    let decimals_only =
        verify(decimals, |digits: &str| !digits.is_empty()).map(|digits| ("0", digits));
    all_consuming((opt(char('-')), alt((whole_first, decimals_only))))
        .map_opt(|(minus, (whole, decimals))| {
            let hundredths: i64 = format!("{decimals:0<2}").parse().ok()?;
            let cents = whole
                .parse::<i64>()
                .ok()?
                .checked_mul(100)?
                .checked_add(hundredths)?;
            Some(Amount(if minus.is_some() { -cents } else { cents }))
        })
        .parse(text)
}

fn decimals(text: &str) -> IResult<&str, &str> {
    preceded(
        one_of(".,"),
        take_while_m_n(0, 2, |c: char| c.is_ascii_digit()),
    )
    .parse(text)
}

/// A currency by its three letters.
///
/// *3M SIP2 2.00, "currency type"*: ISO 4217. Any three letters are a currency; whether it is the
/// library's is not for the wire to say.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");

    /// Three ASCII letters, in upper case whatever they were; `None` for anything else.
    pub fn parse(bytes: &[u8]) -> Option<Currency> {
        let letters: [u8; 3] = bytes.try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Currency(letters.map(|c| c.to_ascii_uppercase())))
    }

    /// The three letters as bytes.
    pub const fn letters(self) -> [u8; 3] {
        self.0
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tolerant_forms() {
        for (text, cents) in [
            ("12.50", 1250),
            ("1.5", 150),
            ("1,50", 150),
            ("12", 1200),
            ("12.", 1200),
            (".5", 50),
            (" 0.05 ", 5),
            ("-3", -300),
            ("0", 0),
            ("007", 700),
        ] {
            assert_eq!(
                Amount::parse(text),
                Some(Amount::from_cents(cents)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "",
            ".",
            "-",
            "1.234",
            "1,234.50",
            "1 000",
            "EUR 3",
            "3e2",
            "1.2.3",
            "--1",
            "99999999999999999999",
        ] {
            assert_eq!(Amount::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn shown_with_two_decimals() {
        assert_eq!(Amount::from_cents(0).to_string(), "0.00");
        assert_eq!(Amount::from_cents(5).to_string(), "0.05");
        assert_eq!(Amount::from_cents(-105).to_string(), "-1.05");
    }

    #[test]
    fn currencies() {
        assert_eq!(Currency::parse(b"eur"), Some(Currency::EUR));
        assert_eq!(
            Currency::parse(b"XTS").map(|c| c.to_string()),
            Some("XTS".into())
        );
        assert_eq!(Currency::parse(b"   "), None);
        assert_eq!(Currency::parse(b"E|R"), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read(cents in -1_000_000_000_000i64..1_000_000_000_000) {
            let amount = Amount::from_cents(cents);
            prop_assert_eq!(Amount::parse(&amount.to_string()), Some(amount));
        }

        #[test]
        fn any_text_is_survived(text in ".*") {
            let _ = Amount::parse(&text);
        }
    }
}
