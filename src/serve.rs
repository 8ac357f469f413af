//! Serving: bind every door, say so in one line, and on a signal let each finish what it is answering.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use desk::{Clock, Desk, Finder};
use listener::{Connection, Limits, Secured, connections_within, raise_open_files};
use sip2_server::{Door, Origin};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::oneshot,
    task::JoinSet,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::machine_time,
    clockwork,
    config::Config,
    database::Database,
    http, machines, ops,
    ready::{self, Ready},
    telemetry,
    tls::Tls,
};

/// How long the ready line waits for the index.
const INDEX: Duration = Duration::from_secs(10);
/// How long open connections get after a signal.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT.
pub(crate) async fn serve(
    config: &Config,
    database: Database,
    clock: Clock,
    mut demo: Option<ready::Demo>,
) -> anyhow::Result<()> {
    let metrics = telemetry::start_metrics()?;
    let desk = Desk::open(database.store.clone(), clock).await?;
    let finder = Finder::open(database.store.clone(), &config.index())
        .context("the index of the catalogue")?;
    let sip2 = bind("sip2", &config.sip2.listen).await?;
    let sip2_tls = bind_if("sip2-tls", config.sip2.tls_listen.as_ref()).await?;
    let https = bind_if("https", config.https.as_ref()).await?;
    let tls = match sip2_tls.is_some() || https.is_some() {
        true => Some(Tls::open(&config.tls, &config.data)?),
        false => None,
    };
    let ncip = bind_if("ncip", config.ncip.listen.as_ref()).await?;
    let z3950 = bind_if("z3950", config.z3950.as_ref()).await?;
    let http = bind_if("http", config.http.as_ref()).await?;
    let ops = bind("ops", &config.ops).await?;
    let http_url = address(http.as_ref())?.map(|address| format!("http://{address}"));
    if let Some(demo) = &mut demo {
        demo.tell_partners(http_url.as_deref());
    }
    let ready = Ready {
        ready: true,
        sip2: sip2.local_addr()?.to_string(),
        sip2_tls: address(sip2_tls.as_ref())?.map(|address| address.to_string()),
        tls_ca: tls.as_ref().and_then(Tls::ca_file),
        ncip_tcp: address(ncip.as_ref())?.map(|address| address.to_string()),
        z3950: address(z3950.as_ref())?.map(|address| format!("{address}/relire")),
        http: http_url,
        https: address(https.as_ref())?.map(|address| format!("https://{address}")),
        ops: format!("http://{}", ops.local_addr()?),
        demo,
    };

    let shutdown = CancellationToken::new();
    let mut doors = JoinSet::new();
    let door = Arc::new(Door::new(desk.clone(), sip2_server::Settings::default()));
    let doors_open = config.doors().count() - 1;
    let rooms = connections_within(raise_open_files(), doors_open);
    let most = config.sip2.connections.map_or(rooms, |set| set.min(rooms));
    let limits = |limits: Limits| Limits {
        drain: DRAIN,
        proxy_from: config.sip2.proxy_from.clone(),
        ..limits.within(most)
    };
    let plain = Limits::plain("sip2", config.sip2.plain_from.clone());
    doors.spawn(serve_sip2(sip2, limits(plain), &door, &desk, &shutdown));
    if let (Some(listener), Some(tls)) = (sip2_tls, &tls) {
        let encrypted = Limits::encrypted("sip2-tls", tls.listener());
        doors.spawn(serve_sip2(
            listener,
            limits(encrypted),
            &door,
            &desk,
            &shutdown,
        ));
    }
    let partners = Arc::new(ncip_server::Door::new(
        desk.clone(),
        ncip_server::Settings {
            plain_from: config.ncip.plain_from.clone(),
            ..ncip_server::Settings::default()
        },
    ));
    if let Some(listener) = ncip {
        let plain = Limits::plain("ncip", config.ncip.plain_from.clone()).within(rooms);
        let plain = Limits {
            drain: DRAIN,
            ..plain
        };
        let door = partners.clone();
        doors.spawn(serve_ncip(listener, plain, door, shutdown.clone()));
    }
    let staff = staff::Door::new(
        desk.clone(),
        finder.clone(),
        machines::KINDS,
        staff::Settings {
            plain_from: config.http_plain_from.clone(),
        },
    );
    let web = http::router(finder.clone(), catalogue_settings(config), partners, staff);
    let open = |door| Limits {
        drain: DRAIN,
        ..Limits::open(door).within(rooms)
    };
    if let Some(listener) = z3950 {
        let door = Arc::new(z3950_server::Door::new(
            finder.clone(),
            z3950_server::Settings::default().with_databases(config.databases.clone()),
        ));
        doors.spawn(serve_z3950(listener, open("z3950"), door, shutdown.clone()));
    }
    if let Some(listener) = http {
        doors.spawn(http::serve(
            listener,
            open("http"),
            web.clone(),
            shutdown.clone(),
        ));
    }
    if let (Some(listener), Some(tls)) = (https, &tls) {
        let encrypted = Limits {
            drain: DRAIN,
            ..Limits::encrypted("https", tls.listener()).within(rooms)
        };
        doors.spawn(http::serve(listener, encrypted, web, shutdown.clone()));
    }
    if let Some(tls) = tls {
        doors.spawn(tls.keep(shutdown.clone()));
    }
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
    let (caught_up, index) = oneshot::channel();
    let following = tokio::spawn(finder.follow(shutdown.clone(), caught_up));
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

    // Heard from before anybody knows that we are there: whoever reads the line may tell us to stop at once.
    let mut signals = Signals::listen()?;
    // Whoever reads the line may search at once. A large index that is built anew takes longer: it is searched meanwhile.
    if timeout(INDEX, index).await.is_err() {
        tracing::info!("the index is not up to date yet: what it has is found");
    }
    tracing::info!(sip2 = %ready.sip2, ops = %ready.ops, "serving");
    ready.announce()?;
    signals.heard().await;
    tracing::info!("stopping: connections finish what they are answering");
    shutdown.cancel();
    doors.join_all().await;
    doors_closed.cancel();
    watching.await.context("the watch over terminals")?;
    turning.await.context("the clockwork")?;
    following.await.context("the index")?;
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

/// One way to the SIP2 door, until told to stop.
fn serve_sip2(
    listener: TcpListener,
    limits: Limits,
    door: &Arc<Door>,
    desk: &Arc<Desk>,
    shutdown: &CancellationToken,
) -> impl Future<Output = ()> + Send + 'static {
    let (door, desk) = (door.clone(), desk.clone());
    listener::run(listener, limits, shutdown.clone(), move |connection| {
        let (door, desk) = (door.clone(), desk.clone());
        async move {
            let origin = origin(&connection, &desk);
            door.serve(connection.stream, origin, connection.shutdown)
                .await
        }
    })
}

/// The settings of the catalogue's HTTP door, with what the operator said.
fn catalogue_settings(config: &Config) -> sru_server::Settings {
    let usual = sru_server::Settings::default();
    sru_server::Settings {
        contact: config.contact.clone().unwrap_or(usual.contact),
        ..usual
    }
}

/// The Z39.50 door, until told to stop.
fn serve_z3950(
    listener: TcpListener,
    limits: Limits,
    door: Arc<z3950_server::Door>,
    shutdown: CancellationToken,
) -> impl Future<Output = ()> + Send + 'static {
    listener::run(listener, limits, shutdown, move |connection| {
        let door = door.clone();
        let standing = connection.standing.clone();
        async move {
            door.serve(
                connection.stream,
                move || standing.recognised(),
                connection.shutdown,
            )
            .await
        }
    })
}

/// NCIP over raw TCP, until told to stop.
fn serve_ncip(
    listener: TcpListener,
    limits: Limits,
    door: Arc<ncip_server::Door>,
    shutdown: CancellationToken,
) -> impl Future<Output = ()> + Send + 'static {
    listener::run(listener, limits, shutdown, move |connection| {
        let door = door.clone();
        let origin = ncip_server::Origin::plain(connection.peer.ip());
        let standing = connection.standing.clone();
        async move {
            door.serve(
                connection.stream,
                origin,
                move || standing.recognised(),
                connection.shutdown,
            )
            .await
        }
    })
}

fn address(listener: Option<&TcpListener>) -> std::io::Result<Option<std::net::SocketAddr>> {
    listener.map(TcpListener::local_addr).transpose()
}

/// What the SIP2 door has to know of a connection.
fn origin(connection: &Connection, desk: &Desk) -> Origin {
    let standing = connection.standing.clone();
    let (encrypted, certificate) = match &connection.secured {
        Secured::Plain => (false, None),
        Secured::Tls { certificate } => (true, certificate.as_ref()),
    };
    Origin {
        address: connection.peer.ip(),
        encrypted,
        certificate: certificate.map(|shown| shown.fingerprint),
        certificate_expires: certificate.and_then(|shown| {
            let left = shown.not_after.duration_since(machine_time());
            desk.now().timestamp().checked_add(left).ok()
        }),
        recognised: Arc::new(move || standing.recognised()),
    }
}

async fn bind_if(door: &str, address: Option<&String>) -> anyhow::Result<Option<TcpListener>> {
    match address {
        Some(address) => Ok(Some(bind(door, address).await?)),
        None => Ok(None),
    }
}

async fn bind(door: &str, address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{door} cannot listen on {address}: give another address with --{door}")
    })
}

/// What tells the daemon to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate()).context("the signal SIGTERM")?,
            interrupt: signal(SignalKind::interrupt()).context("the signal SIGINT")?,
        })
    }

    async fn heard(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
