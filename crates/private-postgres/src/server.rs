//! The `postgres` process, as a child of the keeper.

use std::{
    fs::File,
    io,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::process::ExitStatusExt,
    },
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use crate::{
    process,
    room::Room,
    settings,
    task::Task,
    wait::{Deadline, first_ready},
};

/// How to stop it, and how long each way may take. Fast shutdown ends sessions and writes a
/// checkpoint; the immediate one leaves recovery to the next start, as a power cut would.
const WAYS_TO_STOP: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(120)),
    (Signal::QUIT, Duration::from_secs(30)),
    (Signal::KILL, Duration::from_secs(30)),
];
/// A server that is still starting may not hear a signal: where we were started with it ignored, as shells start what
/// goes to the background, it is ignored until the server has a handler. So it is told again.
const TOLD_AGAIN: Duration = Duration::from_secs(1);

pub(crate) struct Server {
    process: Child,
    pidfd: OwnedFd,
}

impl Server {
    /// Starts it in the foreground. Every process of the server holds `lock` while it lives.
    pub(crate) fn start(
        room: &Room,
        task: &Task,
        socket_folder: &Path,
        lock: File,
    ) -> io::Result<Self> {
        let mut command = Command::new(task.binaries.join("postgres"));
        command
            .args(settings::arguments(room, task, socket_folder))
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        process::tie_to_keeper(&mut command, lock);
        let process = command.spawn()?;
        // A child that nobody waited for keeps its number, so this is surely it.
        let number = i32::try_from(process.id()).ok().and_then(Pid::from_raw);
        let pidfd = pidfd_open(
            number.ok_or(io::ErrorKind::InvalidData)?,
            PidfdFlags::empty(),
        )?;
        Ok(Self { process, pidfd })
    }

    /// Readable when the process has ended.
    pub(crate) fn pidfd(&self) -> BorrowedFd<'_> {
        self.pidfd.as_fd()
    }

    /// How it ended, in words.
    pub(crate) fn reap(mut self) -> io::Result<String> {
        self.process.wait().map(in_words)
    }

    /// Stops it and waits until it is gone.
    pub(crate) fn stop(self) -> io::Result<String> {
        for (signal, patience) in WAYS_TO_STOP {
            let deadline = Deadline::after(patience);
            while !deadline.passed() {
                // It may have ended by itself just now; then there is nothing to signal.
                let _ = pidfd_send_signal(&self.pidfd, signal);
                if first_ready(&[self.pidfd()], TOLD_AGAIN)?.is_some() {
                    return self.reap();
                }
            }
        }
        self.reap()
    }
}

fn in_words(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("ended with exit code {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => status.to_string(),
    }
}
