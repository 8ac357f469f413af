//! Opening a cluster: a user's side of the locks that [`keeper`](crate::keeper) explains.

use std::{
    env,
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::process::geteuid;

use crate::{
    Error, Lease,
    answer::answers,
    binaries::{Binaries, find_binaries, find_for},
    launch::{self, Launched, launch},
    lock::{self, Kind},
    log,
    room::Room,
    socket,
    task::Task,
    wait::{self, Deadline},
};

const GLANCE: Duration = Duration::from_millis(10);

/// How a cluster is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// `true`: what is committed survives a crash (`fsync`, `full_page_writes` and
    /// `synchronous_commit` on). `false` is for tests: faster, and worthless after a crash. A
    /// cluster is made as one or the other and is never opened as the other.
    pub durable: bool,
    /// How many sessions the server admits. Whoever starts the server decides.
    pub max_connections: u16,
    /// How long to wait for it: initialising takes about a second, a start a tenth, recovery after
    /// a crash as long as it takes.
    pub patience: Duration,
}

impl Default for Options {
    /// Durable, 100 sessions, a minute's patience.
    fn default() -> Self {
        Self {
            durable: true,
            max_connections: 100,
            patience: Duration::from_secs(60),
        }
    }
}

impl Options {
    /// For tests: not durable.
    #[must_use]
    pub fn throw_away() -> Self {
        Self {
            durable: false,
            ..Self::default()
        }
    }
}

/// The data folder when none is named: `/var/lib/relire` for root, otherwise `relire` under
/// `XDG_DATA_HOME` or `~/.local/share`.
///
/// # Errors
/// [`Error::NoHome`] when the environment names no home.
pub fn default_folder() -> Result<PathBuf, Error> {
    if geteuid().is_root() {
        return Ok(PathBuf::from("/var/lib/relire"));
    }
    let absolute = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .map(|share| share.join("relire"))
        .ok_or(Error::NoHome)
}

/// Opens the cluster under a data folder: makes it if there is none, starts it if it does not run,
/// and returns when it answers.
///
/// The server runs until the last [`Lease`] of all processes is dropped or its process ends in
/// whatever way. If the server dies it is started again. If its keeper is killed the server stops;
/// existing leases then point to nothing until somebody calls `open` again.
///
/// Blocks; from async code call it before the runtime starts, or in `spawn_blocking`.
///
/// # Errors
/// Every [`Error`] says what is wrong and what to do.
pub fn open(folder: &Path, options: &Options) -> Result<Lease, Error> {
    if !launch::main_asks() {
        return Err(Error::MainDoesNotAsk);
    }
    let deadline = Deadline::after(options.patience);
    let room = Room::prepare(folder)?;
    let start = take(
        &room,
        room.start_lock()?,
        Kind::Exclusive,
        deadline,
        "others are opening it",
    )?;
    room.check_durability(options.durable)?;
    let binaries = if room.has_data() {
        find_for(&room.data())?
    } else {
        find_binaries()?
    };
    let in_use = take(
        &room,
        room.use_lock()?,
        Kind::Shared,
        deadline,
        "it is being stopped",
    )?;
    let task = Task {
        room: room.path().to_owned(),
        owner: room.owner(),
        binaries: binaries.dir.clone(),
        durable: options.durable,
        max_connections: options.max_connections,
    };
    let socket_folder = running(&room, &task, deadline)?;
    // Somebody else may have made it meanwhile, and otherwise.
    room.check_durability(options.durable)?;
    drop(start);
    let Binaries { dir, version, .. } = binaries;
    tracing::debug!(folder = %room.path().display(), version, "the private Postgres answers");
    Ok(Lease::new(in_use, socket_folder, dir))
}

/// Waits until nobody uses the cluster under this data folder and its server is stopped, so that
/// the folder may be copied or deleted. `false`: it still runs after that time.
///
/// # Errors
/// [`Error::Io`] when the locks cannot be asked.
pub fn wait_until_stopped(folder: &Path, patience: Duration) -> Result<bool, Error> {
    let Some(room) = Room::existing(folder) else {
        return Ok(true);
    };
    let deadline = Deadline::after(patience);
    for file in [room.keeper_lock()?, room.server_lock()?] {
        let free = lock::take_within(file, Kind::Shared, deadline)
            .map_err(Error::io("lock", room.path()))?;
        if free.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Sees to it that a keeper lives and its server answers; says where. The caller holds the start
/// lock and is a user, so a keeper that lives does not stop.
fn running(room: &Room, task: &Task, deadline: Deadline) -> Result<PathBuf, Error> {
    let log_before = log::length(room);
    loop {
        let life = room.keeper_lock()?;
        if lock::try_take(&life, Kind::Exclusive).map_err(Error::io("lock", room.path()))? {
            match launch(task, life, deadline)
                .map_err(Error::io("start a keeper for", room.path()))?
            {
                Launched::Ready => {}
                Launched::Failed(mut reason) => {
                    reason.push_str(&log::tail(room, log_before));
                    return Err(Error::NotStarted { reason });
                }
                Launched::TooSlow => return Err(too_slow(room, deadline, "it is starting")),
            }
        } else if let Some(folder) = socket::recorded(room).filter(|folder| answers(folder)) {
            return Ok(folder);
        } else {
            wait::a_little(GLANCE).map_err(Error::io("wait for", room.path()))?;
        }
        if deadline.passed() {
            return Err(too_slow(room, deadline, "it does not answer"));
        }
    }
}

fn take(
    room: &Room,
    file: File,
    kind: Kind,
    deadline: Deadline,
    stage: &'static str,
) -> Result<File, Error> {
    lock::take_within(file, kind, deadline)
        .map_err(Error::io("lock", room.path()))?
        .ok_or_else(|| too_slow(room, deadline, stage))
}

fn too_slow(room: &Room, deadline: Deadline, stage: &'static str) -> Error {
    Error::TooSlow {
        room: room.path().to_owned(),
        waited: deadline.whole(),
        stage,
        tail: log::tail(room, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_main_that_does_not_ask_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let error = open(folder.path(), &Options::throw_away()).unwrap_err();
        assert!(
            error.to_string().contains("become_keeper_if_asked"),
            "{error}"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn durable_unless_said_otherwise() {
        assert!(Options::default().durable);
        assert!(!Options::throw_away().durable);
        assert!(default_folder().unwrap().ends_with("relire"));
    }

    #[test]
    fn what_never_ran_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        assert!(wait_until_stopped(folder.path(), Duration::ZERO).unwrap());
    }
}
