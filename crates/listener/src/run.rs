//! The accept loop.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    Limits,
    census::{Census, Refused},
    pause::Pause,
    tune::tune,
};

/// One accepted connection.
#[derive(Debug)]
pub struct Connection {
    /// The bytes.
    pub stream: TcpStream,
    /// Who is at the other end.
    pub peer: SocketAddr,
    /// Cancelled when the door closes: finish the present answer, then end.
    pub shutdown: CancellationToken,
}

/// Accepts connections and hands each to `serve`, until `shutdown`; then waits for those that are
/// open, at most [`Limits::drain`] long, and drops the rest.
///
/// Each connection is a task of its own. Accepting never fails for good: what goes wrong is logged,
/// counted and tried again.
pub async fn run<S, F>(listener: TcpListener, limits: Limits, shutdown: CancellationToken, serve: S)
where
    S: Fn(Connection) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send,
{
    let serve = Arc::new(serve);
    let census = Census::new(limits.door);
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
                wait_after(&error, &limits, &mut pause, &shutdown).await;
                continue;
            }
        };
        pause.reset();
        let seat = match census.admit(&limits, peer.ip()) {
            Ok(seat) => seat,
            Err(why) => {
                tell(&limits, peer, why);
                continue;
            }
        };
        if let Err(error) = tune(&stream, &limits) {
            // The peer has gone already, or the system lacks an option: reading will tell.
            tracing::debug!(door = limits.door, %peer, %error, "a socket option was not taken");
        }
        // A token each: what all wait on at once would be one lock for all of them.
        let connection = Connection {
            stream,
            peer,
            shutdown: shutdown.child_token(),
        };
        let (serve, too_late) = (serve.clone(), too_late.child_token());
        tasks.spawn(async move {
            let _seat = seat;
            too_late
                .run_until_cancelled(async { serve(connection).await })
                .await;
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

fn tell(limits: &Limits, peer: SocketAddr, why: Refused) {
    let door = limits.door;
    match why {
        Refused::Plain => tracing::warn!(
            door, peer = %peer.ip(),
            "closed: plain text is for loopback and for networks that the settings name"
        ),
        Refused::Full | Refused::PeerFull => {
            tracing::warn!(door, peer = %peer.ip(), reason = why.reason(), "closed: too many connections");
        }
    }
}

#[cfg(test)]
mod tests;
