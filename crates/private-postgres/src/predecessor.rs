//! The trace of an earlier server that was killed.

use std::fs;

use crate::room::Room;

/// Whether the process that `postmaster.pid` names is dead but not yet reaped.
///
/// Such a process holds no lock any more, but still has its number, and Postgres would take it for
/// alive and refuse to start. It is there for a moment when server and keeper are killed together,
/// until the system's first process has reaped it. We only read: what to do about a file that was
/// left behind is for Postgres alone to decide.
pub(crate) fn awaits_reaping(room: &Room) -> bool {
    fs::read_to_string(room.data().join("postmaster.pid"))
        .ok()
        .and_then(|text| text.lines().next()?.trim().parse().ok())
        .and_then(|number: u32| fs::read_to_string(format!("/proc/{number}/stat")).ok())
        .is_some_and(|stat| is_zombie(&stat))
}

/// proc_pid_stat(5): number, name in brackets (with anything in it), state.
fn is_zombie(stat: &str) -> bool {
    stat.rsplit_once(") ")
        .is_some_and(|(_, rest)| rest.starts_with('Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_follows_the_name() {
        assert!(is_zombie("35 (postgres) Z 1 35 35 0 -1"));
        assert!(!is_zombie("35 (postgres) S 1 35 35 0 -1"));
        assert!(!is_zombie("35 (a) Z b) R 1 35 35 0 -1"));
        assert!(!is_zombie(""));
    }
}
