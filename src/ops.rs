//! What operators and their monitors ask: health, readiness, metrics. No personal data is here.

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use desk::Desk;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{net::TcpListener, time::timeout};
use tokio_util::sync::CancellationToken;

#[derive(Clone)]
struct Ops {
    desk: Arc<Desk>,
    metrics: PrometheusHandle,
    draining: CancellationToken,
}

/// Serves until told to stop; once `draining`, says so.
pub(crate) async fn run(
    listener: TcpListener,
    desk: Arc<Desk>,
    metrics: PrometheusHandle,
    draining: CancellationToken,
    shutdown: CancellationToken,
) -> std::io::Result<()> {
    let ops = Ops {
        desk,
        metrics,
        draining,
    };
    let router = Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(readiness))
        .route(
            "/metrics",
            get(async |State(ops): State<Ops>| ops.metrics.render()),
        )
        .with_state(ops);
    axum::serve(listener, router)
        .with_graceful_shutdown(shutdown.cancelled_owned())
        .await
}

/// Ready: the database answers and the daemon is not on its way out.
async fn readiness(State(ops): State<Ops>) -> (StatusCode, String) {
    if ops.draining.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n".into());
    }
    match timeout(Duration::from_secs(2), ops.desk.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n".into()),
        Ok(Err(error)) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database did not answer within 2 s\n".into(),
        ),
    }
}
