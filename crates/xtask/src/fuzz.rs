//! `cargo xtask fuzz`: inputs that nobody thought of, found by libFuzzer.
//!
//! Seeds are the protocol fixtures, so that a run starts from real messages; a target is named
//! `PROTOCOL_…` after the folder that it learns from. What a run finds interesting is kept among
//! what is built; what makes it fail goes to `fuzz/artifacts`, and from there into a fixture.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    cargo::{Workspace, succeed},
    setup,
};

/// Fuzzes one target or all, each for that long.
pub(crate) fn run(workspace: &Workspace, target: Option<&str>, seconds: u32) -> Result<()> {
    let all = targets(&workspace.source("fuzz/fuzz_targets"))?;
    let chosen = match target {
        None => all,
        Some(name) if all.iter().any(|known| known == name) => vec![name.to_owned()],
        Some(name) => bail!("no fuzz target {name}; there are {}", all.join(", ")),
    };
    let cargo_fuzz = setup::cargo_fuzz(workspace)?;
    for name in chosen {
        eprintln!("\nFuzzing {name} for {seconds} s.");
        fuzz(workspace, &cargo_fuzz, &name, seconds)?;
    }
    Ok(())
}

fn fuzz(workspace: &Workspace, cargo_fuzz: &Path, target: &str, seconds: u32) -> Result<()> {
    let found = workspace.built("fuzz-corpus").join(target);
    fs::create_dir_all(&found)?;
    let mut command = Command::new(cargo_fuzz);
    command
        // Sanitizers are switched on by flags that a stable compiler takes only when told so.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(workspace.source(""))
        .args(["fuzz", "run", target, "--target-dir"])
        .arg(workspace.built("fuzz"))
        .arg(found)
        .args(seeds(workspace, target))
        .args(["--", "-verbosity=0", "-print_final_stats=1"])
        .arg(format!("-max_total_time={seconds}"));
    let dictionary = workspace.source(&format!("fuzz/dictionaries/{}.dict", protocol(target)));
    if dictionary.exists() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    succeed(&mut command).with_context(|| format!("fuzz target {target} failed"))
}

/// Folders of inputs that libFuzzer reads and leaves as they are.
fn seeds(workspace: &Workspace, target: &str) -> Vec<PathBuf> {
    let folders = [
        format!("protocol-fixtures/{}", protocol(target)),
        format!("fuzz/corpus/{target}"),
    ];
    let mut seeds: Vec<PathBuf> = folders.iter().map(|name| workspace.source(name)).collect();
    seeds.retain(|folder| folder.is_dir());
    seeds
}

fn protocol(target: &str) -> &str {
    target.split('_').next().unwrap_or(target)
}

fn targets(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned()),
            );
        }
    }
    names.sort();
    if names.is_empty() {
        bail!("no fuzz target in {}", folder.display());
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_the_rust_files_of_their_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(targets(folder.path()).is_err());
        for name in ["sip2_message.rs", "ncip_message.rs", "README.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let names = targets(folder.path()).unwrap();
        assert_eq!(names, ["ncip_message", "sip2_message"]);
        assert_eq!(protocol(&names[1]), "sip2");
    }
}
