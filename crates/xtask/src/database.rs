//! A throw-away database with the schema of the day, for checking queries.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};
use private_postgres::{Lease, Options, open, wait_until_stopped};
use tempfile::TempDir;

use crate::{
    cargo::{Workspace, succeed},
    setup::{Part, packages},
};

const NAME: &str = "checked_sql";

/// Gone with the value.
#[derive(Debug)]
pub(crate) struct Database {
    lease: Option<Lease>,
    folder: TempDir,
}

impl Database {
    /// Starts a private Postgres and applies the store's migrations in order.
    pub(crate) fn migrated(workspace: &Workspace) -> Result<Self> {
        packages(&[Part::Postgres])?;
        // Not among the sources or what is built: root's server runs as another user, who may not
        // be let through there.
        let folder = tempfile::Builder::new().prefix("relire-").tempdir()?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let lease = open(folder.path(), &Options::throw_away())?;
        let database = Self {
            lease: Some(lease),
            folder,
        };
        database.psql(
            "postgres",
            &["--command", &format!("CREATE DATABASE {NAME}")],
        )?;
        for migration in migrations(&workspace.source("crates/store/migrations"))? {
            let file = migration.to_string_lossy();
            database
                .psql(NAME, &["--single-transaction", "--file", &file])
                .with_context(|| format!("cannot apply {file}"))?;
        }
        Ok(database)
    }

    /// As `DATABASE_URL` wants it.
    pub(crate) fn url(&self) -> String {
        self.lease().url(NAME)
    }

    fn lease(&self) -> &Lease {
        self.lease.as_ref().expect("taken by drop only")
    }

    fn psql(&self, database: &str, arguments: &[&str]) -> Result<()> {
        succeed(
            Command::new(self.lease().bin_dir().join("psql"))
                .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
                .args(arguments)
                .arg(self.lease().url(database)),
        )
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.lease.take();
        // A server that still writes would leave a folder behind.
        if let Err(error) = wait_until_stopped(self.folder.path(), Duration::from_secs(60)) {
            eprintln!("{error}");
        }
    }
}

/// The files of a folder of migrations, in the order of their numbers.
fn migrations(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
