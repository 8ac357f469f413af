//! Debian's packages.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use rustix::process::geteuid;

use crate::cargo::prepare;

/// Packages that are missing.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) packages: &'static [&'static str],
    /// For people.
    pub(super) why: &'static str,
    /// A shell command that must come before the installation.
    pub(super) before: Option<String>,
}

/// Installs as root; without root says the one line to run.
pub(super) fn install(needs: &[Need]) -> Result<()> {
    if needs.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = needs
        .iter()
        .flat_map(|need| need.packages)
        .copied()
        .collect();
    let names = packages.join(" ");
    let why: Vec<&str> = needs.iter().map(|need| need.why).collect();
    let why = why.join("; ");
    if !runs("apt-get") {
        bail!("{why}. Install what Debian calls {names}, then run this command again");
    }
    let before = needs.iter().filter_map(|need| need.before.as_deref());
    if !geteuid().is_root() {
        bail!(
            "{why}. Run this line, then this command again:\n\n  {}\n",
            line(before, &names)
        );
    }
    eprintln!("Installing {names}: {why}.");
    for command in before {
        prepare(Command::new("sh").args(["-c", command]))?;
    }
    if !known(&packages)? {
        update();
    }
    if install_as_root(&packages).is_err() {
        // The list may be older than what the mirror still holds.
        update();
        install_as_root(&packages)?;
    }
    Ok(())
}

/// What somebody with more rights types.
fn line<'a>(before: impl Iterator<Item = &'a str>, names: &str) -> String {
    let install = format!("apt-get install -y --no-install-recommends {names}");
    let mut commands: Vec<&str> = before.collect();
    commands.extend(["apt-get update", &install]);
    format!("sudo sh -c '{}'", commands.join(" && "))
}

/// Whether the machine has a program of that name.
pub(super) fn runs(program: &str) -> bool {
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

/// One source that does not answer fails the whole update, and may not be the one that matters:
/// what is missing, the installation says.
fn update() {
    if let Err(error) = prepare(&mut apt_get(&["update"])) {
        eprintln!("{error}");
    }
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
    fn one_line_does_everything() {
        assert_eq!(
            line(["first", "second"].into_iter(), "one two"),
            "sudo sh -c 'first && second && apt-get update && \
             apt-get install -y --no-install-recommends one two'"
        );
    }

    #[test]
    fn a_program_is_there_or_not() {
        assert!(runs("cargo"));
        assert!(!runs("no-program-of-that-name"));
    }
}
