//! Debian's packages.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use rustix::process::geteuid;

use crate::cargo::prepare;

/// Installs packages as root; without root says the one line to run, which `before` opens (a shell
/// command that ends in `&&`, or nothing).
pub(crate) fn install(packages: &[&str], why: &str, before: &str) -> Result<()> {
    let names = packages.join(" ");
    if !runs("apt-get") {
        bail!("{why}: install what Debian calls {names}, then run this command again");
    }
    if !geteuid().is_root() {
        bail!(
            "{why}; run this line, then this command again:\n\n  \
             sudo sh -c '{before}apt-get update && apt-get install -y --no-install-recommends {names}'\n"
        );
    }
    eprintln!("Installing {names}: {why}.");
    if !known(packages)? {
        update()?;
    }
    if install_as_root(packages).is_err() {
        // The list may be older than what the mirror still holds.
        update()?;
        install_as_root(packages)?;
    }
    Ok(())
}

/// Whether the machine has a program of that name.
pub(crate) fn runs(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn known(packages: &[&str]) -> Result<bool> {
    let output = Command::new("apt-cache")
        .env("LC_ALL", "C")
        .arg("policy")
        .args(packages)
        .output()
        .context("cannot run apt-cache")?;
    Ok(candidates(&String::from_utf8_lossy(&output.stdout)) == packages.len())
}

/// How many packages of `apt-cache policy`'s answer can be installed.
fn candidates(policy: &str) -> usize {
    policy
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Candidate: "))
        .filter(|version| *version != "(none)")
        .count()
}

fn update() -> Result<()> {
    prepare(&mut apt_get(&["update"]))
}

fn install_as_root(packages: &[&str]) -> Result<()> {
    let mut command = apt_get(&["install", "-y", "--no-install-recommends"]);
    prepare(command.args(packages))
}

/// Asks nothing and waits for whoever else is installing.
fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-q", "-o", "DPkg::Lock::Timeout=300"])
        .args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_when_it_has_a_candidate() {
        let policy = "postgresql:\n  Installed: (none)\n  Candidate: 15+248+deb12u1\n\
                      nowhere:\n  Installed: (none)\n  Candidate: (none)\n";
        assert_eq!(candidates(policy), 1);
        assert_eq!(candidates(""), 0);
    }

    #[test]
    fn a_program_is_there_or_not() {
        assert!(runs("cargo"));
        assert!(!runs("no-program-of-that-name"));
    }
}
