//! The parts of Rust that a minimal installation leaves out.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::cargo::{Workspace, prepare};

/// `cargo fmt` and `cargo clippy`, from rustup where they are missing.
pub(crate) fn format_and_lint(workspace: &Workspace) -> Result<()> {
    let there = |name| {
        workspace
            .cargo(&[name, "--version"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !there(command) {
            eprintln!("Installing Rust's {component}.");
            prepare(Command::new("rustup").args(["component", "add", component]))
                .with_context(|| format!("Rust's {component} is needed and not installed"))?;
        }
    }
    Ok(())
}
