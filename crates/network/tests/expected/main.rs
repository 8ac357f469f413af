//! The worked examples that lie beside the network's rules, asked of the real functions.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod calendar;
mod cases;
mod due;
mod facts;
mod rules;
mod strange;

use std::path::PathBuf;

use network::Network;
use relire_network as network;

/// The network folder of the project.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../network")
}

fn network() -> Network {
    Network::read(&folder()).unwrap_or_else(|error| panic!("{error}"))
}

/// The rows of a CSV file, as maps from column to text.
fn table(name: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder().join(name)).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_network_is_read_whole() {
    let network = network();
    assert_eq!(network.branches.len(), 27);
    assert_eq!(network.categories.len(), 11);
    assert_eq!(network.documents.len(), 21);
    assert_eq!(network.sizes.len(), 27);
    assert_eq!(
        network.sizes.iter().map(|size| size.documents).sum::<u32>(),
        500_000
    );
    assert_eq!(network.calendar.openings.len(), 27);
    assert_eq!(network.policy.rules.len(), 29);
    assert_eq!(network.policy.limits.len(), 14);
    let vilb = network
        .branches
        .iter()
        .find(|branch| branch.code.as_str() == "VILB")
        .unwrap();
    assert_eq!(vilb.phone2.as_deref(), Some("06 87 69 86 21"));
    let stray = network
        .branches
        .iter()
        .find(|branch| branch.code.as_str() == "FOUQ")
        .unwrap();
    assert_eq!(stray.commune, "Fouquières-lèz- Lens");
}

#[test]
fn a_policy_survives_json() {
    let policy = network().policy;
    let json = serde_json::to_string(&policy).unwrap();
    let again: circulation::Policy = serde_json::from_str(&json).unwrap();
    assert_eq!(again, policy);
    assert_eq!(serde_json::to_string(&again).unwrap(), json);
}
