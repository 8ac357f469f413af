//! In which language a page speaks.

use circulation::Language;
use jiff::civil::Date;

/// French first, English beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tongue(pub(crate) Language);

impl Tongue {
    /// What a browser prefers, before anybody has signed in.
    pub(crate) fn preferred(accept: Option<&str>) -> Self {
        let languages = accept.unwrap_or_default().split(',');
        let first = languages
            .map(|language| language.trim().get(..2).unwrap_or_default().to_lowercase())
            .find(|language| language == "fr" || language == "en");
        match first.as_deref() {
            Some("en") => Self(Language::English),
            _ => Self(Language::French),
        }
    }

    /// One thing, said in both.
    pub(crate) fn say(self, fr: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Language::French => fr,
            Language::English => en,
        }
    }

    /// What stands in both, with a dash between, as problems and summaries of the API do.
    pub(crate) fn of_both(self, text: &str) -> &str {
        let (fr, en) = text.split_once(" — ").unwrap_or((text, text));
        match self.0 {
            Language::French => fr,
            Language::English => en,
        }
    }

    /// For the `lang` of a page.
    pub(crate) fn code(self) -> &'static str {
        self.say("fr", "en")
    }

    /// A day, as it is written: 03/05/2026 in French, 3 May 2026 in English.
    pub(crate) fn day(self, day: &Date) -> String {
        match self.0 {
            Language::French => day.strftime("%d/%m/%Y").to_string(),
            Language::English => day.strftime("%-d %b %Y").to_string(),
        }
    }

    /// Money, as it is written: 3,50 € in French, €3.50 in English.
    pub(crate) fn euros(self, cents: i64) -> String {
        let sign = if cents < 0 { "−" } else { "" };
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        match self.0 {
            Language::French => format!("{sign}{whole},{rest:02} €"),
            Language::English => format!("{sign}€{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_s_first_of_ours_is_spoken_else_french() {
        let preferred = |accept| Tongue::preferred(accept).code();
        assert_eq!(preferred(None), "fr");
        assert_eq!(preferred(Some("de-DE,en-GB;q=0.8,fr;q=0.5")), "en");
        assert_eq!(preferred(Some("fr-FR,en;q=0.1")), "fr");
        assert_eq!(preferred(Some("é,*")), "fr");
    }

    #[test]
    fn days_are_written_as_people_write_them() {
        let day = jiff::civil::date(2026, 5, 3);
        assert_eq!(Tongue(Language::French).day(&day), "03/05/2026");
        assert_eq!(Tongue(Language::English).day(&day), "3 May 2026");
    }

    #[test]
    fn money_is_written_as_people_write_it() {
        let (fr, en) = (Tongue(Language::French), Tongue(Language::English));
        assert_eq!(
            (fr.euros(350), en.euros(5)),
            ("3,50 €".into(), "€0.05".into())
        );
        assert_eq!(
            (fr.euros(-50), en.euros(-1_200)),
            ("−0,50 €".into(), "−€12.00".into())
        );
    }
}
