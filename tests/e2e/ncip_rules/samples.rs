//! Messages of real software, sorted by what xmllint says of them: the checker has to say the same.

use std::path::Path;

use super::{
    check::check,
    files, name,
    xmllint::{Schema, available, validate},
};

/// Templates: the word DATE_TIMESTAMP stands in them for a date. A DTD does not look into dates, we do.
const PLACEHOLDERS: [&str; 2] = ["incipit__ItemReceived.xml", "incipit__ItemRequested.xml"];

#[test]
fn what_is_valid_passes() {
    let Some(folder) = available() else { return };
    let valid2 = files(&folder.join("samples/v2-valid"));
    let valid1 = files(&folder.join("samples/v1-valid"));
    assert!(valid2.len() > 80 && valid1.len() > 10);
    let wrong: Vec<_> = valid2
        .iter()
        .chain(&valid1)
        .filter(|file| !PLACEHOLDERS.contains(&name(file)))
        .filter_map(|file| Some(format!("{}: {}", name(file), judged(file).err()?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for template in PLACEHOLDERS {
        let file = folder.join("samples/v1-valid").join(template);
        let text = std::fs::read_to_string(file).unwrap();
        assert!(check(&text).unwrap_err().contains("is not dateTime"));
        check(&text.replace("DATE_TIMESTAMP", "2026-11-24T10:15:00Z")).unwrap();
    }
    validate(&valid2, Schema::Two).unwrap();
    validate(&valid1, Schema::One).unwrap();
}

#[test]
fn what_is_invalid_does_not() {
    let Some(folder) = available() else { return };
    let (mut passed, mut count) = (Vec::new(), 0);
    for file in ["wild-invalid", "malformed"]
        .iter()
        .flat_map(|kind| files(&folder.join("samples").join(kind)))
    {
        count += 1;
        if judged(&file).is_ok() {
            passed.push(name(&file).to_owned());
        }
    }
    assert!(count > 40);
    // Valid, against the schema of the version message, which the sorting did not look at.
    let version = passed
        .iter()
        .all(|name| name.starts_with("oclc-lookup_version__"));
    assert!(version && passed.len() == 2, "{passed:?}");
    let version: Vec<_> = passed
        .iter()
        .map(|name| folder.join("samples/wild-invalid").join(name))
        .collect();
    validate(&version, Schema::Version).unwrap();
}

fn judged(file: &Path) -> Result<(), String> {
    let bytes = std::fs::read(file).unwrap();
    check(&String::from_utf8(bytes).map_err(|error| error.to_string())?)
}

/// libxml2 is no yes-sayer either.
#[test]
fn the_wrong_schema_is_refused_by_libxml2() {
    let Some(folder) = available() else { return };
    let valid2 = files(&folder.join("samples/v2-valid"));
    let said = validate(&valid2, Schema::Version).unwrap_err();
    assert!(said.contains("No matching global declaration"), "{said}");
    assert!(validate(&valid2, Schema::One).is_err());
}
