//! PostgreSQL's server programs, for the private cluster.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use private_postgres::{Error, find_binaries};
use rustix::process::geteuid;

use super::apt;

/// Debian starts a cluster on port 5432 with the package, unless this says otherwise.
const CLUSTER_SETTINGS: &str = "/etc/postgresql-common/createcluster.conf";
const NO_CLUSTER: &str = "create_main_cluster = false";

/// Finds the server programs, contrib modules included (in Debian they come in the same package),
/// or installs them.
pub(crate) fn postgres() -> Result<()> {
    match find_binaries() {
        Ok(_) => return Ok(()),
        Err(Error::NoBinaries) => {}
        Err(other) => return Err(other.into()),
    }
    if geteuid().is_root() {
        want_no_cluster(Path::new(CLUSTER_SETTINGS))?;
    }
    let want_no_cluster = format!(
        "mkdir -p /etc/postgresql-common && \
         {{ test -e {CLUSTER_SETTINGS} || echo {NO_CLUSTER:?} > {CLUSTER_SETTINGS}; }} && "
    );
    let why = "the daemon keeps its data in PostgreSQL, which is not installed";
    apt::install(&["postgresql"], why, &want_no_cluster)?;
    find_binaries()?;
    Ok(())
}

/// An administrator's own file stays as it is.
fn want_no_cluster(settings: &Path) -> Result<()> {
    if settings.exists() {
        return Ok(());
    }
    eprintln!(
        "Writing {}, so that no server of Debian's own starts.",
        settings.display()
    );
    settings
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(settings, format!("{NO_CLUSTER}\n")))
        .with_context(|| format!("cannot write {}", settings.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrators_settings_stay() {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("common/createcluster.conf");
        want_no_cluster(&settings).unwrap();
        assert_eq!(
            fs::read_to_string(&settings).unwrap(),
            "create_main_cluster = false\n"
        );
        fs::write(&settings, "mine").unwrap();
        want_no_cluster(&settings).unwrap();
        assert_eq!(fs::read_to_string(&settings).unwrap(), "mine");
    }
}
