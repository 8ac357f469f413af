//! Every command of the core, asked alone: what it costs the database, and how long it takes.
//!
//! Round trips and statements are counted by a relay between store and server, commits by the rows that they left,
//! flushes by the server. The time is taken without the relay.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context;
use jiff::Timestamp;
use network::Network;
use private_postgres::{Lease, Options};
use store::{PoolSize, Store, create_database};
use testkit::{CoreCommand, Mark, Relay, Scene, Seen, Town};
use tokio::time::{sleep, timeout};

use crate::sip2::{cores, database::reachable, say};

/// Asked before anything is counted or timed: statements are prepared once a connection.
const BEFORE: usize = 6;
/// Asked for the count: the last of them counts.
const COUNTED: usize = 3;
/// Asked for the time.
const TIMED: usize = BEFORE + 20;
/// The database.
const NAME: &str = "core";
/// How long connections may take to end, and how often they are looked at.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(5);

pub(crate) async fn run() -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("relire-bench-").tempdir()?;
    reachable(folder.path())?;
    let server = Server::start(folder.path()).await?;
    say(&format!(
        "every command of the core, alone; PostgreSQL durable (fsync on), {} cores",
        cores()
    ));
    say(
        "flushes are of the write-ahead log, the server's own among them; p50 without the relay that counts\n",
    );
    say(&format!(
        "{:<28} {:>11} {:>10} {:>7} {:>7} {:>10}",
        "command", "round trips", "statements", "commits", "flushes", "p50 (ms)"
    ));
    // By one hand: what is made has numbers, and no two the same.
    let town = server.town().await?;
    let mut stage = Vec::with_capacity(CoreCommand::ALL.len());
    for command in CoreCommand::ALL {
        let mut scenes = Vec::with_capacity(COUNTED + TIMED);
        for _ in 0..scenes.capacity() {
            scenes.push(command.prepare(&town).await?);
        }
        stage.push((command, scenes));
    }
    town.store.run_sql("VACUUM ANALYZE").await?;
    server.leave([town]).await?;
    for (command, scenes) in stage {
        let line = server.measure(command, scenes).await;
        let line = line.with_context(|| command.name())?;
        say(&format!(
            "{:<28} {:>11} {:>10} {:>7} {:>7.1} {:>10.2}",
            command.name(),
            line.round_trips,
            line.statements,
            line.commits,
            line.flushes,
            line.p50,
        ));
    }
    Ok(())
}

struct Line {
    round_trips: u32,
    statements: u32,
    commits: i64,
    flushes: f64,
    p50: f64,
}

/// A cluster with a network in it, and a connection beside what is measured.
struct Server {
    lease: Lease,
    beside: Store,
}

impl Server {
    async fn start(folder: &Path) -> anyhow::Result<Self> {
        let folder = folder.to_owned();
        let lease = tokio::task::spawn_blocking(move || {
            private_postgres::open(&folder, &Options::default())
        })
        .await??;
        create_database(&lease.url("postgres"), NAME).await?;
        let store = Store::connect(&lease.url(NAME), &PoolSize::default()).await?;
        store.migrate().await?;
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../../network");
        let network = Network::read(files.as_ref()).context("the network's files")?;
        store
            .import_network(&network, "bench", Timestamp::UNIX_EPOCH, false)
            .await?;
        store.close().await;
        let beside = Store::connect(&lease.url("postgres"), &PoolSize::default()).await?;
        Ok(Self { lease, beside })
    }

    async fn measure(&self, command: CoreCommand, mut scenes: Vec<Scene>) -> anyhow::Result<Line> {
        let timed = scenes.split_off(COUNTED);
        let straight = self.town().await?;
        let relay = Relay::before(&self.lease.url(NAME))?;
        let one = PoolSize {
            connections: 1,
            ..PoolSize::default()
        };
        let watched = Town::on(Store::connect(relay.url(), &one).await?).await?;
        let (mut seen, mut commits) = (Seen::default(), 0);
        for scene in &scenes {
            let mark = Mark::now(&straight.store).await?;
            relay.take();
            command.run(&watched, scene, None).await?;
            seen = relay.take();
            commits = mark.commits_since(&straight.store).await?;
        }
        self.leave([watched, straight]).await?;

        let before = self.flushes().await?;
        let town = self.town().await?;
        let mut times = Vec::with_capacity(timed.len());
        for scene in &timed {
            let start = Instant::now();
            command.run(&town, scene, None).await?;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        self.leave([town]).await?;
        let flushes = self.flushes().await? - before;
        Ok(Line {
            round_trips: seen.round_trips,
            statements: seen.statements,
            commits,
            flushes: flushes / f64::from(u32::try_from(times.len())?),
            p50: median(times.split_off(BEFORE)),
        })
    }

    async fn town(&self) -> anyhow::Result<Town> {
        let url = self.lease.url(NAME);
        Town::on(Store::connect(&url, &PoolSize::default()).await?).await
    }

    /// Closes all connections and waits until the server has seen them end: only then has it told all its numbers.
    async fn leave(&self, towns: impl IntoIterator<Item = Town>) -> anyhow::Result<()> {
        for town in towns {
            town.store.close().await;
        }
        let there = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'relire' AND datname = '{NAME}'"
        );
        timeout(PATIENCE, async {
            while self.beside.count(&there).await? > 0 {
                sleep(PAUSE).await;
            }
            anyhow::Ok(())
        })
        .await
        .context("connections that do not end")?
    }

    async fn flushes(&self) -> anyhow::Result<f64> {
        let flushes = self.beside.count("SELECT wal_sync FROM pg_stat_wal");
        Ok(f64::from(u32::try_from(flushes.await?)?))
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
