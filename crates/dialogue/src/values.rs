//! What a dialogue is played with: a card, a barcode, a password.

use std::{collections::BTreeMap, fmt};

/// Values by name. A name that ends in `pin` or `password` is that of a secret.
#[derive(Clone, Default)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// Gives a name a value; an earlier one is forgotten.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The values that nobody may read, the longest first.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        let mut secrets: Vec<&str> = self
            .0
            .iter()
            .filter(|(name, value)| {
                (name.ends_with("pin") || name.ends_with("password")) && !value.is_empty()
            })
            .map(|(_, value)| value.as_str())
            .collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
    }
}

/// Names only.
impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
