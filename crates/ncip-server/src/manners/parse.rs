//! Settings, read and checked.

use desk::{TerminalSettings, laid_over};
use serde_json::Value;

use super::{Authentication, Manners};

/// A setting that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// No setting has this name, or none this value.
    #[error("the setting {key}: {why}")]
    One {
        /// Its name.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// Each is well, but not all together.
    #[error("{0}")]
    Together(&'static str),
}

impl Manners {
    /// Whether settings are a partner's: a terminal is one thing or the other.
    pub fn are_a_partners(profile: &TerminalSettings, own: &TerminalSettings) -> bool {
        laid_over(profile, own).contains_key("protocol")
    }

    /// Reads what a partner's settings come to: those of its profile, its own laid over them.
    ///
    /// ```
    /// use relire_ncip_server::Manners;
    /// let object = |text: &str| serde_json::from_str(text).unwrap();
    /// let profile = object(r#"{"protocol": "ncip", "language": "en"}"#);
    /// let manners = Manners::parse(&profile, &object(r#"{"agencies": ["RSH"], "prefix": "ns1"}"#))?;
    /// assert_eq!(manners.agencies, ["RSH"]);
    ///
    /// let error = Manners::parse(&profile, &object(r#"{"authentication": "address"}"#)).unwrap_err();
    /// assert!(error.to_string().contains("addresses"));
    /// # Ok::<(), relire_ncip_server::SettingError>(())
    /// ```
    ///
    /// # Errors
    /// Names the setting, and says what it should be.
    pub fn parse(profile: &TerminalSettings, own: &TerminalSettings) -> Result<Self, SettingError> {
        let manners = Self::parse_profile(&laid_over(profile, own))?;
        if manners.authentication == Authentication::Address && manners.addresses.is_empty() {
            return Err(SettingError::Together(
                "who is known by its address has one: name its networks in addresses, too",
            ));
        }
        if manners.authentication == Authentication::Token && manners.token.is_empty() {
            return Err(SettingError::Together(
                "who is known by its token has one: `relire partner token` makes it",
            ));
        }
        Ok(manners)
    }

    /// Reads a profile by itself. What has to fit together may still come from the partner's own settings.
    ///
    /// # Errors
    /// As [`Manners::parse`].
    pub fn parse_profile(settings: &TerminalSettings) -> Result<Self, SettingError> {
        // One by one first: read all at once, an error would not say which.
        for (key, value) in settings {
            one(key, value)?;
        }
        read(settings.clone()).map_err(|why| SettingError::One {
            key: String::new(),
            why,
        })
    }
}

/// Reads a setting as an operator types it: a word, `true`, several between commas, or pairs `theirs:OURS` between commas.
///
/// # Errors
/// As [`Manners::parse`].
pub fn parsed_setting(key: &str, text: &str) -> Result<Value, SettingError> {
    let parts = || {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    let typed = serde_json::from_str::<Value>(text).ok();
    let word = Value::String(text.to_owned());
    let list: Value = parts().collect();
    let pairs: Option<serde_json::Map<String, Value>> = parts()
        .map(|part| {
            let (theirs, ours) = part.rsplit_once(':')?;
            Some((theirs.trim().to_owned(), ours.trim().into()))
        })
        .collect();
    let mut last = None;
    let forms = [typed, Some(word), Some(list), pairs.map(Value::Object)];
    for form in forms.into_iter().flatten() {
        match one(key, &form) {
            Ok(()) => return Ok(form),
            Err(error) => last = last.or(Some(error)),
        }
    }
    Err(last.unwrap_or(SettingError::Together("there is no value")))
}

fn one(key: &str, value: &Value) -> Result<(), SettingError> {
    let alone = TerminalSettings::from_iter([(key.to_owned(), value.clone())]);
    let wrong = |why: String| SettingError::One {
        key: key.to_owned(),
        why,
    };
    let manners = read(alone).map_err(wrong)?;
    let is_hash =
        |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bad = match key {
        "token" if !manners.token.is_empty() && !is_hash(&manners.token) => {
            "the SHA-256 of the token, not the token: `relire partner token` makes both"
        }
        "barcode_prefix" if manners.barcode_prefix.len() > 16 => "at most 16 characters",
        _ => return Ok(()),
    };
    Err(wrong(bad.to_owned()))
}

fn read(settings: TerminalSettings) -> Result<Manners, String> {
    serde_json::from_value(Value::Object(settings)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_as_they_are_typed() {
        let typed = |key, text| parsed_setting(key, text).map(|value| value.to_string());
        assert_eq!(typed("prefix", "ns1").unwrap(), r#""ns1""#);
        assert_eq!(typed("trap_hold", "false").unwrap(), "false");
        assert_eq!(typed("agencies", "RSH, RSH2").unwrap(), r#"["RSH","RSH2"]"#);
        assert_eq!(typed("agencies", "42").unwrap(), r#"["42"]"#);
        let places = typed("places", "INST||LENS:LENS,Bib Avion:AVIO").unwrap();
        assert_eq!(places, r#"{"Bib Avion":"AVIO","INST||LENS":"LENS"}"#);
        assert_eq!(
            typed("institution", "2620000000017").unwrap(),
            r#""2620000000017""#
        );
        for (key, text) in [
            ("prefix", "ns2"),
            ("token", "secret"),
            ("nothing", "1"),
            ("places", "x:y z"),
        ] {
            assert!(typed(key, text).is_err(), "{key}={text}");
        }
    }
}
