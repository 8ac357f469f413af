//! A folder for a cluster, processes that hold it, and a look at what runs.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, Read},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::{fs::PermissionsExt, process::CommandExt},
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use relire_private_postgres::{find_binaries, wait_until_stopped};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{Pid, PidfdFlags, Signal, geteuid, kill_process, pidfd_open},
};
use tempfile::TempDir;

pub(crate) const LONG: Duration = Duration::from_secs(60);
/// An account of every Debian that owns nothing: the non-root user of these tests.
pub(crate) const SOMEBODY: (u32, u32) = (34, 34);

pub(crate) fn am_root() -> bool {
    geteuid().is_root()
}

/// A data folder that any user may enter. Waits for its server before it goes.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir_in("/tmp")
            .unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn room(&self) -> PathBuf {
        self.path().join("postgres")
    }

    pub(crate) fn hold(&self) -> Holder {
        Holder::start(self, &["--throw-away"])
    }

    pub(crate) fn try_hold(&self, options: &[&str]) -> Result<Holder, String> {
        Opening::begin(holder_command(self.path(), options)).finish()
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.room().join("server.log")).unwrap()
    }

    pub(crate) fn keeper(&self) -> Pid {
        self.keeper_number().unwrap()
    }

    /// None: it is just being written.
    pub(crate) fn keeper_number(&self) -> Option<Pid> {
        number_in(&self.room().join("keeper.lock"))
    }

    pub(crate) fn server(&self) -> Pid {
        number_in(&self.room().join("data/postmaster.pid")).unwrap()
    }

    /// Keeper, server and its helpers: whoever names the folder or works in it.
    pub(crate) fn processes(&self) -> Vec<Pid> {
        let folder = self.path().to_str().unwrap();
        let touches = |process: &Path| {
            let command = fs::read(process.join("cmdline")).unwrap_or_default();
            let cwd = fs::read_link(process.join("cwd")).unwrap_or_default();
            String::from_utf8_lossy(&command).contains(folder) || cwd.starts_with(folder)
        };
        fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| {
                let entry = entry.unwrap();
                let number = entry.file_name().to_str()?.parse().ok()?;
                touches(&entry.path()).then(|| Pid::from_raw(number).unwrap())
            })
            .collect()
    }

    /// Waits until the server is stopped, and makes sure that nothing of it is left.
    pub(crate) fn assert_stops(&self) {
        assert!(
            wait_until_stopped(self.path(), LONG).unwrap(),
            "{:?}",
            self.processes()
        );
        self.assert_nothing_runs();
    }

    pub(crate) fn assert_nothing_runs(&self) {
        // The last descriptors close a moment before the process is gone.
        for process in self.processes() {
            wait_for_end(process);
        }
        assert_eq!(self.processes(), []);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let stopped = wait_until_stopped(self.path(), LONG);
        if !thread::panicking() {
            assert!(stopped.unwrap());
        } else if let Ok(log) = fs::read_to_string(self.room().join("server.log")) {
            eprintln!("--- server.log\n{log}---");
        }
    }
}

pub(crate) fn holder_command(folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hold-private-postgres"));
    command.arg(folder).args(options);
    command
}

/// A process that is opening the cluster.
pub(crate) struct Opening(Child);

impl Opening {
    pub(crate) fn begin(mut command: Command) -> Self {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Waits for its URL, or for what it says instead.
    pub(crate) fn finish(mut self) -> Result<Holder, String> {
        let mut url = String::new();
        BufReader::new(self.0.stdout.as_mut().unwrap())
            .read_line(&mut url)
            .unwrap();
        if url.is_empty() {
            let mut error = String::new();
            self.0
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut error)
                .unwrap();
            self.0.wait().unwrap();
            return Err(error);
        }
        Ok(Holder {
            url: url.trim_end().to_owned(),
            process: self.0,
        })
    }

    pub(crate) fn says_something_within(&mut self, time: Duration) -> bool {
        let output = self.0.stdout.as_ref().unwrap();
        readable_within(output.as_fd(), time)
    }

    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// A process with a lease. Dropped: it is told to end, and does.
pub(crate) struct Holder {
    pub(crate) url: String,
    process: Child,
}

impl Holder {
    pub(crate) fn start(folder: &Folder, options: &[&str]) -> Self {
        folder
            .try_hold(options)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn sql(&self, statement: &str) -> String {
        sql(&self.url, statement).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn number(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().unwrap();
    }
}

pub(crate) fn sql(url: &str, statement: &str) -> Result<String, String> {
    let psql = find_binaries().unwrap().dir.join("psql");
    let answer = Command::new(psql)
        .args([
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
        ])
        .args(["--dbname", url, "--command", statement])
        .output()
        .unwrap();
    if answer.status.success() {
        Ok(String::from_utf8(answer.stdout).unwrap().trim().to_owned())
    } else {
        Err(String::from_utf8(answer.stderr).unwrap())
    }
}

pub(crate) fn kill(process: Pid) {
    kill_process(process, Signal::KILL).unwrap();
}

/// Waits until a process has ended (an event, not a look now and then).
pub(crate) fn wait_for_end(process: Pid) {
    if let Ok(pidfd) = pidfd_open(process, PidfdFlags::empty()) {
        assert!(
            readable_within(pidfd.as_fd(), LONG),
            "process {process} does not end"
        );
    }
}

fn readable_within(fd: BorrowedFd<'_>, time: Duration) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(fd, PollFlags::IN)];
    let timeout = Timespec::try_from(time).unwrap();
    poll(&mut fds, Some(&timeout)).unwrap() == 1
}

/// For what gives no event: looks again and again, with an end.
pub(crate) fn until(mut condition: impl FnMut() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < LONG, "waited in vain");
        poll(
            &mut [],
            Some(&Timespec {
                tv_sec: 0,
                tv_nsec: 1_000_000,
            }),
        )
        .unwrap();
    }
}

/// The helper program as another user, from a place where that user may run it.
pub(crate) fn as_somebody(folder: &Folder, data: &Path) -> Command {
    let program = folder.path().join("holder");
    // Not by ourselves: a process that another test's thread forks meanwhile would hold the copy
    // open for writing, and such a file does not run.
    let original = env!("CARGO_BIN_EXE_hold-private-postgres");
    assert!(
        Command::new("cp")
            .arg(original)
            .arg(&program)
            .status()
            .unwrap()
            .success()
    );
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let (uid, gid) = SOMEBODY;
    let mut command = Command::new(program);
    command.arg(data).uid(uid).gid(gid).current_dir("/");
    command
}

fn number_in(path: &Path) -> Option<Pid> {
    let text = fs::read_to_string(path).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}
