//! The accept loop.

use std::{io, net::SocketAddr, sync::Arc, time::Instant};

use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    Access, Limits, Secured, Standing, Stream,
    arrival::{TurnedAway, arrive},
    census::{Census, Refused, Seat},
    failure::Failure,
    hush::Hush,
    pause::Pause,
    tune::tune,
};

/// One accepted connection.
#[derive(Debug)]
pub struct Connection {
    /// The bytes.
    pub stream: Stream,
    /// Who is at the other end; behind a proxy that was named, who is at the other end of that.
    pub peer: SocketAddr,
    /// Plain text, or TLS and whose certificate.
    pub secured: Secured,
    /// Tell it when the peer is recognised.
    pub standing: Standing,
    /// Cancelled when the door closes: finish the present answer, then end.
    pub shutdown: CancellationToken,
}

/// What the accept loop shares with its connections.
struct Doorway<S> {
    limits: Limits,
    hush: Hush,
    serve: S,
}

/// Accepts connections and hands each to `serve`, until `shutdown`; then waits for those that are
/// open, at most [`Limits::drain`] long, and drops the rest.
///
/// Each connection is a task of its own, and what comes before `serve` (PROXY header, TLS) is done
/// there too. Accepting never fails for good: what goes wrong is logged, counted and tried again.
pub async fn run<S, F>(listener: TcpListener, limits: Limits, shutdown: CancellationToken, serve: S)
where
    S: Fn(Connection) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send,
{
    let census = Census::new(limits.door);
    let hush = Hush::default();
    let doorway = Arc::new(Doorway {
        limits,
        hush,
        serve,
    });
    let limits = &doorway.limits;
    let tasks = TaskTracker::new();
    let too_late = CancellationToken::new();
    let mut pause = Pause::default();
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                wait_after(&error, limits, &mut pause, &shutdown).await;
                continue;
            }
        };
        pause.reset();
        let known = (!limits.is_proxy(peer.ip())).then_some(peer.ip());
        let seat = match census.admit(limits, known) {
            Ok(seat) => seat,
            Err(why) => {
                doorway.tell_refused(peer, why);
                continue;
            }
        };
        if let Err(error) = tune(&stream, limits) {
            // The peer has gone already, or the system lacks an option: reading will tell.
            tracing::debug!(door = limits.door, %peer, %error, "a socket option was not taken");
        }
        // A token each: what all wait on at once would be one lock for all of them.
        let (shutdown, too_late) = (shutdown.child_token(), too_late.child_token());
        let doorway = doorway.clone();
        tasks.spawn(async move {
            let connection = doorway.receive(stream, peer, &seat, shutdown).await;
            if let Some(connection) = connection {
                too_late
                    .run_until_cancelled((doorway.serve)(connection))
                    .await;
            }
        });
    }
    // Closed first: whoever connects from now on reaches another daemon, or nobody.
    drop(listener);
    tasks.close();
    if timeout(limits.drain, tasks.wait()).await.is_err() {
        tracing::warn!(
            door = limits.door,
            connections = tasks.len(),
            "dropped what had not ended in time"
        );
        too_late.cancel();
        tasks.wait().await;
    }
}

impl<S> Doorway<S> {
    /// Brings a connection as far as the door. `None`: it was turned away, or the door closes.
    async fn receive(
        &self,
        stream: TcpStream,
        mut peer: SocketAddr,
        seat: &Seat,
        shutdown: CancellationToken,
    ) -> Option<Connection> {
        let (stream, secured) = if self.is_open_to(peer) {
            (stream.into(), Secured::Plain)
        } else {
            // Apart, so that what a handshake needs is given back when it is done. Nothing was
            // asked yet: when the door closes, nothing is owed.
            let arriving = Box::pin(arrive(stream, &mut peer, seat, &self.limits));
            match shutdown.run_until_cancelled(arriving).await? {
                Ok(arrived) => arrived,
                Err(TurnedAway::Refused(why)) => {
                    self.tell_refused(peer, why);
                    return None;
                }
                Err(TurnedAway::Failed(failure)) => {
                    self.tell_failed(peer, &failure);
                    return None;
                }
            }
        };
        Some(Connection {
            stream,
            peer,
            secured,
            standing: seat.standing(),
            shutdown,
        })
    }

    /// Whether there is nothing between accepting and serving.
    fn is_open_to(&self, peer: SocketAddr) -> bool {
        matches!(self.limits.access, Access::Plain { .. }) && !self.limits.is_proxy(peer.ip())
    }

    fn tell_refused(&self, peer: SocketAddr, why: Refused) {
        let (door, reason) = (self.limits.door, why.word());
        let Some(unsaid) = self.hush.may_say(reason, Instant::now()) else {
            return;
        };
        let peer = peer.ip();
        match why {
            Refused::Plain => tracing::warn!(
                door, %peer, unsaid,
                "closed: plain text is for loopback and for networks that the settings name"
            ),
            Refused::Full | Refused::Nameless | Refused::NamelessOfPeer => {
                tracing::warn!(door, %peer, reason, unsaid, "closed: too many connections");
            }
        }
    }

    fn tell_failed(&self, peer: SocketAddr, failure: &Failure) {
        let (door, reason) = (self.limits.door, failure.reason.word());
        metrics::counter!("relire_listener_handshakes_failed_total", "door" => door, "reason" => reason)
            .increment(1);
        if let Some(unsaid) = self.hush.may_say(reason, Instant::now()) {
            // In quotes, for a peer may have chosen the words.
            let why = &failure.detail;
            tracing::info!(door, peer = %peer.ip(), reason, ?why, unsaid, "closed: no handshake");
        }
    }
}

async fn wait_after(
    error: &io::Error,
    limits: &Limits,
    pause: &mut Pause,
    shutdown: &CancellationToken,
) {
    metrics::counter!("relire_listener_accept_errors_total", "door" => limits.door).increment(1);
    let Some(wait) = pause.after(error) else {
        return;
    };
    tracing::warn!(door = limits.door, %error, ?wait, "a connection could not be accepted");
    // What frees a file descriptor is no event that could be waited for.
    shutdown.run_until_cancelled(sleep(wait)).await;
}

#[cfg(test)]
mod tests;
