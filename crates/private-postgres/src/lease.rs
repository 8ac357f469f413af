//! A user's hold on a running cluster.

use std::{
    fmt::Write,
    fs::File,
    path::{Path, PathBuf},
};

use crate::{settings, socket};

/// The right to use a running cluster: it runs at least as long as this lives.
///
/// The right is a lock on an open file, which the kernel drops with the process; nothing has to be
/// cleaned up after a crash.
#[derive(Debug)]
#[must_use = "the server stops when the last lease is dropped"]
pub struct Lease {
    _in_use: File,
    socket_folder: PathBuf,
    binaries: PathBuf,
}

impl Lease {
    pub(crate) fn new(in_use: File, socket_folder: PathBuf, binaries: PathBuf) -> Self {
        Self {
            _in_use: in_use,
            socket_folder,
            binaries,
        }
    }

    /// The URL of one of its databases, as libpq and sqlx read it:
    /// `postgres:///catalogue?host=%2Fvar%2Flib%2Frelire%2Fpostgres%2Fsocket&port=5432&user=relire`.
    /// A fresh cluster has the database `postgres`; others are yours to create.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        // The port too: it names the socket, and clients would take it from their environment.
        format!(
            "postgres:///{}?host={}&port={}&user={}",
            percent_encoded(database),
            percent_encoded(&self.socket_folder.to_string_lossy()),
            socket::PORT,
            percent_encoded(self.user()),
        )
    }

    /// The folder of the Unix socket, private to the server's user (and root).
    #[must_use]
    pub fn socket_dir(&self) -> &Path {
        &self.socket_folder
    }

    /// The database superuser to connect as.
    #[must_use]
    pub fn user(&self) -> &str {
        settings::USER
    }

    /// The folder with `psql`, `pg_dump` and the others, of the server's own version.
    #[must_use]
    pub fn bin_dir(&self) -> &Path {
        &self.binaries
    }
}

/// Leaves only RFC 3986's unreserved characters (section 2.3): right in any part of a URL.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_hold_any_name() {
        let lock = tempfile::tempfile().unwrap();
        let lease = Lease::new(lock, "/a/socket".into(), "/b".into());
        assert_eq!(
            lease.url("relire"),
            "postgres:///relire?host=%2Fa%2Fsocket&port=5432&user=relire"
        );
        assert!(
            lease
                .url("fête & co?")
                .starts_with("postgres:///f%C3%AAte%20%26%20co%3F?host=")
        );
    }
}
