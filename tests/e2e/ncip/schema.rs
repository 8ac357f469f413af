//! The published schemas, where they are there: xmllint says whether answers hold to them.

use std::{fs, path::PathBuf, process::Command};

/// A file of the shared folder; `None`, and said so, where that is not there.
pub(super) fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(path);
    if !found.exists() {
        eprintln!("left out: {path} is not in ../shared");
        return None;
    }
    Some(found)
}

/// Holds all of them to the schema of their version, in one look each.
#[track_caller]
pub(super) fn validate(answers: &[String]) {
    let Some(schemas) = shared("ncip/schema") else {
        return;
    };
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
    let arguments = [
        ("--schema", "ncip_v2_02.xsd"),
        ("--dtdvalid", "ncip_v1_0.dtd"),
        ("--schema", "ncip_version.xsd"),
    ];
    for (files, (how, schema)) in by_schema.iter().zip(arguments) {
        if files.is_empty() {
            continue;
        }
        // What the document type names is not fetched; the file here stands in for it.
        let judged = Command::new("xmllint")
            .args(["--noout", "--nonet", how])
            .arg(schemas.join(schema))
            .args(files)
            .output()
            .expect("xmllint, which the test command installs");
        let told = String::from_utf8_lossy(&judged.stderr);
        let faults: Vec<&str> = told
            .lines()
            .filter(|line| !line.ends_with("validates"))
            .collect();
        assert!(judged.status.success(), "{schema}: {}", faults.join("\n"));
    }
}
