//! `cargo xtask bench`: hands over to the bench crate, built for speed.

use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{
    cargo::Workspace,
    setup::{Part, packages},
};

/// What can be measured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum What {
    /// Every command of the circulation core, alone: round trips, commits, flushes, time
    Core,
    /// The kiosk door, from the first byte of a request to the last of its answer
    Sip2,
    /// The same loans and returns by SIP2 and by NCIP
    Ncip,
    /// Five thousand silent terminals in TLS: their memory, and what the others feel of them
    Idle,
    /// Which records are one document: found against the truth of generated catalogues
    Union,
    /// Searching over Z39.50 and SRU, beside Zebra with the same records
    Search,
    /// Every staff page and every read of the API, on 500,000 items
    Staff,
}

/// Becomes the bench. Returns only on failure.
pub(crate) fn run(workspace: &Workspace, what: What, arguments: &[String]) -> Result<()> {
    if let What::Union = what {
        return union(workspace, arguments);
    }
    let parts: &[Part] = match what {
        What::Search => &[Part::Postgres, Part::Zebra],
        _ => &[Part::Postgres],
    };
    packages(parts)?;
    let what = match what {
        What::Core => "core",
        What::Sip2 => "sip2",
        What::Ncip => "ncip",
        What::Idle => "idle",
        What::Union => "union",
        What::Search => "search",
        What::Staff => "staff",
    };
    let error = workspace
        .cargo(&["run", "--release", "-p", "relire-bench", "--", what])
        .args(arguments)
        .exec();
    Err(error).context("cannot run cargo")
}

/// Needs no database: an example of the crate that it measures.
fn union(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let error = workspace
        .cargo(&[
            "run",
            "--release",
            "-p",
            "relire-union",
            "--example",
            "evaluate",
            "--",
        ])
        .args(arguments)
        .exec();
    Err(error).context("cannot run cargo")
}
