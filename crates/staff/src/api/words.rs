//! The values of questions: what cannot be one is said where it stands.

use circulation::{BranchCode, Overrides, Right};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// A card number or barcode, as scanned: 1 to 100 characters, no control character among them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "3620000000019")]
pub(crate) struct Scan(pub(crate) String);

impl TryFrom<String> for Scan {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = !text.is_empty() && !text.chars().any(char::is_control);
        match plain && text.chars().count() <= 100 {
            true => Ok(Self(text)),
            false => Err("1 à 100 caractères imprimables / 1 to 100 printable characters"),
        }
    }
}

/// Some words of a person: at most 500 characters, no control character among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, max_length = 500, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
pub(crate) struct Words(pub(crate) String);

impl TryFrom<String> for Words {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.chars().count() <= 500 && !text.chars().any(char::is_control) {
            true => Ok(Self(text)),
            false => Err("au plus 500 caractères imprimables / at most 500 printable characters"),
        }
    }
}

/// A day of this century or its neighbours, as ISO 8601 writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "Date")]
#[schema(value_type = String, format = "date", pattern = r"^(19|2[01])[0-9]{2}-", example = "2026-07-07")]
pub(crate) struct Day(pub(crate) Date);

impl TryFrom<Date> for Day {
    type Error = &'static str;

    fn try_from(day: Date) -> Result<Self, Self::Error> {
        match (1900..2200).contains(&day.year()) {
            true => Ok(Self(day)),
            false => Err("une date entre 1900 et 2199 / a day between 1900 and 2199"),
        }
    }
}

/// A branch, by its code; whether there is one, the network knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, pattern = "^[A-Z0-9_-]{1,8}$", example = "LENS")]
pub(crate) struct Branch(pub(crate) BranchCode);

/// A day of the week: 1 Monday … 7 Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "i64")]
#[schema(value_type = i64, minimum = 1, maximum = 7, example = 2)]
pub(crate) struct Weekday(pub(crate) u8);

impl TryFrom<i64> for Weekday {
    type Error = &'static str;

    fn try_from(day: i64) -> Result<Self, Self::Error> {
        let known = u8::try_from(day).ok().filter(|day| (1..=7).contains(day));
        known
            .map(Self)
            .ok_or("1 (lundi) à 7 (dimanche) / 1 (Monday) to 7 (Sunday)")
    }
}

/// A time of day, to the minute, as `09:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "09:30")]
pub(crate) struct ClockTime(pub(crate) Time);

impl TryFrom<String> for ClockTime {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let two = |text: &str| {
            let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<i8>().ok()).flatten()
        };
        let parts = text.split_once(':');
        let parts = parts.and_then(|(hour, minute)| Some((two(hour)?, two(minute)?)));
        let time = parts.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
        time.map(Self)
            .ok_or("une heure comme 09:30 / a time such as 09:30")
    }
}

/// Money in cents: at least one, at most 100,000 euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "i64")]
#[schema(value_type = i64, minimum = 1, maximum = 10_000_000, example = 150)]
pub(crate) struct Cents(pub(crate) i64);

impl TryFrom<i64> for Cents {
    type Error = &'static str;

    fn try_from(cents: i64) -> Result<Self, Self::Error> {
        match (1..=10_000_000).contains(&cents) {
            true => Ok(Self(cents)),
            false => Err("1 à 10 000 000 centimes / 1 to 10,000,000 cents"),
        }
    }
}

/// A value of which `null` is something that is said: it takes away what there is.
pub(crate) fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    value: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// A right to override, by its name in roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) enum OverrideRight {
    /// Limits.
    #[serde(rename = "override.limit")]
    Limit,
    /// What stands against the reader.
    #[serde(rename = "override.block")]
    Block,
    /// The state and place of the item.
    #[serde(rename = "override.item")]
    Item,
    /// What a rule forbids.
    #[serde(rename = "override.rule")]
    Rule,
}

/// Rights to be used for this one question, and why. The log keeps the reason.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverridesAsked {
    /// Each has to be yours where you work.
    pub(crate) rights: Vec<OverrideRight>,
    /// Why, in words.
    pub(crate) reason: Words,
}

impl From<OverridesAsked> for Overrides {
    fn from(asked: OverridesAsked) -> Self {
        let rights = asked.rights.into_iter().map(|right| match right {
            OverrideRight::Limit => Right::Limit,
            OverrideRight::Block => Right::Block,
            OverrideRight::Item => Right::Item,
            OverrideRight::Rule => Right::Rule,
        });
        Self::new(rights, asked.reason.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> bool {
        Scan::try_from(text.to_owned()).is_ok()
    }

    #[test]
    fn what_no_scanner_reads_is_no_scan() {
        assert!(scan("3620000000019") && scan("É-1") && scan(&"9".repeat(100)));
        for wrong in ["", "a\0b", "a\nb", "\u{7f}", "\u{85}"] {
            assert!(!scan(wrong), "{wrong:?}");
        }
        assert!(!scan(&"9".repeat(101)));
    }

    #[test]
    fn a_right_is_called_as_in_roles() {
        for right in Right::ALL {
            let asked: OverridesAsked = serde_json::from_value(serde_json::json!({
                "rights": [right.name()], "reason": "x"
            }))
            .unwrap();
            let overrides = Overrides::from(asked);
            assert!(overrides.rights.contains(&right));
        }
    }

    #[test]
    fn clocks_and_weekdays_have_bounds() {
        let clock = |text: &str| ClockTime::try_from(text.to_owned()).is_ok();
        assert!(clock("00:00") && clock("23:59"));
        for wrong in ["24:00", "9:30", "09:60", "09h30", "+9:30", "09:30:00", ""] {
            assert!(!clock(wrong), "{wrong}");
        }
        assert!(Weekday::try_from(7).is_ok());
        assert!(Weekday::try_from(0).is_err() && Weekday::try_from(8).is_err());
    }

    #[test]
    fn days_and_cents_have_bounds() {
        let day = |text: &str| serde_json::from_value::<Day>(text.into()).is_ok();
        assert!(day("2026-02-28"));
        for wrong in ["2026-02-30", "-009999-01-01", "9999-01-01", "demain", ""] {
            assert!(!day(wrong), "{wrong}");
        }
        assert!(Cents::try_from(0).is_err() && Cents::try_from(i64::MAX).is_err());
    }
}
