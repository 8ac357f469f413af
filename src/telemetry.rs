//! Logs on standard error, metrics in memory until somebody asks for them.

use std::io::IsTerminal;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::Log;

/// What is said unless somebody asks for more or less. Postgres's notices are about migrations done before.
const DEFAULT: &str = "info,sqlx::postgres::notice=warn";

/// Begins to log. A second call (in tests) changes nothing.
pub(crate) fn start_logging(log: &Log) -> anyhow::Result<()> {
    let filter = match &log.filter {
        Some(filter) => EnvFilter::try_new(filter)?,
        None => EnvFilter::try_from_env("RELIRE_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT)),
    };
    // What the index's library says below a warning is pages long, and may hold what records and questions hold.
    let filter = filter.add_directive("tantivy=warn".parse()?);
    let builder = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = if log.json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
    drop(started);
    Ok(())
}

/// Begins to count.
pub(crate) fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    // Latencies of a kiosk's answer: from half a millisecond to the second at which people wonder.
    let buckets = [
        0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
    ];
    Ok(PrometheusBuilder::new()
        .set_buckets(&buckets)?
        .install_recorder()?)
}
