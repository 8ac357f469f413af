//! So many clients, each asking as soon as it was answered.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::Barrier, task::JoinSet};

use super::{
    question::Kind, question::Question, sru::Connection, terms::Terms, z3950::Association,
};

/// A door of one of the servers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Door {
    Z3950 {
        address: SocketAddr,
        database: &'static str,
    },
    Sru {
        address: SocketAddr,
        path: &'static str,
    },
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) hits: u64,
    /// Of ten at most.
    pub(crate) records: u64,
}

/// Somebody who asks at a door.
pub(crate) enum Client {
    Z3950(Association),
    Sru(Connection),
}

impl Client {
    pub(crate) async fn open(door: Door) -> anyhow::Result<Self> {
        Ok(match door {
            Door::Z3950 { address, database } => {
                Self::Z3950(Association::open(address, database).await?)
            }
            Door::Sru { address, path } => Self::Sru(Connection::open(address, path).await?),
        })
    }

    pub(crate) async fn answer(&mut self, question: &Question) -> anyhow::Result<Answer> {
        match self {
            Self::Z3950(association) => association.answer(question).await,
            Self::Sru(connection) => connection.answer(question).await,
        }
    }
}

/// What was measured; several runs of the same are put together.
#[derive(Default)]
pub(crate) struct Seen {
    latencies: Vec<Duration>,
    wall: Duration,
    hits: u64,
    /// Answers without what must be in them.
    pub(crate) wrong: usize,
    /// The first of these.
    pub(crate) example: Option<String>,
}

impl Seen {
    pub(crate) fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.wall += other.wall;
        self.hits += other.hits;
        self.wrong += other.wrong;
        self.example = self.example.take().or(other.example);
    }

    /// Operations a second.
    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.wall.as_secs_f64().max(1e-9)
    }

    pub(crate) fn mean_hits(&self) -> f64 {
        self.hits as f64 / self.latencies.len().max(1) as f64
    }

    /// Milliseconds at these shares of all.
    pub(crate) fn at(&mut self, shares: [f64; 2]) -> [f64; 2] {
        self.latencies.sort_unstable();
        shares.map(|share| {
            let place = (self.latencies.len().saturating_sub(1) as f64 * share) as usize;
            let latency = self.latencies.get(place);
            latency.map_or(0.0, |latency| latency.as_secs_f64() * 1e3)
        })
    }
}

/// All begin together, each at another place of the same terms.
pub(crate) async fn run(
    door: Door,
    kind: Kind,
    terms: &Arc<Terms>,
    connections: usize,
    time: Duration,
) -> anyhow::Result<Seen> {
    let start = Arc::new(Barrier::new(connections + 1));
    let mut set = JoinSet::new();
    for number in 0..connections {
        let (start, terms) = (start.clone(), terms.clone());
        set.spawn(async move {
            let client = async {
                let mut client = Client::open(door).await?;
                client.answer(&kind.question(&terms, number)).await?;
                anyhow::Ok(client)
            };
            let client = client.await;
            // Also when it could not: the others wait for it.
            start.wait().await;
            ask(client?, kind, &terms, number, time).await
        });
    }
    start.wait().await;
    let began = Instant::now();
    let mut seen = Seen::default();
    while let Some(ended) = set.join_next().await {
        seen.add(ended??);
    }
    seen.wall = began.elapsed();
    Ok(seen)
}

async fn ask(
    mut client: Client,
    kind: Kind,
    terms: &Terms,
    number: usize,
    time: Duration,
) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    // A prime apart: no two clients ask the same at the same time.
    let mut turn = number * 257;
    let until = Instant::now() + time;
    while Instant::now() < until {
        turn += 1;
        let question = kind.question(terms, turn);
        let began = Instant::now();
        let answer = client.answer(&question).await?;
        seen.latencies.push(began.elapsed());
        seen.hits += answer.hits;
        // Every term stands in a record.
        if answer.hits == 0 || answer.records != answer.hits.min(10) {
            seen.wrong += 1;
            seen.example.get_or_insert_with(|| {
                format!(
                    "{} hits and {} records for {question}",
                    answer.hits, answer.records
                )
            });
        }
    }
    Ok(seen)
}
