//! Whether the codes that a policy names exist.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::{CodeKind, PolicyDocument, PolicyFinding};
use crate::codes::{BranchCode, CategoryCode, DocumentCode};

/// The codes that rules may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownCodes {
    /// The branches.
    pub branches: BTreeSet<BranchCode>,
    /// The patron categories.
    pub categories: BTreeSet<CategoryCode>,
    /// The document types.
    pub documents: BTreeSet<DocumentCode>,
}

impl PolicyDocument {
    /// A finding for every code that does not exist.
    pub(super) fn unknown_codes(&self, known: &KnownCodes) -> Vec<PolicyFinding> {
        let mut findings = Vec::new();
        let mut look = |kind, named_by: &dyn Display, unknown: Option<String>| {
            findings.extend(unknown.map(|code| PolicyFinding::UnknownCode {
                named_by: named_by.to_string(),
                kind,
                code,
            }));
        };
        for rule in &self.rules {
            look(
                CodeKind::Branch,
                &rule.id,
                missing(&known.branches, rule.branch),
            );
            look(
                CodeKind::Category,
                &rule.id,
                missing(&known.categories, rule.category),
            );
            look(
                CodeKind::Document,
                &rule.id,
                missing(&known.documents, rule.document),
            );
        }
        for limit in &self.limits {
            look(
                CodeKind::Branch,
                &limit.id,
                missing(&known.branches, limit.branch),
            );
            for category in &limit.categories {
                look(
                    CodeKind::Category,
                    &limit.id,
                    missing(&known.categories, Some(*category)),
                );
            }
            for document in &limit.documents {
                look(
                    CodeKind::Document,
                    &limit.id,
                    missing(&known.documents, Some(*document)),
                );
            }
        }
        for group in &self.float_groups {
            for branch in &group.branches {
                let name = format!("float group {}", group.name);
                look(
                    CodeKind::Branch,
                    &name,
                    missing(&known.branches, Some(*branch)),
                );
            }
        }
        for period in &self.branch_periods {
            let name = format!("the branch period from {}", period.from);
            look(
                CodeKind::Branch,
                &name,
                missing(&known.branches, Some(period.branch)),
            );
        }
        findings
    }
}

fn missing<C: Ord + Display>(known: &BTreeSet<C>, code: Option<C>) -> Option<String> {
    code.filter(|code| !known.contains(code))
        .map(|code| code.to_string())
}
