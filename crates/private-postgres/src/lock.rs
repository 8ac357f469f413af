//! Whole-file locks (flock): the kernel drops them when their holder ends, however it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
    sync::mpsc,
    thread,
};

use rustix::fs::{OFlags, fchown};
use rustix::process::{Gid, Uid};

use crate::{account::Account, wait::Deadline};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Shared,
    Exclusive,
}

/// Opens a lock file, making it if needed, for `owner` when we are root: keeper and later commands
/// run as that user and must be able to open it too.
pub(crate) fn open(path: &Path, owner: Account) -> io::Result<File> {
    // The folder is the owner's, so root follows no link there, soft or hard, when giving away.
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)?;
    let found = file.metadata()?;
    if found.uid() == 0 && owner.uid != 0 && found.is_file() && found.nlink() == 1 {
        fchown(
            &file,
            Some(Uid::from_raw(owner.uid)),
            Some(Gid::from_raw(owner.gid)),
        )?;
    }
    Ok(file)
}

/// Takes the lock if nobody is in the way.
pub(crate) fn try_take(file: &File, kind: Kind) -> io::Result<bool> {
    let taken = match kind {
        Kind::Shared => file.try_lock_shared(),
        Kind::Exclusive => file.try_lock(),
    };
    match taken {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Takes the lock, however long that needs.
pub(crate) fn take(file: &File, kind: Kind) -> io::Result<()> {
    loop {
        let taken = match kind {
            Kind::Shared => file.lock_shared(),
            Kind::Exclusive => file.lock(),
        };
        match taken {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Takes the lock, or gives up at the deadline with `None`.
pub(crate) fn take_within(file: File, kind: Kind, deadline: Deadline) -> io::Result<Option<File>> {
    if try_take(&file, kind)? {
        return Ok(Some(file));
    }
    // The system has no lock with a timeout. Where we give up, the thread that still waits drops
    // the lock in the moment it gets it.
    let (done, waited) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("lock".to_owned())
        .spawn(move || {
            let taken = take(&file, kind).map(|()| file);
            drop(done.send(taken));
        })?;
    match waited.recv_timeout(deadline.left()) {
        Ok(taken) => taken.map(Some),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_wait_ends_with_the_lock_or_at_the_deadline() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let me = Account::myself().unwrap();
        let holder = open(&path, me).unwrap();
        assert!(try_take(&holder, Kind::Exclusive).unwrap());

        let other = open(&path, me).unwrap();
        assert!(!try_take(&other, Kind::Shared).unwrap());
        let soon = Deadline::after(Duration::from_millis(30));
        assert!(take_within(other, Kind::Shared, soon).unwrap().is_none());

        let other = open(&path, me).unwrap();
        let waiter = thread::spawn(move || {
            take_within(
                other,
                Kind::Exclusive,
                Deadline::after(Duration::from_secs(60)),
            )
        });
        drop(holder);
        assert!(waiter.join().unwrap().unwrap().is_some());
    }
}
