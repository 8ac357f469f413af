//! What was said, for whoever looks into a partner's troubles.
//!
//! Switched on for one partner by its setting `transcript`, and for all of them by the log filter
//! `relire::ncip::transcript=debug`. Secrets are never in it, and persons are masked.

use tracing::{Level, enabled};

use crate::partner::Partner;

/// A question and its answer.
pub(crate) fn exchanged(partner: Option<&Partner>, question: &[u8], answer: &str) {
    let name = partner.map_or("-", Partner::login);
    if partner.is_some_and(|partner| partner.manners.transcript) {
        let (asked, told) = shown(question, answer);
        tracing::info!(target: "relire::ncip::transcript", partner = name, "< {asked}");
        tracing::info!(target: "relire::ncip::transcript", partner = name, "> {told}");
    } else if enabled!(target: "relire::ncip::transcript", Level::DEBUG) {
        let (asked, told) = shown(question, answer);
        tracing::debug!(target: "relire::ncip::transcript", partner = name, "< {asked}");
        tracing::debug!(target: "relire::ncip::transcript", partner = name, "> {told}");
    }
}

fn shown(question: &[u8], answer: &str) -> (String, String) {
    (
        ncip::masked(question, false),
        ncip::masked(answer.as_bytes(), false),
    )
}
