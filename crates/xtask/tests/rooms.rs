//! What every source file keeps to: a file is a room with one purpose, and unsafe code has one home.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// No file is longer.
const MOST_LINES: usize = 800;
/// A longer file needs a reason.
const MANY_LINES: usize = 450;

/// Files past [`MANY_LINES`], each with its reason.
const LONG: &[(&str, &str)] = &[];

/// The one crate that may hold unsafe code: its keeper must set a parent-death signal and change
/// its user.
const UNSAFE: &str = "crates/private-postgres/";

#[test]
fn files_are_rooms() {
    let mut wrong = Vec::new();
    for file in rust_files() {
        let name = name(&file);
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let reason = LONG.iter().find(|(long, _)| *long == name);
        if lines > MOST_LINES {
            wrong.push(format!("{name}: {lines} lines, {MOST_LINES} are the most"));
        } else if lines > MANY_LINES && reason.is_none() {
            wrong.push(format!(
                "{name}: {lines} lines, past {MANY_LINES} and no reason in LONG"
            ));
        } else if lines <= MANY_LINES && reason.is_some() {
            wrong.push(format!("{name}: {lines} lines only, and still in LONG"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn unsafe_code_is_forbidden() {
    let mut wrong: Vec<String> = rust_files()
        .iter()
        .filter(|file| is_crate_root(file))
        .filter(|file| {
            !fs::read_to_string(file)
                .unwrap()
                .contains("#![forbid(unsafe_code)]")
        })
        .map(|file| name(file))
        .collect();
    wrong.retain(|name| !name.starts_with(UNSAFE));
    assert!(
        wrong.is_empty(),
        "no #![forbid(unsafe_code)]: {}",
        wrong.join(", ")
    );
}

/// `src/lib.rs`, `src/main.rs` and `src/bin/*.rs`: what others build on or run.
fn is_crate_root(file: &Path) -> bool {
    let within = |folder: &str| file.parent().is_some_and(|parent| parent.ends_with(folder));
    let named = |name: &str| file.file_name() == Some(OsStr::new(name));
    within("src/bin") || within("src") && (named("lib.rs") || named("main.rs"))
}

/// The path in the repository.
fn name(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().display().to_string()
}

fn rust_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    assert!(files.len() > 50, "only {} Rust files found", files.len());
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // What is built, and what tools keep for themselves.
            if file_name != "target" && !file_name.starts_with('.') {
                collect(&path, files);
            }
        } else if path.extension() == Some(OsStr::new("rs")) {
            files.push(path);
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .canonicalize()
        .unwrap()
}
