//! What is wrong or strange in rules, and how they differ from those in force.

use std::sync::Arc;

use circulation::{Policy, PolicyChange, PolicyDocument, PolicyFinding, Rulebook, Severity};
use jiff::civil::Date;

use crate::{Desk, DeskError};

/// How many findings are told at most.
const FINDINGS: usize = 200;

/// What a check of rules has found.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyCheck {
    /// What keeps the rules from being used, then what is probably not meant, then what is worth knowing; at most 200.
    pub findings: Vec<PolicyFinding>,
    /// What is other than in the version in force on the day; nothing where none is.
    pub changes: Vec<PolicyChange>,
    /// The version that the changes are told against.
    pub against: Option<i32>,
}

impl PolicyCheck {
    /// Whether the rules can be used.
    pub fn is_sound(&self) -> bool {
        self.of(Severity::Error).next().is_none()
    }

    /// What was found of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &PolicyFinding> {
        self.findings
            .iter()
            .filter(move |finding| finding.severity() == severity)
    }
}

impl Desk {
    /// Checks rules, and compares them with the version in force on a day. Nothing is asked of the database.
    pub async fn check_policy(
        self: &Arc<Self>,
        document: PolicyDocument,
        against: Date,
    ) -> Result<PolicyCheck, DeskError> {
        let book = self.rulebook();
        // Every case is walked through: long enough to be done beside the answers of others.
        let checked = tokio::task::spawn_blocking(move || check(document, &book, against));
        checked
            .await
            .map_err(|error| DeskError::Internal(error.to_string()))
    }
}

pub(super) fn check(document: PolicyDocument, book: &Rulebook, against: Date) -> PolicyCheck {
    let before = book.policy_on(against);
    let changes = before
        .map(|before| document.changes_since(before))
        .unwrap_or_default();
    let mut findings = match Policy::new(document) {
        Ok(policy) => policy.check(&book.known_codes()),
        Err(error) => error.findings,
    };
    findings.truncate(FINDINGS);
    PolicyCheck {
        findings,
        changes,
        against: before.map(|policy| policy.version),
    }
}
