//! The daemon's lives and the database's: who is struck down, and how they come back.

use std::{
    fs::File,
    path::PathBuf,
    process::Stdio,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use jiff::{SignedDuration, Timestamp};
use testkit::{Daemon, MortalCluster, Strike};

use crate::step::{Accident, Victim};

/// How long anybody may be away.
const PATIENCE: Duration = Duration::from_secs(120);
/// What the clock has gone on when the daemon is started again: an operator needs a moment.
const LATER: SignedDuration = SignedDuration::from_secs(2);

/// Daemon and database, and what happened to them.
pub(crate) struct Life {
    state: Mutex<State>,
    changed: Condvar,
    /// Somebody was struck down, and nobody has had an answer since.
    hurt: AtomicBool,
    folder: PathBuf,
    url: String,
}

struct State {
    daemon: Option<Daemon>,
    /// The how-manieth life of the daemon.
    generation: u64,
    address: String,
    /// Whether it shall live.
    wanted: bool,
    cluster: Option<MortalCluster>,
    database_up: bool,
    /// The day's time at the start of this life, and when that was.
    clock: (Timestamp, Instant),
    hurt_at: Option<Instant>,
    over: bool,
    failed: Option<String>,
    tolls: Tolls,
}

/// What was struck down, and how long it took to be well again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tolls {
    pub(crate) daemon: usize,
    pub(crate) database_killed: usize,
    pub(crate) database_immediate: usize,
    /// From a strike to the next answer.
    pub(crate) longest: Duration,
    /// From the daemon's start to its ready line, all together.
    pub(crate) starting: Duration,
    pub(crate) starts: u32,
}

impl Life {
    /// Nobody runs yet but the database. The daemon's log and data go into the folder.
    pub(crate) fn new(cluster: MortalCluster, url: String, folder: PathBuf) -> Self {
        Self {
            state: Mutex::new(State {
                daemon: None,
                generation: 0,
                address: String::new(),
                wanted: false,
                cluster: Some(cluster),
                database_up: true,
                clock: (Timestamp::UNIX_EPOCH, Instant::now()),
                hurt_at: None,
                over: false,
                failed: None,
                tolls: Tolls::default(),
            }),
            changed: Condvar::new(),
            hurt: AtomicBool::new(false),
            folder,
            url,
        }
    }

    /// Where the daemon's log is.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("daemon.log")
    }

    pub(crate) fn tolls(&self) -> Tolls {
        self.state().tolls
    }

    /// Starts the daemon at this time of the day.
    pub(crate) fn start(&self, clock: Timestamp) -> anyhow::Result<()> {
        let mut state = self.state();
        let latest = now(&state);
        ensure!(
            clock >= latest,
            "the clock would go back to {clock} from {latest}"
        );
        state.clock = (clock - LATER, Instant::now());
        state.wanted = true;
        self.changed.notify_all();
        drop(state);
        self.line().map(drop)
    }

    /// Ends the daemon, as an operator does or without a word.
    pub(crate) fn stop(&self, gracefully: bool) -> anyhow::Result<()> {
        let mut state = self.wait_for(|state| state.daemon.is_some() && state.database_up)?;
        state.wanted = false;
        let daemon = state.daemon.take();
        drop(state);
        let mut daemon = daemon.context("it was there")?;
        if gracefully {
            ensure!(
                daemon.stop()?,
                "the daemon did not end well when it was asked to"
            );
        } else {
            daemon.kill()?;
        }
        Ok(())
    }

    /// Where the daemon answers, and in which of its lives. Waits until it does.
    pub(crate) fn line(&self) -> anyhow::Result<(u64, String)> {
        let state = self.wait_for(|state| state.daemon.is_some())?;
        Ok((state.generation, state.address.clone()))
    }

    /// Waits until the database runs.
    pub(crate) fn database(&self) -> anyhow::Result<()> {
        self.wait_for(|state| state.database_up).map(drop)
    }

    /// A line broke: that may be, unless the daemon has ended by itself.
    pub(crate) fn look(&self) -> anyhow::Result<()> {
        let mut state = self.state();
        if let Some(daemon) = &mut state.daemon
            && daemon.has_ended()?
        {
            bail!("the daemon ended, and nobody had killed it");
        }
        Ok(())
    }

    /// Strikes somebody down while the daemon is in this life. `false`: it is not any more.
    pub(crate) fn strike(&self, generation: u64, accident: Accident) -> anyhow::Result<bool> {
        pause(Duration::from_micros(accident.after));
        let mut state = self.wait_for(|state| state.database_up)?;
        if state.generation != generation || state.daemon.is_none() {
            return Ok(false);
        }
        let (daemon, database) = match accident.victim {
            Victim::Daemon => (true, None),
            Victim::Database(how) => (false, Some(how)),
            Victim::Both(how) => (true, Some(how)),
        };
        if let (Some(how), Some(cluster)) = (database, &state.cluster) {
            cluster.strike(how)?;
            state.database_up = false;
            match how {
                Strike::Kill => state.tolls.database_killed += 1,
                Strike::Immediate => state.tolls.database_immediate += 1,
            }
        }
        if daemon && let Some(mut struck) = state.daemon.take() {
            struck.kill()?;
            state.tolls.daemon += 1;
        }
        state.hurt_at.get_or_insert_with(Instant::now);
        self.hurt.store(true, Ordering::Relaxed);
        self.changed.notify_all();
        Ok(true)
    }

    /// Somebody had an answer in this life of the daemon.
    pub(crate) fn answered(&self, generation: u64) {
        if !self.hurt.load(Ordering::Relaxed) {
            return;
        }
        let mut state = self.state();
        if state.generation == generation && state.database_up && state.daemon.is_some() {
            if let Some(hurt_at) = state.hurt_at.take() {
                state.tolls.longest = state.tolls.longest.max(hurt_at.elapsed());
            }
            self.hurt.store(false, Ordering::Relaxed);
        }
    }

    /// Asks the database itself.
    pub(crate) fn query(&self, database: &str, sql: &str) -> anyhow::Result<Vec<String>> {
        let state = self.wait_for(|state| state.database_up)?;
        let cluster = state.cluster.as_ref().context("the database is away")?;
        cluster.query(database, sql)
    }

    /// Brings back whoever was struck down, until it is over.
    pub(crate) fn mend(&self) {
        loop {
            let well = |state: &mut State| {
                state.database_up && (state.daemon.is_some() || !state.wanted) && !state.over
            };
            let mut state = self
                .changed
                .wait_while(self.state(), well)
                .unwrap_or_else(PoisonError::into_inner);
            if state.over {
                return;
            }
            let mended = if state.database_up {
                let clock = now(&state) + LATER;
                state.clock = (clock, Instant::now());
                drop(state);
                let began = Instant::now();
                self.daemon(clock).map(|(daemon, address)| {
                    let mut state = self.state();
                    state.tolls.starting += began.elapsed();
                    state.tolls.starts += 1;
                    state.daemon = Some(daemon);
                    state.address = address;
                    state.generation += 1;
                })
            } else {
                let cluster = state.cluster.take();
                let killed = state.tolls.database_killed + state.tolls.database_immediate;
                drop(state);
                revive(cluster, killed % 2 == 1).map(|cluster| {
                    let mut state = self.state();
                    state.cluster = Some(cluster);
                    state.database_up = true;
                })
            };
            if let Err(error) = mended {
                self.state().failed = Some(format!("{error:#}"));
                self.changed.notify_all();
                return;
            }
            self.changed.notify_all();
        }
    }

    /// It is over: nobody is brought back any more, and nobody waits.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.over = true;
        state.wanted = false;
        if let Some(mut daemon) = state.daemon.take() {
            // Whatever it still does, nobody looks at it.
            let _ = daemon.kill();
        }
        self.changed.notify_all();
    }

    fn daemon(&self, clock: Timestamp) -> anyhow::Result<(Daemon, String)> {
        let log = File::options().create(true).append(true).open(self.log())?;
        let data = self.folder.display().to_string();
        let daemon = Daemon::start_logging(
            &["serve", "--data", &data, "--clock", &clock.to_string()],
            &[("RELIRE_DATABASE_URL", &self.url)],
            Stdio::from(log),
        )?;
        let address = daemon.text("/sip2")?.to_owned();
        Ok((daemon, address))
    }

    fn wait_for(&self, there: impl Fn(&State) -> bool) -> anyhow::Result<MutexGuard<'_, State>> {
        let (state, late) = self
            .changed
            .wait_timeout_while(self.state(), PATIENCE, |state| {
                !there(state) && !state.over && state.failed.is_none()
            })
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(failed) = &state.failed {
            bail!("could not be brought back: {failed}");
        }
        ensure!(!state.over, "it is over");
        ensure!(!late.timed_out(), "nobody came back within {PATIENCE:?}");
        Ok(state)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Who panicked here has told why; what is left is enough to end.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The day's time.
fn now(state: &State) -> Timestamp {
    let (clock, since) = state.clock;
    // A day's run does not come near the end of the calendar.
    SignedDuration::try_from(since.elapsed())
        .ok()
        .and_then(|elapsed| clock.checked_add(elapsed).ok())
        .unwrap_or(clock)
}

/// Every other time its own keeper brings the server back; else a new one does, as after a restart of everything.
fn revive(cluster: Option<MortalCluster>, by_its_keeper: bool) -> anyhow::Result<MortalCluster> {
    let mut cluster = cluster.context("the database is away")?;
    if by_its_keeper {
        cluster.wait_until_back()?;
    } else {
        cluster.start_again()?;
    }
    Ok(cluster)
}

/// A moment of the plan: how far the daemon has come with a message when the blow falls, or how long a machine takes.
#[expect(
    clippy::disallowed_methods,
    reason = "nothing is waited for: this is how long something takes"
)]
pub(crate) fn pause(length: Duration) {
    if !length.is_zero() {
        std::thread::sleep(length);
    }
}
