//! Values from lists: the standard's, a partner's, our own.

use crate::{Element, FaultKind, model::codec::Content};

/// A value and whose list it is from (2.x `SchemeValuePair`; 1.x `Scheme` and `Value`).
///
/// Schemes differ in the field, are misspelt or left out, so that a value is compared without its scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The list, a URI.
    pub scheme: Option<String>,
    /// The value.
    pub text: String,
}

impl Value {
    /// A value of no list.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            scheme: None,
            text: text.into(),
        }
    }

    /// A value of a list of the standard's, or another.
    pub fn of(scheme: &str, text: impl Into<String>) -> Self {
        Self {
            scheme: Some(scheme.to_owned()),
            text: text.into(),
        }
    }

    /// Whether it is this value, however it is written: blanks, hyphens and case do not count.
    ///
    /// ```
    /// use relire_ncip::Value;
    /// assert!(Value::plain("hold for pickup").is("Hold For Pickup"));
    /// assert!(!Value::plain("Hold").is("Hold For Pickup"));
    /// ```
    pub fn is(&self, text: &str) -> bool {
        fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
            text.chars()
                .filter(|char| char.is_alphanumeric())
                .flat_map(char::to_lowercase)
        }
        letters(&self.text).eq(letters(text))
    }
}

impl Content for Value {
    fn read(element: &Element) -> Result<Option<Self>, FaultKind> {
        Ok(String::read(element)?.map(|text| Self {
            scheme: element.scheme.clone(),
            text,
        }))
    }

    fn write(&self, element: &mut Element) {
        element.scheme.clone_from(&self.scheme);
        element.text.clone_from(&self.text);
    }
}
