//! Where the repository is, whichever crate's tests ask.

use std::path::{Path, PathBuf};

pub(super) fn repository() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").exists());
    root.unwrap_or(manifest).to_owned()
}
