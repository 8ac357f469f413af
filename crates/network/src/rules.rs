//! `rules.toml`: the policy.

use std::borrow::Cow;

use circulation::{KnownCodes, Policy, PolicyDocument, Severity};
use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::error::Problem;
use crate::table::Problems;

pub(crate) const FILE: &str = "rules.toml";

pub(crate) fn read(text: &str, known: &KnownCodes, problems: &mut Problems) -> Option<Policy> {
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
    match Policy::new(document) {
        Ok(policy) => {
            for finding in policy.check(known) {
                if finding.severity() == Severity::Error {
                    problems.push(Problem::new(FILE, None, finding.to_string(), ""));
                }
            }
            Some(policy)
        }
        Err(error) => {
            for finding in error.findings {
                problems.push(Problem::new(FILE, None, finding.to_string(), ""));
            }
            None
        }
    }
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
