//! Every answer, held to the structure of its schema everywhere, and to the schema itself where that is there.

use std::{fs, path::PathBuf};

use crate::ncip_rules::{
    check::check,
    xmllint::{self, Schema},
};

/// One answer, by our own rules.
#[track_caller]
pub(super) fn follows(answer: &str) {
    if let Err(error) = check(answer) {
        panic!("{error}\n{answer}");
    }
}

/// All of them by libxml2, in one look a schema.
#[track_caller]
pub(super) fn validate(answers: &[String]) {
    if answers.is_empty() || xmllint::available().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut by_schema: [Vec<PathBuf>; 3] = Default::default();
    for (number, answer) in answers.iter().enumerate() {
        let kind = if answer.contains("<NCIPVersionMessage") {
            2
        } else {
            usize::from(answer.contains("<!DOCTYPE"))
        };
        let path = folder.path().join(format!("{number:04}.xml"));
        fs::write(&path, answer).unwrap();
        by_schema[kind].push(path);
    }
    let schemas = [Schema::Two, Schema::One, Schema::Version];
    for (files, schema) in by_schema.iter().zip(schemas) {
        if !files.is_empty()
            && let Err(told) = xmllint::validate(files, schema)
        {
            panic!("{told}");
        }
    }
}
