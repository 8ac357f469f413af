//! The server log: where keeper and server write, and its end for error messages.

use std::{
    fmt::Display,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use crate::room::Room;

/// Looked at when a keeper starts; a start and a stop write about 1 kB.
const TURN_OVER_AT: u64 = 8 << 20;
const TAIL_LINES: usize = 12;
const TAIL_BYTES: u64 = 8 << 10;

fn path(room: &Room) -> PathBuf {
    room.path().join("server.log")
}

/// Opens it for appending; a long one becomes `server.log.1` first.
pub(crate) fn open(room: &Room) -> io::Result<File> {
    let path = path(room);
    if fs::metadata(&path).is_ok_and(|found| found.len() > TURN_OVER_AT) {
        fs::rename(&path, path.with_extension("log.1"))?;
    }
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
}

/// A line from the keeper, whose standard error is this log. Where it cannot be written (a full
/// disk) the keeper goes on without, as `eprintln` would not.
pub(crate) fn note(text: impl Display) {
    drop(writeln!(io::stderr(), "keeper: {text}"));
}

/// How long it is now: where what happens next begins.
pub(crate) fn length(room: &Room) -> u64 {
    fs::metadata(path(room)).map_or(0, |found| found.len())
}

/// Its last lines written since it had that length, ready to stand at the end of a message; empty
/// if there are none.
pub(crate) fn tail(room: &Room, since: u64) -> String {
    let path = path(room);
    let text = last_bytes(&path, since).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut tail = format!("; {} ends:", path.display());
    for line in lines.iter().skip(lines.len().saturating_sub(TAIL_LINES)) {
        tail.push_str("\n    ");
        tail.push_str(line);
    }
    tail
}

fn last_bytes(path: &Path, since: u64) -> io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    // Shorter than it was: a new log was begun meanwhile.
    let since = if since > length { 0 } else { since };
    file.seek(SeekFrom::Start(
        length.saturating_sub(TAIL_BYTES).max(since),
    ))?;
    let mut bytes = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;

    #[test]
    fn the_tail_is_short_and_the_log_turns_over() {
        let folder = tempfile::tempdir().unwrap();
        let room = Room::at(folder.path().to_owned(), Account { uid: 1, gid: 1 });
        assert_eq!(tail(&room, 0), "");

        let mut log = open(&room).unwrap();
        for line in 0..1000 {
            writeln!(log, "line {line}").unwrap();
        }
        let shown = tail(&room, 0);
        assert!(
            shown.ends_with("    line 999") && !shown.contains("line 987"),
            "{shown}"
        );

        let since = length(&room);
        assert_eq!(tail(&room, since), "");
        writeln!(log, "new").unwrap();
        assert!(tail(&room, since).ends_with("ends:\n    new"));

        log.set_len(TURN_OVER_AT + 1).unwrap();
        open(&room).unwrap();
        assert!(folder.path().join("server.log.1").is_file());
        assert_eq!(tail(&room, 0), "");
    }
}
