//! Two SIP2 programs that others wrote, in Python: a client that borrows and returns, and a strict
//! reader of what the server answers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::apt;
use crate::cargo::{Workspace, prepare};

const REQUIREMENTS: [&str; 2] = ["Sip2==1.1", "pysip2==0.1.0"];

/// The Python that has them, in an environment of its own, made at the first call.
pub(crate) fn python(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.tools().join("python");
    let python = folder.join("bin/python");
    let wanted = REQUIREMENTS.join("\n");
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|is| is == wanted) && works(&python) {
        return Ok(python);
    }
    if !makes_environments("python3") {
        let why = "the tests run other people's SIP2 programs, which need Python with venv";
        apt::install(&["python3", "python3-venv"], why, "")?;
    }
    let maker = if makes_environments("python3") {
        "python3"
    } else {
        // A Python before Debian's in PATH may lack what was just installed.
        "/usr/bin/python3"
    };
    eprintln!(
        "Installing {} in {}.",
        REQUIREMENTS.join(", "),
        folder.display()
    );
    prepare(
        Command::new(maker)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    prepare(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-input"])
            .args(REQUIREMENTS),
    )?;
    fs::write(&installed, wanted)
        .with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(python)
}

fn makes_environments(python: &str) -> bool {
    quietly(Command::new(python).args(["-c", "import ensurepip, venv"]))
}

/// An environment outlives the Python that it was made from.
fn works(python: &Path) -> bool {
    quietly(Command::new(python).args(["-c", "import Sip2, pysip2"]))
}

fn quietly(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
