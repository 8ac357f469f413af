//! The keeper's view of its users: a single event, when all are gone.

use std::{
    fs::File,
    io::{self, PipeReader, pipe},
    os::fd::{AsFd, BorrowedFd},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    lock::{self, Kind},
    wait::first_ready,
};

/// Waits, beside the keeper's own work, for the exclusive lock that no user's shared one allows.
pub(crate) struct Users {
    gone: PipeReader,
    watcher: JoinHandle<io::Result<File>>,
}

/// What the keeper woke up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    UsersGone,
    /// The process behind the pidfd has ended.
    Ended,
    Nothing,
}

impl Users {
    pub(crate) fn watch(use_lock: File) -> io::Result<Self> {
        let (gone, tell) = pipe()?;
        let watcher = thread::Builder::new()
            .name("users".to_owned())
            .spawn(move || {
                let taken = lock::take(&use_lock, Kind::Exclusive);
                drop(tell); // the end of the pipe is the event
                taken.map(|()| use_lock)
            })?;
        Ok(Self { gone, watcher })
    }

    /// Waits for all users to leave, for a process to end, or for the time to pass.
    pub(crate) fn or(
        &self,
        process: Option<BorrowedFd<'_>>,
        within: Duration,
    ) -> io::Result<Event> {
        let mut fds = vec![self.gone.as_fd()];
        fds.extend(process);
        Ok(match first_ready(&fds, within)? {
            Some(0) => Event::UsersGone,
            Some(_) => Event::Ended,
            None => Event::Nothing,
        })
    }

    /// The exclusive lock: after [`Event::UsersGone`], at once.
    pub(crate) fn into_lock(self) -> io::Result<File> {
        self.watcher
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the watching thread ended")))
    }
}
