//! Languages.

use std::fmt;

/// The language that a patron is to be addressed in, always three digits on the wire.
///
/// *3M SIP2 2.00, "language"*. French is 002; 001 is English.
///
/// ```
/// use relire_sip2::value::Language;
/// assert_eq!(Language::parse(b"002"), Language::FRENCH);
/// assert_eq!(Language::FRENCH.tag(), Some("fr"));
/// assert_eq!(Language::parse(b"   "), Language::UNKNOWN);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Language(u16);

impl Language {
    /// The language of this number; `None` beyond three digits.
    pub const fn new(number: u16) -> Option<Language> {
        if number < 1000 {
            Some(Language(number))
        } else {
            None
        }
    }

    /// Its number.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Reads the three digits; [`Language::UNKNOWN`] when they are blank or no digits.
    pub fn parse(bytes: &[u8]) -> Language {
        let number = std::str::from_utf8(bytes)
            .ok()
            .and_then(|text| text.trim().parse().ok());
        number.and_then(Language::new).unwrap_or_default()
    }

    /// Its BCP 47 tag, `None` when it is unknown.
    pub fn tag(self) -> Option<&'static str> {
        NAMES
            .iter()
            .find(|(language, ..)| *language == self)
            .and_then(|(_, tag, _)| *tag)
    }

    /// Its name in the standard, `None` for a number that the standard does not have.
    pub fn name(self) -> Option<&'static str> {
        NAMES
            .iter()
            .find(|(language, ..)| *language == self)
            .map(|(.., name)| *name)
    }
}

impl fmt::Display for Language {
    /// The three digits of the wire.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

macro_rules! languages {
    ($($number:literal $constant:ident $tag:expr, $name:literal;)*) => {
        impl Language {
            $(
                #[doc = concat!($name, ".")]
                pub const $constant: Language = Language($number);
            )*
        }

        static NAMES: &[(Language, Option<&str>, &str)] = &[$((Language::$constant, $tag, $name),)*];
    };
}

languages! {
    0 UNKNOWN None, "Unknown (default)";
    1 ENGLISH Some("en"), "English";
    2 FRENCH Some("fr"), "French";
    3 GERMAN Some("de"), "German";
    4 ITALIAN Some("it"), "Italian";
    5 DUTCH Some("nl"), "Dutch";
    6 SWEDISH Some("sv"), "Swedish";
    7 FINNISH Some("fi"), "Finnish";
    8 SPANISH Some("es"), "Spanish";
    9 DANISH Some("da"), "Danish";
    10 PORTUGUESE Some("pt"), "Portuguese";
    11 CANADIAN_FRENCH Some("fr-CA"), "Canadian-French";
    12 NORWEGIAN Some("no"), "Norwegian";
    13 HEBREW Some("he"), "Hebrew";
    14 JAPANESE Some("ja"), "Japanese";
    15 RUSSIAN Some("ru"), "Russian";
    16 ARABIC Some("ar"), "Arabic";
    17 POLISH Some("pl"), "Polish";
    18 GREEK Some("el"), "Greek";
    19 CHINESE Some("zh"), "Chinese";
    20 KOREAN Some("ko"), "Korean";
    21 NORTH_AMERICAN_SPANISH Some("es-US"), "North American Spanish";
    22 TAMIL Some("ta"), "Tamil";
    23 MALAY Some("ms"), "Malay";
    24 UNITED_KINGDOM Some("en-GB"), "United Kingdom";
    25 ICELANDIC Some("is"), "Icelandic";
    26 BELGIAN Some("fr-BE"), "Belgian";
    27 TAIWANESE Some("zh-TW"), "Taiwanese";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_three_digits() {
        assert_eq!(Language::FRENCH.to_string(), "002");
        assert_eq!(Language::parse(b"2").to_string(), "002");
        assert_eq!(Language::parse(b"999").to_string(), "999");
        assert_eq!(Language::parse(b"fre"), Language::UNKNOWN);
        assert_eq!(Language::new(1000), None);
    }

    #[test]
    fn numbers_of_the_standard() {
        let known = [
            (Language::CANADIAN_FRENCH, 11),
            (Language::ARABIC, 16),
            (Language::UNITED_KINGDOM, 24),
            (Language::BELGIAN, 26),
            (Language::PORTUGUESE, 10),
            (Language::SPANISH, 8),
        ];
        for (language, number) in known {
            assert_eq!(language.number(), number);
        }
    }
}
