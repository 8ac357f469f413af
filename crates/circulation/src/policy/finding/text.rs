//! Findings in words, for those who write rules.

use std::fmt;

use super::PolicyFinding;

impl fmt::Display for PolicyFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoot => f.write_str(
                "no root rule: add a rule that names no branch, category or document and sets \
                 every parameter",
            ),
            Self::RootIncomplete { rule, missing } => {
                let names: Vec<_> = missing.iter().map(|parameter| parameter.name()).collect();
                write!(f, "the root rule {rule} must also set {}", names.join(", "))
            }
            Self::SameNames { first, second } => write!(
                f,
                "rules {first} and {second} name the same branch, category and document: join them"
            ),
            Self::SameId { id } => write!(f, "the id {id} is given twice: rename one"),
            Self::RoleMissing { parameter } => write!(
                f,
                "{parameter} stands under no role: list it under checkout, owner or pickup"
            ),
            Self::RoleTwice { parameter } => {
                write!(
                    f,
                    "{parameter} is listed more than once under roles: keep one"
                )
            }
            Self::RecallDaysNotRising { rule } => {
                write!(
                    f,
                    "recall_days of {rule} must rise from each level to the next"
                )
            }
            Self::LimitWithoutMax { limit } => {
                write!(f, "limit {limit} gives neither max_loans nor max_holds")
            }
            Self::LimitBranchOverNetwork { limit } => write!(
                f,
                "limit {limit} names a branch but counts over the network: set where to \
                 checkout or owner, or leave the branch out"
            ),
            Self::PeriodBackwards { branch, from, to } => {
                write!(
                    f,
                    "the period of {branch} ends ({to}) before it begins ({from})"
                )
            }
            Self::UnknownCode {
                named_by,
                kind,
                code,
            } => {
                write!(
                    f,
                    "{named_by} names the {} {code}, which does not exist",
                    kind.name()
                )
            }
            Self::NeverWins { rule, parameter } => {
                write!(
                    f,
                    "{parameter} of {rule} never wins: stronger rules set it in every case"
                )
            }
            Self::ChangesNothing {
                rule,
                parameter,
                value,
            } => write!(
                f,
                "{parameter} = {value} of {rule} changes nothing: without it the value is the same"
            ),
            Self::LimitNeverBites {
                limit,
                behind: Some(other),
            } => {
                write!(
                    f,
                    "limit {limit} never says no: {other} always does so first"
                )
            }
            Self::LimitNeverBites {
                limit,
                behind: None,
            } => {
                write!(
                    f,
                    "limit {limit} never says no: nothing that it counts can be lent"
                )
            }
            Self::BranchHidesRule {
                exception,
                rule,
                parameter,
                value,
                hidden,
            } => write!(
                f,
                "{parameter}: {exception} ({value}) hides {rule} ({hidden}), because branch comes \
                 first when both name equally many things; if that is not meant, add a rule that \
                 names both"
            ),
            Self::BranchSwallowsRule {
                exception,
                rule,
                parameter,
                value,
                hidden,
            } => write!(
                f,
                "{parameter}: {exception} ({value}) also takes the place of {rule} ({hidden}) there, \
                 which is about something else; if that is not meant, add a rule that names both"
            ),
            Self::OrderDecides {
                winner,
                loser,
                parameter,
                value,
                hidden,
            } => write!(
                f,
                "{parameter}: {winner} ({value}) goes before {loser} ({hidden}) only by the order \
                 branch, category, document"
            ),
        }
    }
}
