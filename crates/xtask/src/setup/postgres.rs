//! PostgreSQL's server programs, for the private cluster.

use anyhow::Result;
use private_postgres::{Error, find_binaries};

use super::apt::Need;

/// Debian starts a cluster on port 5432 with the package, unless this says otherwise. An
/// administrator's own file stays as it is.
const NO_CLUSTER: &str = "file=/etc/postgresql-common/createcluster.conf; \
     test -e $file || { mkdir -p /etc/postgresql-common && \
     echo \"create_main_cluster = false\" > $file; }";

/// Contrib modules are needed too, and come in the same package.
pub(super) fn missing() -> Result<Option<Need>> {
    match find_binaries() {
        Ok(_) => Ok(None),
        Err(Error::NoBinaries) => Ok(Some(Need {
            packages: &["postgresql"],
            why: "the daemon keeps its data in PostgreSQL",
            before: Some(NO_CLUSTER.to_owned()),
        })),
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, process::Command};

    use super::*;

    fn run(folder: &Path) -> String {
        let folder_text = folder.display().to_string();
        let command = NO_CLUSTER.replace("/etc/postgresql-common", &folder_text);
        assert!(
            Command::new("sh")
                .args(["-c", &command])
                .status()
                .unwrap()
                .success(),
            "{command}"
        );
        fs::read_to_string(folder.join("createcluster.conf")).unwrap()
    }

    #[test]
    fn an_administrators_settings_stay() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("postgresql-common");
        assert_eq!(run(&folder), "create_main_cluster = false\n");
        fs::write(folder.join("createcluster.conf"), "mine").unwrap();
        assert_eq!(run(&folder), "mine");
        assert!(!NO_CLUSTER.contains('\''), "it is quoted for a shell");
    }
}
