//! The habits of a source.

use std::collections::BTreeMap;

use circulation::Condition;
use marc::{Format, charset::Charset, items::ItemProfile};
use serde::{Deserialize, Serialize};

/// How a source's files are read. What is left out is as most sources have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// What records are that do not show it themselves.
    pub format: Format,
    /// What records are in where neither bytes nor label decide.
    pub charset: Option<Charset>,
    /// Its copies.
    pub items: ItemProfile,
    /// Tags that are never served: notes about readers, prices, suppliers.
    pub private: Vec<String>,
    /// What notes on copies begin with that says in which state they are, in small letters.
    pub states: BTreeMap<String, Condition>,
    /// The subfield with the first day in service, as YYYY-MM-DD or YYYYMMDD.
    pub in_service: char,
}

impl Default for Profile {
    fn default() -> Self {
        let states = [
            ("manquant", Condition::Missing),
            ("perdu", Condition::Lost),
            ("pilon", Condition::Withdrawn),
            ("en réparation", Condition::Damaged),
            ("en reparation", Condition::Damaged),
        ];
        Self {
            format: Format::Unimarc,
            charset: None,
            items: ItemProfile::default(),
            private: Vec::new(),
            states: states.map(|(word, state)| (word.to_owned(), state)).into(),
            in_service: '5',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_data() {
        let read: Profile = serde_json::from_str(
            r#"{"format": "marc21", "charset": "latin1", "items": {"tag": "952", "barcode": ["p"]}, "private": ["902"]}"#,
        )
        .unwrap();
        assert_eq!(
            (read.format, read.charset),
            (Format::Marc21, Some(Charset::Latin1))
        );
        assert_eq!(read.states, Profile::default().states);
        assert!(
            serde_json::from_str::<Profile>(r#"{"privat": []}"#).is_err(),
            "a slip is not silent"
        );
    }
}
