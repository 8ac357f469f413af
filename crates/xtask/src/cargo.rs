//! Cargo, asked and run.

use std::{
    env,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Where the sources are and where builds go (`CARGO_TARGET_DIR` and `build.target-dir` included).
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The workspace that the current folder is in.
    pub(crate) fn find() -> Result<Self> {
        let arguments = ["metadata", "--no-deps", "--format-version", "1"];
        let output = cargo()
            .args(arguments)
            .stderr(Stdio::inherit())
            .output()
            .context("cannot run cargo")?;
        if !output.status.success() {
            bail!("cargo metadata failed");
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let path = |name: &str| {
            metadata
                .get(name)
                .and_then(Value::as_str)
                .map(PathBuf::from)
                .with_context(|| format!("cargo metadata names no {name}"))
        };
        Ok(Self {
            root: path("workspace_root")?,
            target: path("target_directory")?,
        })
    }

    /// A path in the sources.
    pub(crate) fn source(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A path among what is built.
    pub(crate) fn built(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// The folder for tools that commands here install: nothing of the person's own is touched.
    pub(crate) fn tools(&self) -> PathBuf {
        self.built("test-tools")
    }

    /// Cargo at the root of the sources.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command.current_dir(&self.root).args(arguments);
        command
    }

    /// Builds and returns the executable of that name.
    pub(crate) fn build(&self, name: &str, arguments: &[&str]) -> Result<PathBuf> {
        let output = self
            .cargo(&["build", "--message-format=json-render-diagnostics"])
            .args(arguments)
            .stderr(Stdio::inherit())
            .output()
            .context("cannot run cargo")?;
        if !output.status.success() {
            bail!("cargo build {} failed", arguments.join(" "));
        }
        executable(name, &output.stdout)
            .with_context(|| format!("cargo built no executable {name}"))
    }
}

/// Cargo without what the cargo that runs us has told us about ourselves: build scripts that watch
/// such variables would run again at each change between here and the person's own cargo.
fn cargo() -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let of_ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];
        if of_ours
            .iter()
            .any(|prefix| name.as_encoded_bytes().starts_with(prefix.as_bytes()))
        {
            command.env_remove(name);
        }
    }
    command
}

/// Reads cargo's build messages, one JSON value a line.
fn executable(name: &str, messages: &[u8]) -> Option<PathBuf> {
    messages
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter(|message| {
            let says = |place, what| message.pointer(place).and_then(Value::as_str) == Some(what);
            // A program's own unit tests come under its name too.
            says("/target/name", name)
                && says("/target/kind/0", "bin")
                && message.pointer("/profile/test") == Some(&Value::Bool(false))
        })
        .find_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
}

/// Runs a command to its end; a failure names what was run.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot run {shown}"))?;
    if !status.success() {
        bail!("{shown}: {status}");
    }
    Ok(())
}

/// The same, for what only prepares: its standard output goes to standard error.
pub(crate) fn prepare(command: &mut Command) -> Result<()> {
    eprintln!("  $ {}", shown(command));
    succeed(command.stdout(Stdio::from(io::stderr())))
}

/// As a person would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![
        program
            .file_name()
            .unwrap_or(program.as_os_str())
            .to_string_lossy(),
    ];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_found_among_the_messages() {
        let messages = br#"
{"target":{"name":"relire","kind":["lib"]},"profile":{"test":false},"executable":null}
{"target":{"name":"other","kind":["bin"]},"profile":{"test":false},"executable":"/t/other"}
{"target":{"name":"relire","kind":["bin"]},"profile":{"test":true},"executable":"/t/deps/relire-1"}
{"target":{"name":"relire","kind":["bin"]},"profile":{"test":false},"executable":"/t/relire"}
{"reason":"build-finished","success":true}
"#;
        assert_eq!(executable("relire", messages), Some("/t/relire".into()));
        assert_eq!(executable("absent", messages), None);
    }

    #[test]
    fn a_failure_names_what_was_run() {
        let error = succeed(Command::new("/bin/false").arg("--really")).unwrap_err();
        assert_eq!(error.to_string(), "false --really: exit status: 1");
    }
}
