//! Metrics: what is asked, how it went, how long it took.

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};

const REQUESTS: &str = "relire_sru_requests_total";
const SECONDS: &str = "relire_sru_seconds";

pub(crate) fn describe() {
    describe_counter!(REQUESTS, "SRU requests by operation and outcome");
    describe_histogram!(
        SECONDS,
        Unit::Seconds,
        "Time from a request to its answer, by operation"
    );
}

pub(crate) fn answered(operation: &'static str, refused: bool, took: Duration) {
    let outcome = if refused { "refused" } else { "done" };
    counter!(REQUESTS, "operation" => operation, "outcome" => outcome).increment(1);
    histogram!(SECONDS, "operation" => operation).record(took.as_secs_f64());
}
