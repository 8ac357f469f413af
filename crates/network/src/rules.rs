//! `rules.toml`: the policy.

use std::borrow::Cow;

use circulation::{KnownCodes, Policy, PolicyDocument, Severity};
use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::error::{NetworkError, Problem};
use crate::table::Problems;

pub(crate) const FILE: &str = "rules.toml";

/// Reads one rules file: a policy that is sound by itself and names only codes that are known.
///
/// # Errors
///
/// Everything that is wrong in it, with its line.
pub fn read_policy(text: &str, known: &KnownCodes) -> Result<Policy, NetworkError> {
    let mut problems = Problems::default();
    match read(text, Some(known), &mut problems) {
        Some(policy) if problems.0.is_empty() => Ok(policy),
        _ => Err(NetworkError::Problems(problems.0)),
    }
}

/// The policy, with the codes that it names checked where these are known.
pub(crate) fn read(
    text: &str,
    known: Option<&KnownCodes>,
    problems: &mut Problems,
) -> Option<Policy> {
    let document = match document(text) {
        Ok(document) => document,
        Err(error) => {
            let line = error.span().map(|span| line_at(text, span.start));
            let what = error.message().trim().replace('\n', "; ");
            let remedy = "see the comments of the file and README.md beside it";
            problems.push(Problem::new(FILE, line, what, remedy));
            return None;
        }
    };
    let (policy, findings) = match Policy::new(document) {
        Ok(policy) => {
            let findings = known.map_or_else(Vec::new, |known| policy.check(known));
            (Some(policy), findings)
        }
        Err(error) => (None, error.findings),
    };
    for finding in findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error)
    {
        let line = finding.about().and_then(|id| line_of(text, id));
        problems.push(Problem::new(FILE, line, finding.to_string(), ""));
    }
    policy
}

fn document(text: &str) -> Result<PolicyDocument, Error> {
    let mut table = DeTable::parse(text)?;
    dates_to_text(table.get_mut());
    PolicyDocument::deserialize(Deserializer::from(table))
}

/// TOML has dates of its own kind; the policy reads them as text, as JSON has them.
fn dates_to_text(table: &mut DeTable<'_>) {
    for (_, value) in table.iter_mut() {
        date_to_text(value.get_mut());
    }
}

fn date_to_text(value: &mut DeValue<'_>) {
    match value {
        DeValue::Datetime(date) => *value = DeValue::String(Cow::Owned(date.to_string())),
        DeValue::Array(array) => {
            for value in array.iter_mut() {
                date_to_text(value.get_mut());
            }
        }
        DeValue::Table(table) => dates_to_text(table),
        _ => {}
    }
}

fn line_at(text: &str, byte: usize) -> u64 {
    let before = text
        .as_bytes()
        .iter()
        .take(byte)
        .filter(|byte| **byte == b'\n')
        .count();
    u64::try_from(before).unwrap_or(u64::MAX - 1) + 1
}

/// The line that gives a rule or limit its id; of two with one id the second, which is the one
/// too many.
fn line_of(text: &str, id: &str) -> Option<u64> {
    let gives_id = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim_start().strip_prefix('"')?;
        (key.trim() == "id" && value.strip_prefix(id)?.starts_with('"')).then_some(())
    };
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| gives_id(line).is_some())
        .last()
        .map(|(number, _)| number)
}
