//! Rules pick one value for each parameter; limits all apply.
//!
//! A [`PolicyDocument`] is what people write and what is stored; a [`Policy`] is the same text
//! once it has been found sound and indexed. Only a `Policy` decides anything.

mod case;
mod change;
mod contest;
mod document;
mod finding;
mod group;
mod known;
mod limit;
mod lint;
mod parameters;
mod resolve;
mod rule;
mod sound;
mod values;
mod wording;

use std::ops::Deref;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use case::{Case, Role};
pub use change::PolicyChange;
pub use contest::Contender;
pub use document::{BranchPeriod, FloatGroup, PeriodDue, PolicyDocument};
pub use finding::{CodeKind, PolicyFinding, Severity};
pub use group::ParameterGroup;
pub use known::KnownCodes;
pub use limit::{Limit, Over, Whom};
pub use parameters::{Parameter, Parameters, UnknownParameter};
pub use resolve::{Level, Resolved};
pub use rule::{Rule, RuleId};
pub use values::{DueOnClosedDay, LoanUntil, ParameterValue, RecallDays, RenewFrom, ReturnsTo};
pub use wording::Kind as ParameterKind;

use crate::codes::BranchCode;
use crate::days;
use resolve::Index;

/// One version of the network's rules, sound and indexed.
///
/// Reads like its [`PolicyDocument`] (`policy.version`, `policy.rules`…), but cannot be changed:
/// the index would no longer fit.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "PolicyDocument", into = "PolicyDocument")]
pub struct Policy {
    document: PolicyDocument,
    index: Index,
}

impl Policy {
    /// Indexes a document.
    ///
    /// # Errors
    ///
    /// When the document is not sound by itself: no complete root rule, two rules for the same
    /// three things, a parameter without a role, a limit that cannot be judged.
    /// Codes are checked apart, by [`Policy::check`].
    pub fn new(document: PolicyDocument) -> Result<Self, PolicyError> {
        let findings = document.errors();
        if !findings.is_empty() {
            return Err(PolicyError {
                version: document.version,
                findings,
            });
        }
        let index = Index::of(&document);
        Ok(Self { document, index })
    }

    /// The document that this policy was made from.
    #[must_use]
    pub const fn document(&self) -> &PolicyDocument {
        &self.document
    }

    /// Whether two branches share their stock: both stand in one float group.
    #[must_use]
    pub fn float_together(&self, one: BranchCode, other: BranchCode) -> bool {
        self.float_groups
            .iter()
            .any(|group| group.branches.contains(&one) && group.branches.contains(&other))
    }

    /// The last of the days, this one and those after it, on which nothing can be collected at a
    /// branch (a branch period with `pickup = false`); `None` if it can on this day.
    #[must_use]
    pub fn no_pickup_until(&self, branch: BranchCode, day: Date) -> Option<Date> {
        let covering = |day: Date| {
            self.branch_periods
                .iter()
                .filter(|period| period.branch == branch && !period.pickup)
                .filter(|period| period.from <= day && day <= period.to)
                .map(|period| period.to)
                .max()
        };
        let mut last = covering(day)?;
        // One period may begin where another ends.
        while let Some(further) = covering(days::next(last)).filter(|further| *further > last) {
            last = further;
        }
        Some(last)
    }
}

impl Deref for Policy {
    type Target = PolicyDocument;

    fn deref(&self) -> &PolicyDocument {
        &self.document
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

impl TryFrom<PolicyDocument> for Policy {
    type Error = PolicyError;

    fn try_from(document: PolicyDocument) -> Result<Self, PolicyError> {
        Self::new(document)
    }
}

impl From<Policy> for PolicyDocument {
    fn from(policy: Policy) -> Self {
        policy.document
    }
}

/// A document that cannot be a policy, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("policy version {version} is not sound: {}", in_one_line(findings))]
pub struct PolicyError {
    /// The version that the document gives itself.
    pub version: i32,
    /// What is wrong; never empty.
    pub findings: Vec<PolicyFinding>,
}

fn in_one_line(findings: &[PolicyFinding]) -> String {
    findings
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
