//! Somebody at a browser, and a program of theirs.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tokio::{sync::Barrier, task::JoinSet, time::sleep};

use super::{
    places::{Numbers, Place},
    town::{LOGIN, PASSWORD},
};
use crate::http::{Answer, Connection};

/// Below what a program may ask in a second.
const PACE: Duration = Duration::from_millis(22);

pub(crate) struct User {
    line: Connection,
    cookie: String,
    form_key: String,
    token: String,
}

/// What was measured.
#[derive(Default)]
pub(crate) struct Seen {
    latencies: Vec<Duration>,
    bytes: usize,
    wall: Duration,
    pub(crate) wrong: usize,
    /// The first of these.
    pub(crate) example: Option<String>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.bytes += other.bytes;
        self.wrong += other.wrong;
        self.example = self.example.take().or(other.example);
    }

    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.wall.as_secs_f64().max(1e-9)
    }

    /// The mean size of an answer.
    pub(crate) fn kilobytes(&self) -> f64 {
        self.bytes as f64 / 1e3 / self.latencies.len().max(1) as f64
    }

    /// Milliseconds at these shares of all.
    pub(crate) fn at(&self, shares: [f64; 3]) -> [f64; 3] {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        shares.map(|share| {
            let place = (sorted.len().saturating_sub(1) as f64 * share) as usize;
            let latency = sorted.get(place);
            latency.map_or(0.0, |latency| latency.as_secs_f64() * 1e3)
        })
    }
}

impl User {
    pub(crate) async fn sign_in(address: SocketAddr) -> anyhow::Result<Self> {
        let mut line = Connection::open(address).await?;
        let form = format!(
            "login={LOGIN}&password={}&next=",
            PASSWORD.replace(' ', "+")
        );
        let sent = "Content-Type: application/x-www-form-urlencoded\r\n";
        let answer = line.ask("POST", "/staff/sign-in", sent, &form).await?;
        let cookie = answer.header("set-cookie").context("nobody came in")?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let headers = format!("Cookie: {cookie}\r\n");
        let home = line.ask("GET", "/staff", &headers, "").await?.text()?;
        let (_, key) = home
            .split_once("name=\"form_key\" value=\"")
            .context("a page without a form")?;
        let form_key = key.split('"').next().unwrap_or_default().to_owned();
        let me = line.ask("GET", "/api/v1/me", &headers, "").await?.text()?;
        let me: Value = serde_json::from_str(&me)?;
        let new = json!({ "name": "mesure", "actions": me["actions"], "days": 1 });
        let sent =
            format!("{headers}X-Relire-Form: {form_key}\r\nContent-Type: application/json\r\n");
        let made = line
            .ask("POST", "/api/v1/tokens", &sent, &new.to_string())
            .await?
            .text()?;
        let made: Value = serde_json::from_str(&made)?;
        let token = made["secret"].as_str().context("no token was made")?;
        Ok(Self {
            token: token.to_owned(),
            line,
            cookie,
            form_key,
        })
    }

    async fn ask(&mut self, target: &str) -> anyhow::Result<Answer> {
        let headers = match target.starts_with("/api/") {
            true => format!("Authorization: Bearer {}\r\n", self.token),
            false => format!("Cookie: {}\r\n", self.cookie),
        };
        self.line.ask("GET", target, &headers, "").await
    }

    async fn scan(&mut self, what: &str) -> anyhow::Result<Answer> {
        let headers = format!(
            "Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.cookie
        );
        let form = format!("form_key={}&once=&card=&q={what}", self.form_key);
        self.line.ask("POST", "/staff/scan", &headers, &form).await
    }

    async fn once(&mut self, target: &str, scanned: bool) -> anyhow::Result<Answer> {
        match scanned {
            true => self.scan(target).await,
            false => self.ask(target).await,
        }
    }
}

/// All of them at one place, each at another number of it.
pub(crate) async fn together(
    users: Vec<User>,
    place: &'static Place,
    scanned: bool,
    numbers: &Arc<Numbers>,
    time: Duration,
) -> anyhow::Result<(Vec<User>, Seen)> {
    let start = Arc::new(Barrier::new(users.len() + 1));
    let mut set = JoinSet::new();
    for (number, mut user) in users.into_iter().enumerate() {
        let (start, numbers) = (start.clone(), numbers.clone());
        set.spawn(async move {
            // The first of all may find nothing in any cache.
            let first = user.once(&numbers.address(place, number), scanned).await;
            start.wait().await;
            first?;
            let seen = asking(&mut user, place, scanned, &numbers, number, time).await?;
            anyhow::Ok((user, seen))
        });
    }
    start.wait().await;
    let began = Instant::now();
    let (mut users, mut all) = (Vec::new(), Seen::default());
    while let Some(ended) = set.join_next().await {
        let (user, seen) = ended??;
        users.push(user);
        all.add(seen);
    }
    all.wall = began.elapsed();
    ensure!(!all.latencies.is_empty(), "{}: no answers", place.template);
    Ok((users, all))
}

async fn asking(
    user: &mut User,
    place: &Place,
    scanned: bool,
    numbers: &Numbers,
    number: usize,
    time: Duration,
) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    // A prime apart: no two users ask the same at the same time.
    let mut turn = number * 257;
    let until = Instant::now() + time;
    while Instant::now() < until {
        turn += 1;
        let target = numbers.address(place, turn);
        let began = Instant::now();
        let answer = user.once(&target, scanned).await?;
        let took = began.elapsed();
        seen.latencies.push(took);
        seen.bytes += answer.body.len();
        // Of several readers or items with one number nobody is shown, and that is the answer.
        if answer.status != 200 && answer.status != 409 {
            seen.wrong += 1;
            let status = answer.status;
            seen.example
                .get_or_insert_with(|| format!("{target}: {status}"));
        }
        if place.template.starts_with("/api/") {
            sleep(PACE.saturating_sub(took)).await;
        }
    }
    Ok(seen)
}
