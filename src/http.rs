//! The HTTP door: one address for all that speaks HTTP, within the listener's limits.

use std::{pin::pin, sync::Arc, time::Duration};

use axum::{Router, http::StatusCode, response::Redirect, routing::get};
use desk::Finder;
use hyper::{server::conn::http1, service::Service as _};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use listener::{Connection, Limits, Secured};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long a request may take to say what it wants, and an open connection to be silent.
const HEAD: Duration = Duration::from_secs(30);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 64 << 10;

/// All that is served. Whoever opens the bare address finds something to read.
pub(crate) fn router(
    finder: Finder,
    settings: sru_server::Settings,
    partners: Arc<ncip_server::Door>,
    staff: staff::Door,
) -> Router {
    sru_server::router(finder, settings)
        .merge(ncip_server::router(partners))
        .merge(staff::router(staff))
        .route("/", get(async || Redirect::to("/sru")))
        // Browsers ask for it by themselves, and tell of a fault where nothing answers.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
}

/// Serves until told to stop.
pub(crate) fn serve(
    listener: TcpListener,
    limits: Limits,
    router: Router,
    shutdown: CancellationToken,
) -> impl Future<Output = ()> + Send + 'static {
    listener::run(listener, limits, shutdown, move |connection| {
        one(connection, router.clone())
    })
}

/// One connection, with as many requests as it brings.
async fn one(connection: Connection, router: Router) {
    let Connection {
        stream,
        peer,
        secured,
        standing,
        shutdown,
        ..
    } = connection;
    // Doors behind which there are readers look at it.
    let origin = ncip_server::Origin {
        address: peer.ip(),
        encrypted: matches!(secured, Secured::Tls { .. }),
        certificate: match &secured {
            Secured::Tls { certificate } => certificate.as_ref().map(|shown| shown.fingerprint),
            Secured::Plain => None,
        },
    };
    let inner = TowerToHyperService::new(router);
    let staff = staff::Origin {
        address: origin.address,
        encrypted: origin.encrypted,
    };
    let service = hyper::service::service_fn(move |mut request: hyper::Request<_>| {
        standing.recognised();
        request.extensions_mut().insert(origin.clone());
        request.extensions_mut().insert(staff);
        inner.call(request)
    });
    let mut serving = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = shutdown.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "an HTTP connection ended");
    }
}
