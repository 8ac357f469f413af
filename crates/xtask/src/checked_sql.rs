//! The committed query data (`crates/store/.sqlx`), from which the store is built without a
//! database: made anew, and compared.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result, bail};

use crate::{
    cargo::{Workspace, succeed},
    database::Database,
};

type Files = BTreeMap<OsString, Vec<u8>>;

/// Writes the data anew. They are replaced only once every query has been checked.
pub(crate) fn prepare(workspace: &Workspace) -> Result<()> {
    let made = make(workspace, &["--package", "relire-store"])?;
    let folder = committed(workspace);
    let before = read(&folder)?;
    fs::create_dir_all(&folder)?;
    for name in before.keys().filter(|name| !made.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, content) in &made {
        fs::write(folder.join(name), content)?;
    }
    eprintln!(
        "{}: {} queries; commit the folder.",
        folder.display(),
        made.len()
    );
    Ok(())
}

/// Fails when the committed data are not what the queries and the schema give today.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    // As the other steps build it: alone, the store would take other features of what it depends
    // on, and all that would be built for it.
    let made = make(workspace, &["--workspace"])?;
    let differences = differences(&read(&committed(workspace))?, &made);
    if differences.is_empty() {
        return Ok(());
    }
    bail!(
        "crates/store/.sqlx is not what the queries give: run `cargo xtask sqlx-prepare` and \
         commit the folder\n  {}",
        differences.join("\n  ")
    );
}

fn committed(workspace: &Workspace) -> PathBuf {
    workspace.source("crates/store/.sqlx")
}

/// Checks every query of the store against a database of its own.
fn make(workspace: &Workspace, packages: &[&str]) -> Result<Files> {
    let database = Database::migrated(workspace)?;
    let folder = workspace.built("checked-sql");
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(&folder)?,
    }
    // Cargo does not see that the macros would now answer otherwise.
    touch(&workspace.source("crates/store/src"))?;
    touch(&workspace.source("crates/store/tests"))?;
    succeed(
        workspace
            .cargo(&["check", "--all-targets"])
            .args(packages)
            .env("SQLX_OFFLINE", "false")
            .env("SQLX_OFFLINE_DIR", &folder)
            .env("DATABASE_URL", database.url()),
    )?;
    read(&folder)
}

fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            files.insert(entry.file_name(), fs::read(entry.path())?);
        }
    }
    Ok(files)
}

fn differences(committed: &Files, made: &Files) -> Vec<String> {
    let mut found = Vec::new();
    for (name, content) in made {
        match committed.get(name) {
            None => found.push(format!("missing: {}", name.display())),
            Some(other) if other != content => {
                found.push(format!("different: {}", name.display()));
            }
            Some(_) => {}
        }
    }
    for name in committed.keys().filter(|name| !made.contains_key(*name)) {
        found.push(format!("of no query any more: {}", name.display()));
    }
    found
}

/// Gives every Rust file under a folder the time of now.
fn touch(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            touch(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            fs::File::options()
                .append(true)
                .open(&path)
                .and_then(|file| file.set_modified(SystemTime::now()))
                .with_context(|| format!("cannot touch {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let files = |names: &[(&str, &str)]| -> Files {
            names
                .iter()
                .map(|(name, content)| (OsString::from(name), content.as_bytes().to_vec()))
                .collect()
        };
        let committed = files(&[("same", "1"), ("other", "1"), ("old", "1")]);
        let made = files(&[("same", "1"), ("other", "2"), ("new", "1")]);
        assert_eq!(
            differences(&committed, &made),
            [
                "missing: new",
                "different: other",
                "of no query any more: old"
            ]
        );
        assert!(differences(&made, &made).is_empty());
    }
}
