//! `cargo xtask soak`: the daemon as it is shipped, and the day that it has to live through.

use std::{os::unix::process::CommandExt, process::Command};

use anyhow::{Context, Result};

use crate::{
    cargo::Workspace,
    setup::{Part, packages},
};

/// Becomes the soak. Returns only on failure.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    packages(&[Part::Postgres])?;
    let built = [
        "--release",
        "-p",
        "relire",
        // Its program holds the Postgres that is to be killed.
        "-p",
        "relire-private-postgres",
    ];
    let relire = workspace.build("relire", &built)?;
    let soak = workspace.build("relire-soak", &["--release", "-p", "relire-soak"])?;
    let error = Command::new(&soak)
        .args(arguments)
        .env("RELIRE_BIN", relire)
        .exec();
    Err(error).with_context(|| format!("cannot run {}", soak.display()))
}
