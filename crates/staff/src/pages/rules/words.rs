//! Names and days of rules, as pages have them.

use circulation::{
    BranchCode, CategoryCode, DocumentCode, Parameter, PolicyDocument, PolicyFinding, Role, Rule,
    Rulebook, Severity,
};
use jiff::{Timestamp, Zoned};

use crate::tongue::Tongue;

/// A code and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

pub(super) fn branches(book: &Rulebook, chosen: Option<BranchCode>) -> Vec<Choice> {
    let all = book.branches.values();
    all.map(|branch| Choice {
        code: branch.code.to_string(),
        label: format!("{} ({})", branch.name, branch.code),
        chosen: Some(branch.code) == chosen,
    })
    .collect()
}

pub(super) fn categories(book: &Rulebook, chosen: &[CategoryCode]) -> Vec<Choice> {
    let all = book.categories.values();
    all.map(|category| Choice {
        code: category.code.to_string(),
        label: category.label.clone(),
        chosen: chosen.contains(&category.code),
    })
    .collect()
}

pub(super) fn documents(book: &Rulebook, chosen: &[DocumentCode]) -> Vec<Choice> {
    let all = book.documents.values();
    all.map(|kind| Choice {
        code: kind.code.to_string(),
        label: kind.label.clone(),
        chosen: chosen.contains(&kind.code),
    })
    .collect()
}

pub(super) fn branch_name(book: &Rulebook, code: BranchCode) -> String {
    let branch = book.branches.get(&code);
    branch.map_or_else(|| code.to_string(), |branch| branch.name.clone())
}

/// A label up to its first bracket.
pub(super) fn short(label: &str) -> &str {
    match label.split_once(" (") {
        Some((short, _)) if !short.is_empty() => short,
        _ => label,
    }
}

/// The day of a moment, as it is written.
pub(super) fn day_of(t: Tongue, moment: Timestamp, at: &Zoned) -> String {
    t.day(&moment.to_zoned(at.time_zone().clone()).date())
}

/// What a rule names, in words: why it is stronger or weaker than another. Nothing for the general rule.
pub(super) fn named(t: Tongue, rule: &Rule) -> String {
    let parts: Vec<_> = [
        (
            rule.branch.is_some(),
            t.say("la bibliothèque", "the branch"),
        ),
        (rule.category.is_some(), t.say("le lecteur", "the reader")),
        (
            rule.document.is_some(),
            t.say("le document", "the document"),
        ),
    ]
    .into_iter()
    .filter_map(|(names, word)| names.then_some(word))
    .collect();
    match parts.as_slice() {
        [] => String::new(),
        [first @ .., last] if !first.is_empty() => format!(
            "{} {} {} {last}",
            t.say("nomme", "names"),
            first.join(", "),
            t.say("et", "and")
        ),
        _ => format!("{} {}", t.say("nomme", "names"), parts.join("")),
    }
}

/// Whose branch counts for a parameter.
pub(super) fn role(t: Tongue, role: Role) -> &'static str {
    match role {
        Role::Checkout => t.say("selon la bibliothèque du prêt", "by the branch of the loan"),
        Role::Owner => t.say(
            "selon la bibliothèque qui possède le document",
            "by the branch that owns the document",
        ),
        Role::Pickup => t.say("selon la bibliothèque de retrait", "by the pickup branch"),
    }
}

/// What a rule sets, in a line: each thing and its value.
pub(super) fn settings(t: Tongue, rule: &Rule) -> Vec<(&'static str, String)> {
    Parameter::ALL
        .into_iter()
        .filter_map(|parameter| {
            let value = rule.set.get(parameter)?;
            Some((parameter.label(t.0), parameter.said(&value, t.0)))
        })
        .collect()
}

/// A finding, and where what it is about is changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) text: String,
    /// `rule` or `limit` and its id.
    pub(super) about: Option<(&'static str, String)>,
}

/// The findings of one severity.
pub(super) fn remarks(
    t: Tongue,
    findings: &[PolicyFinding],
    severity: Severity,
    document: &PolicyDocument,
    book: &Rulebook,
) -> Vec<Remark> {
    let about = |finding: &PolicyFinding| {
        let id = finding.about()?;
        let is_rule = document.rules.iter().any(|rule| rule.id == *id);
        let is_limit = document.limits.iter().any(|limit| limit.id == *id);
        match (is_rule, is_limit) {
            (true, _) => Some(("rule", id.to_owned())),
            (_, true) => Some(("limit", id.to_owned())),
            _ => None,
        }
    };
    findings
        .iter()
        .filter(|finding| finding.severity() == severity)
        .map(|finding| Remark {
            text: finding.sentence(t.0, document, book),
            about: about(finding),
        })
        .collect()
}
