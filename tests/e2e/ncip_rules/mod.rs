//! NCIP's structure: the checker of answers, held to real messages and to libxml2; and the documents of
//! `protocol-fixtures/ncip`, held to the checker.

use std::path::{Path, PathBuf};

use crate::element;

#[path = "../../ncip/check.rs"]
pub(crate) mod check;
mod faults;
mod fixtures;
#[path = "../../ncip/hostile.rs"]
pub(crate) mod hostile;
mod mutated;
mod samples;
#[path = "../../ncip/xmllint.rs"]
pub(crate) mod xmllint;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(file: &Path) -> &str {
    file.file_name().unwrap().to_str().unwrap()
}
