//! How an opener gets its keeper: this same program, started again with a hidden argument.

use std::{
    env,
    fs::File,
    io::{self, Read, Write},
    os::{fd::AsFd, unix::process::CommandExt},
    process::{Command, Stdio, exit},
    sync::atomic::{AtomicBool, Ordering},
};

use rustix::process::setsid;

use crate::{
    keeper, report,
    task::{HIDDEN, Step, Task},
    wait::{Deadline, first_ready},
};

/// Whether this program's `main` can serve as a keeper; without that, starting it again would run
/// the program itself.
static MAIN_ASKS: AtomicBool = AtomicBool::new(false);

/// Runs the keeper, and never returns, if this process was started as one.
///
/// Must be the first call of every `main` whose program may [`open`](crate::open) a cluster: before
/// any thread or runtime is started (the keeper may have to change its user, which only a
/// single-threaded process can) and before arguments are read.
pub fn become_keeper_if_asked() {
    MAIN_ASKS.store(true, Ordering::Relaxed);
    if env::args_os().nth(1).is_none_or(|first| first != HIDDEN) {
        return;
    }
    exit(match Task::from_arguments(env::args_os().skip(1)) {
        Some((Step::Detach, task)) => detach(&task),
        Some((Step::Keep, task)) => keeper::run(&task),
        None => {
            eprintln!("{HIDDEN} is for this program's own use");
            64 // EX_USAGE of sysexits
        }
    })
}

pub(crate) fn main_asks() -> bool {
    MAIN_ASKS.load(Ordering::Relaxed)
}

/// What became of a launch.
#[derive(Debug)]
pub(crate) enum Launched {
    Ready,
    Failed(String),
    /// Still at it at the deadline.
    TooSlow,
}

/// Starts a keeper, gives it the keeper's lock, and waits for its word.
pub(crate) fn launch(task: &Task, life: File, deadline: Deadline) -> io::Result<Launched> {
    let mut first_step = ourselves(task, Step::Detach)
        .stdin(Stdio::from(life))
        .stdout(Stdio::piped())
        .spawn()?;
    let mut keeper = first_step.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    first_step.wait()?;
    let mut word = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if first_ready(&[keeper.as_fd()], deadline.left())?.is_none() {
            return Ok(Launched::TooSlow);
        }
        match keeper.read(&mut buffer)? {
            0 => return Ok(understand(&String::from_utf8_lossy(&word))),
            length => word.extend(buffer.iter().take(length)),
        }
    }
}

fn understand(word: &str) -> Launched {
    match word {
        report::READY => Launched::Ready,
        "" => Launched::Failed("its keeper was killed".to_owned()),
        other => Launched::Failed(
            other
                .strip_prefix(report::FAILED)
                .unwrap_or(other)
                .to_owned(),
        ),
    }
}

/// The first step: leaves the terminal's session, so that Ctrl-C and a closed window do not reach
/// the keeper, and ends, so that the keeper is nobody's child and leaves no zombie with a user.
fn detach(task: &Task) -> i32 {
    // Fails only for the leader of a group, which is out of the caller's reach already.
    let _ = setsid();
    match ourselves(task, Step::Keep).spawn() {
        Ok(_) => 0,
        Err(error) => {
            let word = format!("{}its keeper could not be run: {error}", report::FAILED);
            drop(io::stdout().write_all(word.as_bytes()));
            1
        }
    }
}

fn ourselves(task: &Task, step: Step) -> Command {
    // Not by its path: that may hold another build by now, or be closed to us.
    let mut command = Command::new("/proc/self/exe");
    command
        .arg0("relire-keeper")
        .args(task.to_arguments(step))
        // Nothing of the caller's surroundings may change what the server does.
        .env_clear()
        .env(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        )
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .current_dir("/")
        .stderr(Stdio::null());
    command
}
