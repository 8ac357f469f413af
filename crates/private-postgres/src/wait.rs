//! Waiting for events with an end: deadlines, and several file descriptors at once.

use std::{
    io,
    os::fd::BorrowedFd,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

/// The moment after which waiting is given up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    /// None: too far away to be a moment.
    end: Option<Instant>,
    whole: Duration,
}

impl Deadline {
    pub(crate) fn after(whole: Duration) -> Self {
        Self {
            end: Instant::now().checked_add(whole),
            whole,
        }
    }

    pub(crate) fn left(&self) -> Duration {
        self.end.map_or(Duration::MAX, |end| {
            end.saturating_duration_since(Instant::now())
        })
    }

    pub(crate) fn passed(&self) -> bool {
        self.left().is_zero()
    }

    /// How long the wait was meant to be, for messages.
    pub(crate) fn whole(&self) -> Duration {
        self.whole
    }
}

/// Waits until one of them is readable or at its end, and says which (the first, if several).
/// A pidfd is readable once its process has ended. `None`: nothing within that time.
pub(crate) fn first_ready(fds: &[BorrowedFd<'_>], within: Duration) -> io::Result<Option<usize>> {
    let deadline = Deadline::after(within);
    let mut watched: Vec<_> = fds
        .iter()
        .map(|fd| PollFd::from_borrowed_fd(*fd, PollFlags::IN))
        .collect();
    loop {
        // A time that the system cannot count is as good as none.
        let timeout = Timespec::try_from(deadline.left()).ok();
        match poll(&mut watched, timeout.as_ref()) {
            Ok(0) => return Ok(None),
            Ok(_) => return Ok(watched.iter().position(|fd| !fd.revents().is_empty())),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Lets a little time pass. Only for what can but be asked for again and again: a lock held
/// elsewhere, a server that does not answer yet.
pub(crate) fn a_little(time: Duration) -> io::Result<()> {
    first_ready(&[], time).map(drop)
}
