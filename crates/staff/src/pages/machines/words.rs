//! What is said when a machine is not set as was asked.

use desk::{MachineRefused, TerminalSettings};

use crate::{machines::machine_refused_text, pages::Trouble, tongue::Tongue};

/// Why it was not done, in words; what is no matter of the form is trouble.
pub(super) fn told(t: Tongue, refused: MachineRefused) -> Result<String, Trouble> {
    match refused {
        MachineRefused::Right(missing) => Err(missing.into()),
        MachineRefused::Unknown(_) => Err(Trouble::NotFound),
        other => Ok(machine_refused_text(&other, t.0)),
    }
}

/// The same where there is no form to say it on.
pub(super) fn trouble(t: Tongue, refused: MachineRefused) -> Trouble {
    told(t, refused).map_or_else(|trouble| trouble, Trouble::Unreadable)
}

/// Settings as they are typed: a JSON object; nothing is an empty one.
pub(super) fn settings(text: &str) -> Result<TerminalSettings, MachineRefused> {
    match text.trim() {
        "" => Ok(TerminalSettings::new()),
        text => serde_json::from_str(text)
            .map_err(|error| MachineRefused::Settings(format!("JSON : {error}"))),
    }
}

/// Settings as they are shown, a line each.
pub(super) fn written(settings: &TerminalSettings) -> String {
    match settings.is_empty() {
        true => String::new(),
        false => serde_json::to_string_pretty(settings).unwrap_or_default(),
    }
}

/// What may be asked, by codes or names, parted by blanks or commas.
pub(super) fn messages(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read() {
        assert_eq!(messages(" 11, 09\n23 "), ["11", "09", "23"]);
        assert!(messages(" , ").is_empty());
        assert_eq!(settings(" "), Ok(TerminalSettings::new()));
        let read = settings(r#"{"idle": 900}"#).unwrap();
        assert_eq!(settings(&written(&read)), Ok(read));
        for wrong in ["[]", "{", "1", "{\"a\":1} x"] {
            assert!(settings(wrong).is_err(), "{wrong}");
        }
    }
}
