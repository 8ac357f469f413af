//! The policy as it is written and stored: the shape of `rules.toml`, and the same as JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Limit, Parameter, Parameters, Role};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// One version of the network's rules, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyDocument {
    /// The number of this version.
    pub version: i32,
    /// The first day on which it is in force.
    pub effective_from: Date,
    /// ISO 4217 code of the currency that cents are counted in.
    pub currency: String,
    /// Whose branch a rule's `branch` means, for every parameter.
    pub roles: BTreeMap<Role, Vec<Parameter>>,
    /// The rules, the root among them.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
    /// The limits; all that apply must hold.
    #[serde(rename = "limit", default)]
    pub limits: Vec<Limit>,
    /// Branches that share their stock.
    #[serde(rename = "float_group", default)]
    pub float_groups: Vec<FloatGroup>,
    /// Times in which a branch is moving or works otherwise than usual.
    #[serde(rename = "branch_period", default)]
    pub branch_periods: Vec<BranchPeriod>,
}

/// A rule: what it names, and what it sets for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name in traces and texts.
    pub id: RuleId,
    /// The branch it is for; any if absent.
    #[serde(
        default,
        deserialize_with = "any",
        skip_serializing_if = "Option::is_none"
    )]
    pub branch: Option<BranchCode>,
    /// The patron category it is for; any if absent.
    #[serde(
        default,
        deserialize_with = "any",
        skip_serializing_if = "Option::is_none"
    )]
    pub category: Option<CategoryCode>,
    /// The document type it is for; any if absent.
    #[serde(
        default,
        deserialize_with = "any",
        skip_serializing_if = "Option::is_none"
    )]
    pub document: Option<DocumentCode>,
    /// What it sets.
    #[serde(flatten)]
    pub set: Parameters,
}

/// `*` and an empty text mean the same as leaving the name out.
fn any<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err = crate::codes::CodeError>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    match text.as_deref() {
        None | Some("" | "*") => Ok(None),
        Some(code) => code.parse().map(Some).map_err(serde::de::Error::custom),
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

/// Branches that share their stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloatGroup {
    /// The group's name.
    pub name: String,
    /// Its branches.
    pub branches: Vec<BranchCode>,
}

/// A time in which a branch is moving or works otherwise than usual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BranchPeriod {
    /// The branch.
    pub branch: BranchCode,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Whether holds can be collected there; if not, shelf clocks stop and no new hold may
    /// choose the branch.
    #[serde(default = "yes")]
    pub pickup: bool,
    /// What due dates in the period do.
    #[serde(default)]
    pub due: PeriodDue,
}

const fn yes() -> bool {
    true
}

/// What a branch period does to due dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodDue {
    /// Nothing.
    #[default]
    Keep,
    /// The branch counts as closed.
    Extend,
}
