//! A rule: what it names, and what it sets for that.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Parameter, Parameters};
use crate::codes::{BranchCode, CategoryCode, CodeError, DocumentCode};

/// A rule: what it names, and what it sets for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name in traces and texts.
    pub id: RuleId,
    /// The branch it is for; any if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<BranchCode>,
    /// The patron category it is for; any if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryCode>,
    /// The document type it is for; any if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentCode>,
    /// What it sets.
    #[serde(flatten)]
    pub set: Parameters,
}

// Written by hand: reading a flattened struct loses the place of an error in the file, and
// passes over misspelt parameters in silence.
impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Rule;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a rule: an id, what it names and what it sets")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rule, A::Error> {
                let (mut id, mut set) = (None, Parameters::default());
                let (mut branch, mut category, mut document) = (Any(None), Any(None), Any(None));
                while let Some(key) = map.next_key()? {
                    match key {
                        Key::Id => id = Some(map.next_value()?),
                        Key::Branch => branch = map.next_value()?,
                        Key::Category => category = map.next_value()?,
                        Key::Document => document = map.next_value()?,
                        Key::Parameter(parameter) => set.read(parameter, &mut map)?,
                    }
                }
                Ok(Rule {
                    id: id.ok_or_else(|| A::Error::missing_field("id"))?,
                    branch: branch.0,
                    category: category.0,
                    document: document.0,
                    set,
                })
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// What stands before the equals sign.
enum Key {
    Id,
    Branch,
    Category,
    Document,
    Parameter(Parameter),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Cow::<'de, str>::deserialize(deserializer)?.as_ref() {
            "id" => Self::Id,
            "branch" => Self::Branch,
            "category" => Self::Category,
            "document" => Self::Document,
            name => Self::Parameter(name.parse().map_err(D::Error::custom)?),
        })
    }
}

/// A name that may be left open: `*` and an empty text mean the same as leaving it out.
struct Any<T>(Option<T>);

impl<'de, T: FromStr<Err = CodeError>> Deserialize<'de> for Any<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Cow::<'de, str>::deserialize(deserializer)?.as_ref() {
            "" | "*" => Ok(Self(None)),
            code => code
                .parse()
                .map(|code| Self(Some(code)))
                .map_err(D::Error::custom),
        }
    }
}

/// The name of a rule or limit. Cloning it copies a pointer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RuleId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl AsRef<str> for RuleId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}
