//! The one place with `unsafe`: two things that keep server, keeper and caller apart, and that the
//! standard library leaves to its caller's word.

#![allow(
    unsafe_code,
    reason = "a server must not outlive its keeper, however that dies: only the kernel can see to \
              it, and only the child itself can ask, between fork and exec. And descriptors that \
              were inherited belong to nobody in this process, so only their numbers can be closed"
)]

use std::{
    fs::{self, File},
    io,
    os::{fd::RawFd, unix::process::CommandExt},
    process::Command,
};

use rustix::{
    io::{FdFlags, close, fcntl_setfd},
    process::{Signal, getpid, getppid, set_parent_process_death_signal},
};

/// Closes what the caller of our opener left open, but for the three standard streams: a shell's
/// pipe would not end while we run, and what root had open is not for the server's user.
///
/// Must be the first thing that the keeper's process does.
pub(crate) fn close_inherited() -> io::Result<()> {
    let numbers: Vec<RawFd> = fs::read_dir("/proc/self/fd")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|number| *number > 2)
        .collect();
    for number in numbers {
        // The listing's own is closed already.
        if fs::symlink_metadata(format!("/proc/self/fd/{number}")).is_ok() {
            // SAFETY: this process has opened nothing that it still holds, so the number has no
            // owner in it whom closing could surprise.
            unsafe { close(number) }
        }
    }
    Ok(())
}

/// Makes the command's process, once spawned,
/// - receive SIGINT when the **thread** that spawned it ends: a fast shutdown for `postgres`, an
///   abort that tidies up for `initdb`. So spawn from the keeper's main thread;
/// - keep `lock` open, and with it all its descendants, so that the lock is free only when the
///   last of them is gone.
///
/// The keeper has become the server's user before: a later change of user would clear the signal.
pub(crate) fn tie_to_keeper(command: &mut Command, lock: File) {
    let keeper = getpid();
    let prepare = move || {
        set_parent_process_death_signal(Some(Signal::INT))?;
        // The keeper may have died before the kernel was told; then nobody would send the signal.
        if getppid() != Some(keeper) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        // Descriptors close at exec unless told otherwise.
        fcntl_setfd(&lock, FdFlags::empty())?;
        Ok(())
    };
    // SAFETY: between fork and exec only async-signal-safe work is allowed. The closure makes
    // three system calls (prctl, getppid, fcntl), and neither allocates nor takes a lock: errors
    // are made from a number or a kind, both without a heap.
    unsafe {
        command.pre_exec(prepare);
    }
}
