//! A browser, and the script that judges pages inside it. `tests/browser/package-lock.json` names the script's version
//! and its digest, which npm checks; the script is one file and runs in the browser alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{
    Part,
    apt::{Need, runs},
    packages,
};
use crate::cargo::{Workspace, prepare};

const SOURCE: &str = "tests/browser";
const NAMES: [&str; 2] = ["package.json", "package-lock.json"];
const SCRIPT: &str = "node_modules/axe-core/axe.min.js";

/// The browser and its driver must be of one version: they come together.
pub(super) fn missing() -> Option<Need> {
    (!runs("chromium") || !runs("chromedriver")).then_some(Need {
        packages: &["chromium", "chromium-driver"],
        why: "the tests use the staff pages in a browser",
        before: None,
    })
}

pub(super) fn missing_npm() -> Option<Need> {
    (!runs("npm")).then_some(Need {
        packages: &["npm"],
        why: "the script that judges pages comes from npm",
        before: None,
    })
}

/// axe-core, installed at the first call and whenever the lock file changes.
pub(crate) fn axe(workspace: &Workspace) -> Result<PathBuf> {
    let source = workspace.source(SOURCE);
    let folder = workspace.tools().join("browser");
    let script = folder.join(SCRIPT);
    if script.exists() && same(&source, &folder) {
        return Ok(script);
    }
    packages(&[Part::Npm])?;
    eprintln!("Installing {SOURCE}/package.json in {}.", folder.display());
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for name in NAMES {
        let from = source.join(name);
        fs::copy(&from, folder.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    let installed = prepare(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder),
    );
    if installed.is_err() {
        // Half of it must not pass for all of it next time.
        let _ = fs::remove_dir_all(&folder);
    }
    installed?;
    Ok(script)
}

fn same(one: &Path, other: &Path) -> bool {
    NAMES.iter().all(|name| {
        let [one, other] = [one, other].map(|folder| fs::read(folder.join(name)).ok());
        one.is_some() && one == other
    })
}
