//! The published schemas themselves, in libxml2's judgement. `check.rs` goes without; this is the second opinion.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a file is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Schema {
    /// `ncip_v2_02.xsd`.
    Two,
    /// `ncip_v1_0.dtd`.
    One,
    /// `ncip_version.xsd`.
    Version,
}

/// The folder `shared/ncip` beside the repository, with schemas and samples; nothing where it is not, and then this says
/// so.
pub(crate) fn available() -> Option<PathBuf> {
    let folder = repository().join("../shared/ncip");
    if folder.join("schema").exists() {
        return Some(folder);
    }
    let _ = writeln!(
        std::io::stderr(),
        "left out: NCIP held to its published schemas: shared/ncip is not here"
    );
    None
}

/// Whether all these files are valid; if not, what libxml2 says. Fails too where there is nothing to judge with: ask
/// [`available`] first, and `cargo xtask test` installs xmllint.
pub(crate) fn validate(files: &[PathBuf], schema: Schema) -> Result<(), String> {
    let folder = available().ok_or("no schemas are here")?.join("schema");
    let (option, name) = match schema {
        Schema::Two => ("--schema", "ncip_v2_02.xsd"),
        Schema::One => ("--dtdvalid", "ncip_v1_0.dtd"),
        Schema::Version => ("--schema", "ncip_version.xsd"),
    };
    let mut wrong = Vec::new();
    // More in one command line than a system takes would be no command.
    for files in files.chunks(1000) {
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", option])
            .arg(folder.join(name))
            .args(files)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("xmllint: {error} (Debian: libxml2-utils)"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().filter(|line| !line.ends_with(" validates"));
            wrong.push(format!("{name}: {}", output.status));
            wrong.extend(said.map(str::to_owned));
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n")),
    }
}

/// The repository, whichever crate's tests ask.
fn repository() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = manifest.ancestors();
    folders
        .find(|folder| folder.join("Cargo.lock").exists())
        .unwrap_or(manifest)
}
