//! The load: terminals that lend and take back, each waiting for its answer as a kiosk does.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Barrier,
    task::JoinSet,
};

use super::{
    ITEMS_A_TERMINAL, READERS_A_TERMINAL, cores,
    daemon::Daemon,
    database::{PIN, barcode, card},
};

pub(crate) struct Seen {
    pub(crate) pairs: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
    /// Of the returns alone.
    pub(crate) return_p99: f64,
    /// Of all cores, how much this program itself used.
    pub(crate) generator: f64,
}

/// Whoever lends and takes back, over one connection.
pub(crate) trait Pairs: Send {
    /// Lends and takes back; how long each took.
    fn pair(
        &mut self,
        reader: usize,
        item: usize,
    ) -> impl Future<Output = anyhow::Result<[Duration; 2]>> + Send;
}

/// Drives the daemon from so many terminals.
pub(crate) async fn run(
    daemon: &Daemon,
    terminals: usize,
    pin: bool,
    seconds: u64,
) -> anyhow::Result<Seen> {
    let address = daemon.sip2;
    drive(terminals, seconds, move |number| {
        Terminal::log_in(address, number, pin)
    })
    .await
}

/// Drives the daemon over so many connections; all begin together when each has warmed up.
pub(crate) async fn drive<P, F>(
    connections: usize,
    seconds: u64,
    connect: impl Fn(usize) -> F,
) -> anyhow::Result<Seen>
where
    P: Pairs + 'static,
    F: Future<Output = anyhow::Result<P>> + Send + 'static,
{
    let start = Arc::new(Barrier::new(connections + 1));
    let mut set = JoinSet::new();
    for number in 0..connections {
        let start = start.clone();
        let connecting = connect(number);
        set.spawn(async move {
            let mut peer = connecting.await?;
            // Every reader once: where there is a PIN it has been checked, and plans are made.
            for reader in 0..READERS_A_TERMINAL {
                peer.pair(reader, reader).await?;
            }
            start.wait().await;
            let until = Instant::now() + Duration::from_secs(seconds);
            let mut latencies = Vec::new();
            let mut turn = number;
            while Instant::now() < until {
                turn = turn.wrapping_mul(31).wrapping_add(17);
                let pair = peer
                    .pair(turn % READERS_A_TERMINAL, turn % ITEMS_A_TERMINAL)
                    .await?;
                latencies.push(pair);
            }
            anyhow::Ok(latencies)
        });
    }
    start.wait().await;
    let (began, used) = (Instant::now(), processor_seconds());
    let mut latencies = Vec::new();
    while let Some(ended) = set.join_next().await {
        latencies.extend(ended??);
    }
    let wall = began.elapsed().as_secs_f64();
    let generator = (processor_seconds() - used) / wall / cores() as f64;
    let pairs = latencies.len() as f64;
    let both = sorted(latencies.iter().flatten());
    let returns = sorted(latencies.iter().map(|[_, back]| back));
    Ok(Seen {
        pairs: pairs / wall,
        p50: at(&both, 0.5),
        p99: at(&both, 0.99),
        max: at(&both, 1.0),
        return_p99: at(&returns, 0.99),
        generator,
    })
}

fn sorted<'a>(latencies: impl Iterator<Item = &'a Duration>) -> Vec<Duration> {
    let mut sorted: Vec<Duration> = latencies.copied().collect();
    sorted.sort_unstable();
    sorted
}

/// In milliseconds.
fn at(sorted: &[Duration], share: f64) -> f64 {
    let place = ((sorted.len() as f64 - 1.0) * share) as usize;
    sorted
        .get(place)
        .map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
}

struct Terminal {
    stream: TcpStream,
    number: usize,
    pin: &'static str,
    sequence: u8,
    second: u64,
    buffer: Vec<u8>,
}

impl Terminal {
    async fn log_in(address: SocketAddr, number: usize, pin: bool) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let pin = if pin { PIN } else { "" };
        let mut terminal = Self {
            stream,
            number,
            pin,
            sequence: 0,
            second: 0,
            buffer: Vec::new(),
        };
        let answer = terminal
            .ask(&format!("9300CNbench-{number}|CO{PIN}|CPLENS|"))
            .await?;
        ensure!(
            answer.starts_with("941"),
            "the terminal bench-{number} was not let in: {answer}"
        );
        Ok(terminal)
    }

    async fn ask(&mut self, message: &str) -> anyhow::Result<String> {
        let mut sent = format!("{message}AY{}AZ", self.sequence);
        self.sequence = (self.sequence + 1) % 10;
        let sum = sent
            .bytes()
            .fold(0_u16, |sum, byte| sum.wrapping_add(byte.into()))
            .wrapping_neg();
        sent.push_str(&format!("{sum:04X}\r"));
        self.stream.write_all(sent.as_bytes()).await?;
        self.buffer.clear();
        while self.buffer.last() != Some(&b'\r') {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the daemon closed the connection");
            }
        }
        String::from_utf8(std::mem::take(&mut self.buffer)).context("an answer that is not UTF-8")
    }
}

impl Pairs for Terminal {
    async fn pair(&mut self, reader: usize, item: usize) -> anyhow::Result<[Duration; 2]> {
        self.second += 1;
        let (card, barcode, pin) = (
            card(self.number, reader),
            barcode(self.number, item),
            self.pin,
        );
        // A date of its own for each message, as a clock would give it.
        let stamp = format!(
            "2026{:02}{:02}    {:06}",
            1 + self.second / 1_000_000 % 12,
            1 + self.second / 100_000 % 28,
            self.second % 100_000
        );
        let lend = format!("11NN{stamp}{stamp}AOLENS|AA{card}|AB{barcode}|AC|AD{pin}|BON|BIN|");
        let began = Instant::now();
        let answer = self.ask(&lend).await?;
        let lent = began.elapsed();
        ensure!(answer.starts_with("121"), "not lent: {answer}");
        let back = format!("09N{stamp}{stamp}APLENS|AOLENS|AB{barcode}|AC|BIN|");
        let began = Instant::now();
        let answer = self.ask(&back).await?;
        ensure!(answer.starts_with("101"), "not taken back: {answer}");
        Ok([lent, began.elapsed()])
    }
}

/// Processor time of this process so far.
fn processor_seconds() -> f64 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 / 1e9
}
