//! `cargo xtask demo`: from a fresh machine to a network that answers.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{
    cargo::Workspace,
    setup::{Part, packages},
};

/// Becomes the daemon, so that signals reach it and its exit code is ours. Returns only on failure.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    packages(&[Part::Postgres])?;
    let relire = workspace.build("relire", &["--release", "-p", "relire"])?;
    let error = Command::new(&relire).arg("demo").args(arguments).exec();
    Err(error).with_context(|| format!("cannot run {}", relire.display()))
}
