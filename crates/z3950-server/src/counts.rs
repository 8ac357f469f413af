//! Metrics: what is asked, how it went, how long it took.

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};

use crate::op::Told;

const REQUESTS: &str = "relire_z3950_requests_total";
const SECONDS: &str = "relire_z3950_seconds";
const ENDED: &str = "relire_z3950_ended_total";

pub(crate) fn describe() {
    describe_counter!(REQUESTS, "Z39.50 requests by service and outcome");
    describe_histogram!(
        SECONDS,
        Unit::Seconds,
        "Time from a request to its answer, by service"
    );
    describe_counter!(ENDED, "Z39.50 associations that ended, by why");
}

pub(crate) fn answered(told: Told, took: Duration) {
    counter!(REQUESTS, "service" => told.service, "outcome" => told.outcome).increment(1);
    histogram!(SECONDS, "service" => told.service).record(took.as_secs_f64());
}

pub(crate) fn ended(why: &'static str) {
    counter!(ENDED, "why" => why).increment(1);
}
