//! `cargo xtask test`: everything that must hold, in the order in which a failure is cheapest.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;

use crate::{
    cargo::{Workspace, succeed},
    checked_sql, fuzz, left_out,
    setup::{self, Part},
    steps::Steps,
};

/// A smoke run of the fuzzers finds what a change broke at once; `cargo xtask fuzz` looks longer.
const FUZZ_SECONDS: u32 = 10;

/// Goes on after a failure, so that one run shows all; stops where nothing after could work.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Result<ExitCode> {
    let mut steps = Steps::default();
    let Some(tools) = steps.step("set-up", || set_up(workspace, quick)) else {
        return Ok(steps.close());
    };
    steps.step("format", || format(workspace));
    steps.step("lints", || lints(workspace));
    // All that the next step runs: built alone, the daemon takes other features of what it depends
    // on, and the tests would build all that again.
    let build = || workspace.build("relire", &["--workspace", "--lib", "--bins", "--tests"]);
    let Some(relire) = steps.step("build", build) else {
        return Ok(steps.close());
    };
    let mut heard = Vec::new();
    steps.step("tests", || tests(workspace, &tools, &relire, &mut heard));
    for what in heard {
        steps.leave_out(what);
    }
    if quick {
        steps.leave_out("documentation, checked SQL, fuzz smoke: --quick");
        return Ok(steps.close());
    }
    steps.step("documentation", || documentation(workspace));
    steps.step("checked SQL", || checked_sql::check(workspace));
    steps.step("fuzz smoke", || fuzz::run(workspace, None, FUZZ_SECONDS));
    Ok(steps.close())
}

/// What tests find by its path.
struct Tools {
    python: PathBuf,
    axe: PathBuf,
}

fn set_up(workspace: &Workspace, quick: bool) -> Result<Tools> {
    let mut parts = vec![
        Part::Postgres,
        Part::Python,
        Part::CatalogueClients,
        Part::Browser,
    ];
    if !quick {
        parts.push(Part::Fuzzer);
    }
    setup::packages(&parts)?;
    setup::format_and_lint(workspace)?;
    Ok(Tools {
        python: setup::python(workspace)?,
        axe: setup::axe(workspace)?,
    })
}

fn format(workspace: &Workspace) -> Result<()> {
    // The names of files are enough: `cargo fmt` is the remedy.
    let arguments = ["fmt", "--all", "--check", "--", "-l"];
    succeed(&mut workspace.cargo(&arguments))?;
    let arguments = [
        "fmt",
        "--check",
        "--manifest-path",
        "fuzz/Cargo.toml",
        "--",
        "-l",
    ];
    succeed(&mut workspace.cargo(&arguments))
}

fn lints(workspace: &Workspace) -> Result<()> {
    let arguments = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    succeed(&mut workspace.cargo(&arguments))
}

fn tests(
    workspace: &Workspace,
    tools: &Tools,
    relire: &Path,
    heard: &mut Vec<String>,
) -> Result<()> {
    left_out::listen(
        workspace
            .cargo(&["test", "--workspace", "--no-fail-fast"])
            .env("RELIRE_BIN", relire)
            .env("RELIRE_TEST_PYTHON", &tools.python)
            .env("RELIRE_TEST_AXE", &tools.axe)
            .env("SQLX_OFFLINE", "true"),
        heard,
    )
}

fn documentation(workspace: &Workspace) -> Result<()> {
    succeed(
        workspace
            .cargo(&["doc", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}
