//! Settings, read and checked.

use desk::{TerminalSettings, laid_over};
use serde_json::Value;

use super::Manners;

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
    /// Reads what a terminal's settings come to: those of its profile, its own laid over them.
    ///
    /// ```
    /// use relire_sip2_server::Manners;
    /// let object = |text: &str| serde_json::from_str(text).unwrap();
    /// let profile = object(r#"{"line_end": "crlf", "idle": 900}"#);
    /// let manners = Manners::parse(&profile, &object(r#"{"idle": 600}"#))?;
    /// assert_eq!(manners.idle, 600);
    ///
    /// let error = Manners::parse(&profile, &object(r#"{"idle": 5}"#)).unwrap_err();
    /// assert!(error.to_string().starts_with("the setting idle: "));
    /// # Ok::<(), relire_sip2_server::SettingError>(())
    /// ```
    ///
    /// # Errors
    /// Names the setting, and says what it should be.
    pub fn parse(profile: &TerminalSettings, own: &TerminalSettings) -> Result<Self, SettingError> {
        let manners = Self::parse_profile(&laid_over(profile, own))?;
        if manners.telnet && manners.addresses.is_empty() {
            return Err(SettingError::Together(
                "who logs in by prompts is known by its address: name its networks in addresses, too",
            ));
        }
        Ok(manners)
    }

    /// Reads a profile by itself. What has to fit together may still come from the terminal's own settings.
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

/// Reads a setting as an operator types it: a word, a number, `true`, or several of them between commas.
///
/// # Errors
/// As [`Manners::parse`].
pub fn parsed_setting(key: &str, text: &str) -> Result<Value, SettingError> {
    if let Ok(typed) = serde_json::from_str::<Value>(text) {
        let word = || Value::String(text.to_owned());
        // A word that reads like a number is still a word where one is meant.
        return match one(key, &typed) {
            Ok(()) => Ok(typed),
            Err(error) => one(key, &word()).map(|()| word()).map_err(|_| error),
        };
    }
    let list: Value = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let word = Value::String(text.to_owned());
    match (one(key, &word), one(key, &list)) {
        (Ok(()), _) => Ok(word),
        (Err(_), Ok(())) => Ok(list),
        // What says that it should be a list is no help to who typed one.
        (Err(_), Err(error)) if is_list(key) => Err(error),
        (Err(error), Err(_)) => Err(error),
    }
}

fn is_list(key: &str) -> bool {
    one(key, &Value::Array(Vec::new())).is_ok()
}

fn one(key: &str, value: &Value) -> Result<(), SettingError> {
    let alone = TerminalSettings::from_iter([(key.to_owned(), value.clone())]);
    let wrong = |why: String| SettingError::One {
        key: key.to_owned(),
        why,
    };
    let manners = read(alone).map_err(wrong)?;
    // No number is wrong by itself in the other settings.
    let bad = match key {
        "idle" if manners.idle < 60 => "at least 60 seconds, or units drop between two 99",
        "timeout" if manners.timeout > 999 => "three digits: tenths of a second, or 999",
        "retries" if manners.retries > 999 => "three digits",
        "off_line_days" if !(1..=366).contains(&manners.off_line_days) => "from 1 to 366 days",
        _ => return Ok(()),
    };
    Err(wrong(bad.to_owned()))
}

fn read(settings: TerminalSettings) -> Result<Manners, String> {
    serde_json::from_value(Value::Object(settings)).map_err(|error| error.to_string())
}
