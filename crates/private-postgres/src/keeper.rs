//! The keeper: a small process that owns the server and lives as long as anybody uses it.
//!
//! Two rules carry everything. **Users hold `use.lock` shared; the keeper waits for it exclusively,**
//! and so learns in one event that the last user is gone, kill -9 included. **Whatever ends the
//! keeper ends the server:** the kernel then sends it SIGINT, a fast shutdown. So SIGTERM to the
//! keeper needs no handler, and there is no way to leave a server behind.
//!
//! - An opener while we stop: waits for `use.lock`, which we hold until the server is gone.
//! - Keeper killed: the server is shutting down on its own; every process of it holds `server.lock`,
//!   and the next keeper waits for that before it starts anew.
//! - Server killed: started again, with growing pauses, while users remain; a daemon gets its
//!   database back without anybody's help. Only a server that never came up ends the keeper, with
//!   the reason, so that the opener can show it.
//! - Opener killed in the middle: the keeper finishes the start, sees no user, stops.
//! - Two keepers for one folder: cannot be. The opener takes `keeper.lock` and hands it over, open,
//!   as the keeper's standard input. It is never given back: the kernel frees it when it takes the
//!   process apart, and so whoever gets it finds no keeper in the process table.

use std::{
    fs::File,
    os::fd::IntoRawFd,
    path::PathBuf,
    time::{Duration, Instant},
};

use rustix::stdio::dup2_stderr;

use crate::{
    Error,
    answer::answers,
    initialise::initialise,
    lock::{self, Kind},
    log,
    predecessor::awaits_reaping,
    process, reach,
    report::{FAILED, READY, Report},
    room::Room,
    server::Server,
    settings, settle, socket,
    task::Task,
    users::{Event, Users},
    wait::Deadline,
};

/// Between two looks at something that cannot be waited for.
const GLANCE: Duration = Duration::from_millis(10);
const FOREVER: Duration = Duration::MAX;
/// The pause before a server that ended is started again: from … doubled up to ….
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How long a dead server may lie unreaped before Postgres is left to judge; usually a moment.
const REAPING: Duration = Duration::from_secs(10);
/// A server that ran this long did not fail at its start: its pauses begin anew.
const GOOD_RUN: Duration = Duration::from_secs(60);

/// Runs until the last user is gone; the process's exit code.
pub(crate) fn run(task: &Task) -> i32 {
    let mut report = Report::default();
    match keep(task, &mut report) {
        Ok(()) => 0,
        Err(error) => {
            let reason = in_words(error);
            log::note(&reason);
            report.make(&format!("{FAILED}{reason}"));
            1
        }
    }
}

/// Without the preface that the opener puts before it.
fn in_words(error: Error) -> String {
    match error {
        Error::NotStarted { reason } => reason,
        other => other.to_string(),
    }
}

fn keep(task: &Task, report: &mut Report) -> Result<(), Error> {
    process::close_inherited().map_err(Error::io("look through", "/proc/self/fd"))?;
    settle::become_owner(task)?;
    let room = Room::at(task.room.clone(), task.owner);
    reach::check(room.path(), task.owner)?;
    reach::check(&task.binaries.join("postgres"), task.owner)?;
    settle::take_over(&room)?;
    log::open(&room)
        .and_then(|log| Ok(dup2_stderr(log)?))
        .map_err(Error::io("write the server log in", room.path()))?;
    let users = room.use_lock().and_then(|use_lock| {
        Users::watch(use_lock).map_err(Error::io("watch the users of", room.path()))
    })?;

    let socket_folder = socket::prepare(&room)?;
    let keeper = Keeper {
        task,
        room,
        socket_folder,
        users,
    };
    keeper.serve(report)?;
    socket::clear(&keeper.room, &keeper.socket_folder);
    // Openers wait until we are gone, not until we say so.
    let _ = keeper.users.into_lock().map(File::into_raw_fd);
    Ok(())
}

struct Keeper<'a> {
    task: &'a Task,
    room: Room,
    socket_folder: PathBuf,
    users: Users,
}

impl Keeper<'_> {
    /// Returns when the users are gone and the server is stopped.
    fn serve(&self, report: &mut Report) -> Result<(), Error> {
        let mut pause = Duration::ZERO;
        loop {
            let began = Instant::now();
            let Err(error) = self.serve_once(report) else {
                return Ok(());
            };
            if !report.is_made() {
                return Err(error);
            }
            let long = began.elapsed() >= GOOD_RUN;
            pause = if long {
                SHORTEST_PAUSE
            } else {
                (pause * 2).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
            };
            log::note(format_args!(
                "{}; starting again in {pause:?}",
                in_words(error)
            ));
            if self.wait(pause)? == Event::UsersGone {
                return Ok(());
            }
        }
    }

    /// One life of the server. `Ok`: the users are gone. An error: the server is.
    fn serve_once(&self, report: &mut Report) -> Result<(), Error> {
        if !self.room.has_data() {
            let Some(lock) = self.free_server_lock()? else {
                return Ok(());
            };
            initialise(&self.room, self.task, lock)?;
        }
        let Some(lock) = self.free_server_lock()? else {
            return Ok(());
        };
        settings::write(&self.room, self.task)?;
        let server = Server::start(&self.room, self.task, &self.socket_folder, lock)
            .map_err(Error::io("run postgres of", &self.task.binaries))?;
        let mut glance = GLANCE;
        loop {
            let event = self
                .users
                .or(Some(server.pidfd()), glance)
                .map_err(Error::io("wait for the server in", self.room.path()))?;
            match event {
                Event::UsersGone => {
                    let end = server.stop().map_err(Error::io("stop", self.room.path()))?;
                    log::note(format_args!("no users left; Postgres {end}"));
                    return Ok(());
                }
                Event::Ended => {
                    let end = server.reap().map_err(Error::io("reap", self.room.path()))?;
                    return Err(Error::NotStarted {
                        reason: format!("Postgres {end}"),
                    });
                }
                Event::Nothing if glance == GLANCE && answers(&self.socket_folder) => {
                    report.make(READY);
                    glance = FOREVER;
                }
                Event::Nothing => {}
            }
        }
    }

    /// Waits until no process of an earlier server is left. `None`: the users went first.
    fn free_server_lock(&self) -> Result<Option<File>, Error> {
        let lock = self.room.server_lock()?;
        while !lock::try_take(&lock, Kind::Exclusive)
            .map_err(Error::io("lock", self.room.path()))?
        {
            if self.wait(GLANCE)? == Event::UsersGone {
                return Ok(None);
            }
        }
        let reaping = Deadline::after(REAPING);
        while awaits_reaping(&self.room) && !reaping.passed() {
            if self.wait(GLANCE)? == Event::UsersGone {
                return Ok(None);
            }
        }
        Ok(Some(lock))
    }

    fn wait(&self, within: Duration) -> Result<Event, Error> {
        self.users
            .or(None, within)
            .map_err(Error::io("wait for the users of", self.room.path()))
    }
}
