//! What the door counts.

use std::time::Duration;

use metrics::{counter, describe_counter, describe_histogram, histogram};

/// Describes the metrics: install the recorder before.
pub(crate) fn describe() {
    describe_counter!(
        "relire_ncip_messages_total",
        "NCIP questions, by service, version and outcome"
    );
    describe_counter!(
        "relire_ncip_problems_total",
        "NCIP problems answered, by service and type"
    );
    describe_counter!(
        "relire_ncip_unread_total",
        "documents that were no question, by what was wrong"
    );
    describe_counter!(
        "relire_ncip_strangers_total",
        "questions of nobody that is known, by why"
    );
    describe_histogram!("relire_ncip_seconds", "time to an answer, by service");
}

pub(crate) fn answered(
    service: &'static str,
    version: &'static str,
    outcome: &'static str,
    took: Duration,
) {
    counter!("relire_ncip_messages_total", "service" => service, "version" => version, "outcome" => outcome).increment(1);
    histogram!("relire_ncip_seconds", "service" => service).record(took.as_secs_f64());
}

/// The words are of the standard's lists: there are few.
pub(crate) fn problem(service: &'static str, kind: String) {
    counter!("relire_ncip_problems_total", "service" => service, "type" => kind).increment(1);
}

pub(crate) fn unread(why: &'static str) {
    counter!("relire_ncip_unread_total", "why" => why).increment(1);
}

pub(crate) fn stranger(why: &'static str) {
    counter!("relire_ncip_strangers_total", "why" => why).increment(1);
}
