//! Serving: bind every door, say so in one line, and on a signal let each finish what it is answering.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use desk::{Clock, Desk};
use listener::Limits;
use sip2_server::{Door, Origin};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinSet,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    clockwork,
    config::Config,
    database::Database,
    ops,
    ready::{self, Ready},
    telemetry,
};

/// A whole network's terminals may stand behind the one address of a town hall's gateway.
const CONNECTIONS_OF_ONE_PEER: usize = 512;
/// How long open connections get after a signal.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT.
pub(crate) async fn serve(
    config: &Config,
    database: Database,
    clock: Clock,
    demo: Option<ready::Demo>,
) -> anyhow::Result<()> {
    let metrics = telemetry::start_metrics()?;
    let desk = Desk::open(database.store.clone(), clock).await?;
    let sip2 = bind("sip2", &config.sip2.listen).await?;
    let ops = bind("ops", &config.ops).await?;
    let ready = Ready {
        ready: true,
        sip2: sip2.local_addr()?.to_string(),
        ops: format!("http://{}", ops.local_addr()?),
        demo,
    };

    let shutdown = CancellationToken::new();
    let mut doors = JoinSet::new();
    let door = Arc::new(Door::new(desk.clone(), sip2_server::Settings::default()));
    let limits = Limits {
        per_peer: CONNECTIONS_OF_ONE_PEER,
        drain: DRAIN,
        ..Limits::plain("sip2", config.sip2.plain_from.clone())
    };
    doors.spawn(listener::run(
        sip2,
        limits,
        shutdown.clone(),
        move |connection| {
            let door = door.clone();
            async move {
                let origin = Origin::plain(connection.peer.ip());
                door.serve(connection.stream, origin, connection.shutdown)
                    .await
            }
        },
    ));
    // The ops door closes last: whoever watches sees the draining.
    let ops_shutdown = CancellationToken::new();
    let ops_door = tokio::spawn(ops::run(
        ops,
        desk.clone(),
        metrics,
        shutdown.clone(),
        ops_shutdown.clone(),
    ));
    let turning = tokio::spawn(clockwork::run(desk.clone(), shutdown.clone()));
    // Until the last connection is gone: what was seen of it is told, too.
    let doors_closed = CancellationToken::new();
    let watching = tokio::spawn(desk.clone().watch_terminals(doors_closed.clone()));
    // The database closes after all that still writes.
    let written = CancellationToken::new();
    let kept = tokio::spawn(crate::database::keep(
        config.clone(),
        database,
        desk,
        written.clone(),
    ));

    tracing::info!(sip2 = %ready.sip2, ops = %ready.ops, "serving");
    ready.announce()?;
    signalled().await?;
    tracing::info!("stopping: connections finish what they are answering");
    shutdown.cancel();
    doors.join_all().await;
    doors_closed.cancel();
    watching.await.context("the watch over terminals")?;
    turning.await.context("the clockwork")?;
    written.cancel();
    ops_shutdown.cancel();
    // A monitor that holds its connection open does not hold up the end.
    if timeout(Duration::from_secs(1), ops_door).await.is_err() {
        tracing::debug!("the ops door was left open");
    }
    kept.await.context("the database's keeper")?;
    tracing::info!("stopped");
    Ok(())
}

async fn bind(door: &str, address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{door} cannot listen on {address}: give another address with --{door}")
    })
}

async fn signalled() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("the signal SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("the signal SIGINT")?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
