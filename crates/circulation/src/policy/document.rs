//! The policy as it is written and stored: the shape of `rules.toml`, and the same as JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Limit, Parameter, Role, Rule};
use crate::codes::BranchCode;

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
