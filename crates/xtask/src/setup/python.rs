//! Programs that others wrote, in Python, for SIP2, SRU and OAI-PMH: what the daemon is driven by
//! and judged by from outside. `tests/clients/requirements.txt` names them and their versions.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::{Part, apt::Need, packages};
use crate::cargo::{Workspace, prepare};

const REQUIREMENTS: &str = "tests/clients/requirements.txt";

/// The Python that has them, in an environment of its own, made at the first call and whenever the
/// requirements change.
pub(crate) fn python(workspace: &Workspace) -> Result<PathBuf> {
    let requirements = workspace.source(REQUIREMENTS);
    let wanted = fs::read_to_string(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = workspace.tools().join("python");
    let python = folder.join("bin/python");
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|is| is == wanted) && works(&python) {
        return Ok(python);
    }
    packages(&[Part::Python])?;
    let maker = maker().context("Python is installed and cannot make environments")?;
    eprintln!("Installing {REQUIREMENTS} in {}.", folder.display());
    prepare(
        Command::new(maker)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    prepare(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-input"])
            .arg("--requirement")
            .arg(&requirements),
    )?;
    fs::write(&installed, wanted)
        .with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(python)
}

pub(super) fn missing() -> Option<Need> {
    maker().is_none().then_some(Need {
        packages: &["python3", "python3-venv"],
        why: "the tests run other people's programs, which need Python with venv",
        before: None,
    })
}

/// A Python that makes environments. Another one may come before Debian's in the path and lack what
/// the package brings.
fn maker() -> Option<&'static str> {
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .find(|python| runs(python, "import ensurepip, venv"))
}

/// An environment outlives the Python that it was made from.
fn works(python: &Path) -> bool {
    runs(python, "import pip")
}

fn runs(python: impl AsRef<Path>, program: &str) -> bool {
    Command::new(python.as_ref())
        .args(["-c", program])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
