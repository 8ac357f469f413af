//! Which user the server runs as.

use std::process::{Command, Stdio};

use rustix::process::{getegid, geteuid};

use crate::Error;

/// The user that Debian's package makes for its servers.
const SERVER_USER: &str = "postgres";
/// The kernel's and every distribution's number for `nobody`.
const NOBODY: u32 = 65534;

/// A user by number, with its first group: all that the kernel asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    /// Who runs this process.
    pub(crate) fn myself() -> Result<Self, Error> {
        Self {
            uid: geteuid().as_raw(),
            gid: getegid().as_raw(),
        }
        .somebody()
    }

    pub(crate) fn is_root(self) -> bool {
        self.uid == 0
    }

    /// For root: who gets a cluster that is made in a folder with that owner.
    pub(crate) fn for_new_cluster(folder_owner: u32) -> Result<Self, Error> {
        // initdb refuses a number without a name, so an owner must be a real account to count.
        let owner = (folder_owner != 0 && folder_owner != NOBODY)
            .then(|| look_up(&folder_owner.to_string()))
            .flatten();
        match owner {
            Some((_, account)) => Ok(account),
            None => look_up(SERVER_USER).ok_or(Error::NoUser)?.1.somebody(),
        }
    }

    /// Refuses `nobody`.
    pub(crate) fn somebody(self) -> Result<Self, Error> {
        if self.uid == NOBODY {
            Err(Error::Nobody)
        } else {
            Ok(self)
        }
    }

    /// Its name for messages, or its number where it has none.
    pub(crate) fn name(self) -> String {
        let number = self.uid.to_string();
        look_up(&number).map_or(number, |(name, _)| name)
    }
}

/// Asks the system's user database, by name or number. `getent` knows every source that the
/// machine is configured for; reading `/etc/passwd` would know one.
fn look_up(key: &str) -> Option<(String, Account)> {
    let answer = Command::new("getent")
        .args(["passwd", key])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    parse_entry(str::from_utf8(&answer.stdout).ok()?)
}

/// `name:password:uid:gid:…` (passwd(5)).
fn parse_entry(line: &str) -> Option<(String, Account)> {
    let mut fields = line.trim_end().split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some((name, Account { uid, gid }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read() {
        let entry =
            "postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n";
        let (name, account) = parse_entry(entry).unwrap();
        assert_eq!(
            (name.as_str(), account.uid, account.gid),
            ("postgres", 101, 104)
        );
        assert!(parse_entry("").is_none());
        assert!(parse_entry("half:x:1").is_none());
    }

    #[test]
    fn nobody_never_gets_a_cluster() {
        assert!(
            Account {
                uid: NOBODY,
                gid: NOBODY
            }
            .somebody()
            .is_err()
        );
        if let Ok(account) = Account::for_new_cluster(NOBODY) {
            assert_ne!(account.uid, NOBODY);
        }
    }

    #[test]
    fn root_has_a_name() {
        assert_eq!(Account { uid: 0, gid: 0 }.name(), "root");
    }
}
