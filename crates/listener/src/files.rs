//! How many files, and so connections, this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What a daemon needs beside its connections: a database's connections, an index's files, logs.
const REST: u64 = 256;

/// Raises the bound on open files to the most that the system lets this process have, and gives
/// what is in force then. A service manager's soft limit is often 1,024, for the sake of programs
/// that would break above it.
///
/// Programs that are started later inherit it.
pub fn raise_open_files() -> u64 {
    let bounds = getrlimit(Resource::Nofile);
    if bounds.current == bounds.maximum {
        return in_force(bounds);
    }
    let raised = Rlimit {
        current: bounds.maximum,
        maximum: bounds.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the bound on open files could not be raised");
    }
    in_force(getrlimit(Resource::Nofile))
}

fn in_force(bounds: Rlimit) -> u64 {
    bounds.current.unwrap_or(u64::MAX)
}

/// How many connections each of so many doors may have when so many files may be open: some 256
/// are kept for the rest of the daemon.
///
/// ```
/// assert_eq!(relire_listener::connections_within(20_000, 2), 9_872);
/// assert_eq!(relire_listener::connections_within(100, 2), 0);
/// ```
pub fn connections_within(open_files: u64, doors: usize) -> usize {
    let room = usize::try_from(open_files.saturating_sub(REST)).unwrap_or(usize::MAX);
    room / doors.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_in_force() {
        let said = raise_open_files();
        let bounds = getrlimit(Resource::Nofile);
        assert_eq!(bounds.current, bounds.maximum);
        assert_eq!(said, bounds.current.unwrap_or(u64::MAX));
    }

    #[test]
    fn the_rest_keeps_its_share() {
        assert_eq!(connections_within(1024, 1), 768);
        assert_eq!(connections_within(u64::MAX, 0), usize::MAX - 256);
    }
}
