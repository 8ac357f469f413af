//! cargo-fuzz, which runs libFuzzer.

use std::path::PathBuf;

use anyhow::Result;

use super::{
    Part,
    apt::{self, Need},
    packages,
};
use crate::cargo::{Workspace, prepare};

const VERSION: &str = "0.13.2";

pub(super) fn missing() -> Option<Need> {
    (!apt::runs("c++")).then_some(Need {
        packages: &["g++"],
        why: "libFuzzer is built from C++",
        before: None,
    })
}

/// The machine's own cargo-fuzz, or one that is built at the first call (some forty seconds).
pub(crate) fn cargo_fuzz(workspace: &Workspace) -> Result<PathBuf> {
    packages(&[Part::Fuzzer])?;
    if apt::runs("cargo-fuzz") {
        return Ok(PathBuf::from("cargo-fuzz"));
    }
    let folder = workspace.tools().join(format!("cargo-fuzz-{VERSION}"));
    let program = folder.join("bin/cargo-fuzz");
    if !program.exists() {
        eprintln!("Installing cargo-fuzz {VERSION} in {}.", folder.display());
        let arguments = ["install", "cargo-fuzz", "--locked", "--quiet"];
        prepare(
            workspace
                .cargo(&arguments)
                .args(["--version", VERSION, "--root"])
                .arg(&folder)
                .arg("--target-dir")
                .arg(workspace.tools().join("build")),
        )?;
    }
    Ok(program)
}
