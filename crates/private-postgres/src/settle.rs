//! How a process that was started as a keeper settles in: who it is, and what it was handed.

use std::{
    fs::File,
    io,
    os::{
        fd::{AsFd, IntoRawFd},
        unix::fs::{FileExt, MetadataExt},
    },
};

use rustix::{
    fs::Mode,
    process::{Gid, Uid, geteuid, umask},
    stdio::dup2_stdin,
    thread::{set_name, set_thread_gid, set_thread_groups, set_thread_uid},
};

use crate::{
    Error,
    lock::{self, Kind},
    room::Room,
    task::Task,
};

/// Drops root for the room's owner, for good. The process has a single thread still, so "this
/// thread" is all of it.
pub(crate) fn become_owner(task: &Task) -> Result<(), Error> {
    let Task { owner, room, .. } = task;
    umask(Mode::from_bits_truncate(0o077));
    // What `ps` and `top` call us: the program's file says nothing of a keeper.
    let _ = set_name(c"relire-keeper");
    if geteuid().is_root() {
        let gid = Gid::from_raw(owner.gid);
        // No supplementary groups: root's must go, and the server needs none of its user's.
        set_thread_groups(&[])
            .and_then(|()| set_thread_gid(gid))
            .and_then(|()| set_thread_uid(Uid::from_raw(owner.uid)))
            .map_err(|error| Error::io("become the owner of", room)(error.into()))?;
    }
    if geteuid().is_root() {
        return Err(Error::NoUser);
    }
    Ok(())
}

/// Takes the keeper's lock from where the opener put it, for as long as this process lives, and
/// leaves our number in the file, for people who look.
pub(crate) fn take_over(room: &Room) -> Result<(), Error> {
    let expected = room.keeper_lock()?;
    let take = || {
        let handed = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        dup2_stdin(File::open("/dev/null")?)?;
        // Somebody may have copied our command line from `ps` to a terminal.
        let same = handed.metadata()?.ino() == expected.metadata()?.ino();
        if !same || !lock::try_take(&handed, Kind::Exclusive)? {
            return Err(io::Error::other("not started by an opener"));
        }
        handed.set_len(0)?;
        handed.write_all_at(format!("{}\n", std::process::id()).as_bytes(), 0)?;
        // Left open, and closed when the kernel takes the process apart.
        let _ = handed.into_raw_fd();
        Ok(())
    };
    take().map_err(Error::io("keep the cluster in", room.path()))
}
