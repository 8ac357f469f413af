//! What is wrong, or strange, in a policy.

mod text;

use jiff::civil::Date;

use super::{Parameter, ParameterValue, RuleId};
use crate::codes::BranchCode;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The policy cannot be used.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing; often meant.
    Note,
}

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// A branch.
    Branch,
    /// A patron category.
    Category,
    /// A document type.
    Document,
}

impl CodeKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Category => "category",
            Self::Document => "document",
        }
    }
}

/// One thing found in a policy. `Display` says it in English, for those who write rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyFinding {
    /// No rule names nothing.
    NoRoot,
    /// The root rule leaves parameters open.
    RootIncomplete {
        /// The root rule.
        rule: RuleId,
        /// What it does not set.
        missing: Vec<Parameter>,
    },
    /// Two rules name the same three things.
    SameNames {
        /// The first rule.
        first: RuleId,
        /// The second rule.
        second: RuleId,
    },
    /// Two rules or limits have one id.
    SameId {
        /// The id.
        id: RuleId,
    },
    /// A parameter stands under no role.
    RoleMissing {
        /// The parameter.
        parameter: Parameter,
    },
    /// A parameter stands under roles more than once.
    RoleTwice {
        /// The parameter.
        parameter: Parameter,
    },
    /// Recall levels that do not come one after the other.
    RecallDaysNotRising {
        /// The rule that sets them.
        rule: RuleId,
    },
    /// A limit that gives no number.
    LimitWithoutMax {
        /// The limit.
        limit: RuleId,
    },
    /// A limit that names a branch but counts over the network.
    LimitBranchOverNetwork {
        /// The limit.
        limit: RuleId,
    },
    /// A branch period whose last day comes before the first.
    PeriodBackwards {
        /// The branch.
        branch: BranchCode,
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// A code that the network does not have.
    UnknownCode {
        /// The rule, limit, group or period that names it.
        named_by: String,
        /// What the code names.
        kind: CodeKind,
        /// The code.
        code: String,
    },
    /// A setting that stronger rules cover in every case.
    NeverWins {
        /// The rule.
        rule: RuleId,
        /// What it sets in vain.
        parameter: Parameter,
    },
    /// A setting that says what would be true without it.
    ChangesNothing {
        /// The rule.
        rule: RuleId,
        /// What it sets.
        parameter: Parameter,
        /// To what.
        value: ParameterValue,
    },
    /// A limit that can never be the one that says no.
    LimitNeverBites {
        /// The limit.
        limit: RuleId,
        /// The limit that always bites first; none if nothing it counts can be lent at all.
        behind: Option<RuleId>,
    },
    /// An exception of a branch that hides a rule of the network, only because branch comes
    /// first when two rules name equally many things.
    BranchHidesRule {
        /// The exception.
        exception: RuleId,
        /// The rule of the network.
        rule: RuleId,
        /// What both set.
        parameter: Parameter,
        /// What the exception sets it to.
        value: ParameterValue,
        /// What the hidden rule sets it to.
        hidden: ParameterValue,
    },
    /// An exception of a branch that names more things than a rule of the network, but not those
    /// that the rule is about, and takes its place there.
    BranchSwallowsRule {
        /// The exception.
        exception: RuleId,
        /// The rule of the network.
        rule: RuleId,
        /// What both set.
        parameter: Parameter,
        /// What the exception sets it to.
        value: ParameterValue,
        /// What the rule sets it to.
        hidden: ParameterValue,
    },
    /// The same as [`Self::BranchHidesRule`] between two rules of which neither, or both, name a branch.
    OrderDecides {
        /// The rule that wins.
        winner: RuleId,
        /// The rule that loses.
        loser: RuleId,
        /// What both set.
        parameter: Parameter,
        /// What the winner sets it to.
        value: ParameterValue,
        /// What the loser sets it to.
        hidden: ParameterValue,
    },
}

impl PolicyFinding {
    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NoRoot
            | Self::RootIncomplete { .. }
            | Self::SameNames { .. }
            | Self::SameId { .. }
            | Self::RoleMissing { .. }
            | Self::RoleTwice { .. }
            | Self::RecallDaysNotRising { .. }
            | Self::LimitWithoutMax { .. }
            | Self::LimitBranchOverNetwork { .. }
            | Self::PeriodBackwards { .. }
            | Self::UnknownCode { .. } => Severity::Error,
            Self::NeverWins { .. }
            | Self::LimitNeverBites { .. }
            | Self::BranchHidesRule { .. } => Severity::Warning,
            Self::ChangesNothing { .. }
            | Self::BranchSwallowsRule { .. }
            | Self::OrderDecides { .. } => Severity::Note,
        }
    }

    /// The rule or limit that it is about, where it is about one: the one to be changed.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        match self {
            Self::RootIncomplete { rule, .. }
            | Self::RecallDaysNotRising { rule }
            | Self::NeverWins { rule, .. }
            | Self::ChangesNothing { rule, .. } => Some(rule.as_str()),
            Self::LimitWithoutMax { limit }
            | Self::LimitBranchOverNetwork { limit }
            | Self::LimitNeverBites { limit, .. } => Some(limit.as_str()),
            Self::SameNames { second: id, .. }
            | Self::SameId { id }
            | Self::BranchHidesRule { exception: id, .. }
            | Self::BranchSwallowsRule { exception: id, .. }
            | Self::OrderDecides { winner: id, .. } => Some(id.as_str()),
            Self::UnknownCode { named_by, .. } => Some(named_by),
            Self::NoRoot
            | Self::RoleMissing { .. }
            | Self::RoleTwice { .. }
            | Self::PeriodBackwards { .. } => None,
        }
    }
}
