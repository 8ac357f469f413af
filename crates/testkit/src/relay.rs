//! A relay between a store and its Postgres, on a Unix socket: it counts what goes over, and can lose an answer.

use std::{
    io,
    mem::take,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Context;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
    task::JoinHandle,
};

/// What went over since it was last asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Turns of direction: something was sent, and somebody waited for the answer.
    pub round_trips: u32,
    /// Statements that were executed.
    pub statements: u32,
    /// Looks of the pool at a connection that was given back (a Sync and nothing else): nobody waits for them.
    pub checks: u32,
}

/// A relay, for as long as it is held.
#[derive(Debug)]
pub struct Relay {
    url: String,
    state: Arc<Mutex<State>>,
    accepts: JoinHandle<()>,
    _folder: TempDir,
}

#[derive(Debug, Default)]
struct State {
    seen: Seen,
    /// The answer to the round trip of this number is lost.
    lose: Option<u32>,
}

impl Relay {
    /// A relay before the database of this URL, which must name a socket's folder and port.
    pub fn before(url: &str) -> anyhow::Result<Self> {
        let part = |name: &str| {
            let (_, query) = url.split_once('?')?;
            query.split('&').find_map(|part| part.strip_prefix(name))
        };
        let host = part("host=").context("the URL names no socket's folder")?;
        let socket = format!(".s.PGSQL.{}", part("port=").unwrap_or("5432"));
        let server = Path::new(&host.replace("%2F", "/")).join(&socket);
        let folder = tempfile::Builder::new().prefix("relire-relay-").tempdir()?;
        let listener = UnixListener::bind(folder.path().join(socket))?;
        let here = folder.path().to_string_lossy().replace('/', "%2F");
        let state = Arc::new(Mutex::new(State::default()));
        let accepts = tokio::spawn({
            let state = state.clone();
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    let Ok(server) = UnixStream::connect(&server).await else {
                        continue;
                    };
                    // A connection that ends in an error ends all the same.
                    tokio::spawn(carry(client, server, state.clone()));
                }
            }
        });
        Ok(Self {
            url: url.replacen(&format!("host={host}"), &format!("host={here}"), 1),
            state,
            accepts,
            _folder: folder,
        })
    }

    /// The URL of the same database, through the relay.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What went over since this was last asked.
    pub fn take(&self) -> Seen {
        take(&mut lock(&self.state).seen)
    }

    /// Loses the answer to a round trip, counted from now, the first being 1: the server has done what it was asked and
    /// said so, and the connection ends before anybody hears of it.
    pub fn lose_answer_to(&self, round_trip: u32) {
        let mut state = lock(&self.state);
        state.lose = Some(state.seen.round_trips + round_trip);
    }

    /// Whether the answer that was to be lost is lost.
    pub fn has_lost(&self) -> bool {
        lock(&self.state).lose.is_none()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepts.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn carry(
    mut client: UnixStream,
    mut server: UnixStream,
    state: Arc<Mutex<State>>,
) -> io::Result<()> {
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let (mut up, mut down) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut burst = Burst::default();
    let mut lost: Option<Vec<u8>> = None;
    loop {
        tokio::select! {
            read = from_client.read(&mut up) => {
                let sent = up.get(..read?).unwrap_or_default();
                if sent.is_empty() {
                    return Ok(());
                }
                burst.see(sent);
                to_server.write_all(sent).await?;
            }
            read = from_server.read(&mut down) => {
                let answer = down.get(..read?).unwrap_or_default();
                if answer.is_empty() {
                    return Ok(());
                }
                if burst.answered(&mut lock(&state)) {
                    lost = Some(Vec::new());
                }
                match &mut lost {
                    None => to_client.write_all(answer).await?,
                    Some(lost) => {
                        lost.extend_from_slice(answer);
                        if is_ready(lost) {
                            return Ok(());
                        }
                    }
                }
            }
        }
    }
}

/// Whether an answer is whole: ReadyForQuery ends it.
fn is_ready(answer: &[u8]) -> bool {
    matches!(answer, [.., b'Z', 0, 0, 0, 5, _])
}

/// What a client has sent since the server last said something.
#[derive(Debug, Default)]
struct Burst {
    unread: Vec<u8>,
    started: bool,
    syncs: u32,
    statements: u32,
    others: u32,
}

impl Burst {
    fn see(&mut self, sent: &[u8]) {
        self.unread.extend_from_slice(sent);
        // Before the start-up packet is over, messages have no type.
        while let Some((kind, length)) = self.next() {
            match kind {
                // Of version 3.0; what comes before it asks for encryption, and is denied.
                None => self.started = self.unread.get(4..8) == Some(&[0, 3, 0, 0]),
                Some(b'S') => self.syncs += 1,
                Some(b'E' | b'Q') => self.statements += 1,
                Some(_) => self.others += 1,
            }
            self.unread.drain(..length);
        }
    }

    /// Type and length of the next whole message.
    fn next(&self) -> Option<(Option<u8>, usize)> {
        let typed = usize::from(self.started);
        let length = self.unread.get(typed..typed + 4)?;
        let length = u32::from_be_bytes(length.try_into().ok()?);
        let length = usize::try_from(length).ok()? + typed;
        let kind = self.started.then(|| self.unread.first().copied()).flatten();
        (self.unread.len() >= length).then_some((kind, length))
    }

    /// The server answers: counts what was asked. `true`: this answer is to be lost.
    fn answered(&mut self, state: &mut State) -> bool {
        let (syncs, statements, others) = (
            take(&mut self.syncs),
            take(&mut self.statements),
            take(&mut self.others),
        );
        if statements + others == 0 {
            state.seen.checks += u32::from(syncs > 0);
            return false;
        }
        state.seen.round_trips += 1;
        state.seen.statements += statements;
        state
            .lose
            .take_if(|at| *at == state.seen.round_trips)
            .is_some()
    }
}
