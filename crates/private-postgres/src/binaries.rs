//! Where Postgres is installed, and which version it is.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::Error;

/// The oldest major version that is accepted: the oldest that the project is tested with.
pub const MINIMUM_MAJOR: u32 = 15;
/// Overrides the search: the folder that holds `initdb` and `postgres`.
pub(crate) const ENVIRONMENT: &str = "RELIRE_PG_BIN";
const DEBIAN: &str = "/usr/lib/postgresql";

/// An installed Postgres.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Binaries {
    /// The folder that holds `postgres`, `initdb` and usually `psql`, `pg_dump` and the others.
    pub dir: PathBuf,
    /// The major version: data folders of different majors cannot be exchanged.
    pub major: u32,
    /// The whole version as it calls itself, like `15.18`.
    pub version: String,
}

/// The Postgres to make new clusters with: the first of at least [`MINIMUM_MAJOR`] among the
/// folder in the environment's `RELIRE_PG_BIN` (and then only that), `PATH`, `pg_config --bindir`,
/// and Debian's `/usr/lib/postgresql/<major>/bin`, newest first.
///
/// # Errors
/// [`Error::NoBinaries`] and [`Error::WrongBinaries`] say what to install or set.
pub fn find_binaries() -> Result<Binaries, Error> {
    find(|_| true)?.ok_or(Error::NoBinaries)
}

/// The Postgres for an existing cluster: of its very major, wherever the search finds it first.
pub(crate) fn find_for(data: &Path) -> Result<Binaries, Error> {
    let version_file = data.join("PG_VERSION");
    let major = fs::read_to_string(&version_file)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .ok_or_else(|| Error::NotACluster {
            data: data.to_owned(),
        })?;
    find(|binaries| binaries.major == major)?.ok_or_else(|| Error::OtherVersion {
        data: data.to_owned(),
        major,
    })
}

fn find(wanted: impl Fn(&Binaries) -> bool) -> Result<Option<Binaries>, Error> {
    let usable = |dir: PathBuf| examine(dir).filter(|found| found.major >= MINIMUM_MAJOR);
    if let Some(folder) = env::var_os(ENVIRONMENT).map(PathBuf::from) {
        let found = usable(folder.clone()).ok_or(Error::WrongBinaries { folder })?;
        return Ok(Some(found).filter(wanted));
    }
    // Lazy on purpose: each candidate costs a process.
    Ok(on_path()
        .chain([()].into_iter().filter_map(|()| configured()))
        .chain([()].into_iter().flat_map(|()| debian()))
        .filter_map(usable)
        .find(wanted))
}

/// `initdb` on the PATH is often a link to the real place, where the server lies beside it.
fn on_path() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).collect();
    folders.into_iter().filter_map(|folder| {
        let real = folder.join("initdb").canonicalize().ok()?;
        real.parent().map(Path::to_owned)
    })
}

fn configured() -> Option<PathBuf> {
    let folder = output(Command::new("pg_config").arg("--bindir"))?;
    Some(PathBuf::from(folder.trim_end()))
}

fn debian() -> Vec<PathBuf> {
    let mut majors: Vec<u32> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    majors.sort_unstable_by(|a, b| b.cmp(a));
    majors
        .into_iter()
        .map(|major| Path::new(DEBIAN).join(major.to_string()).join("bin"))
        .collect()
}

fn examine(dir: PathBuf) -> Option<Binaries> {
    let dir = dir.canonicalize().ok()?;
    if !dir.join("initdb").is_file() {
        return None;
    }
    let answer = output(Command::new(dir.join("postgres")).arg("--version"))?;
    let (major, version) = parse_version(&answer)?;
    Some(Binaries {
        dir,
        major,
        version,
    })
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `… 18beta1`.
fn parse_version(answer: &str) -> Option<(u32, String)> {
    let version = answer
        .split_once("(PostgreSQL)")?
        .1
        .split_whitespace()
        .next()?;
    let digits = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    let (major, _) = version.split_at_checked(digits)?;
    Some((major.parse().ok()?, version.to_owned()))
}

fn output(command: &mut Command) -> Option<String> {
    let environment: Vec<(&str, OsString)> = env::var_os("PATH")
        .map(|path| ("PATH", path))
        .into_iter()
        .collect();
    let answer = command
        .env_clear()
        .envs(environment)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    if !answer.status.success() {
        return None;
    }
    String::from_utf8(answer.stdout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        let parsed = |answer| parse_version(answer);
        assert_eq!(
            parsed("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some((15, "15.18".to_owned()))
        );
        assert_eq!(
            parsed("postgres (PostgreSQL) 18beta1\n"),
            Some((18, "18beta1".to_owned()))
        );
        assert_eq!(parsed("initdb"), None);
        assert_eq!(parsed("postgres (PostgreSQL) devel"), None);
    }

    #[test]
    fn a_cluster_of_another_major_is_named() {
        let data = tempfile::tempdir().unwrap();
        assert!(matches!(
            find_for(data.path()),
            Err(Error::NotACluster { .. })
        ));
        fs::write(data.path().join("PG_VERSION"), "9999\n").unwrap();
        let error = find_for(data.path()).unwrap_err().to_string();
        assert!(
            error.contains("PostgreSQL 9999") && error.contains("pg_upgrade"),
            "{error}"
        );
    }
}
