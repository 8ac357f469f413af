//! How well the union is found: generated catalogues of 27 libraries against what they were
//! generated from. `cargo xtask bench union` builds and runs it.
//!
//! The truth is read only to count. See docs/union.md for what the figures mean.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measuring tool, on the standard output"
)]

#[path = "evaluate/catalogue.rs"]
mod catalogue;
#[path = "evaluate/clusters.rs"]
mod clusters;
#[path = "evaluate/count.rs"]
mod count;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use crate::{catalogue::Catalogue, clusters::Clusters};

fn main() -> ExitCode {
    let Some(folder) = folder() else {
        eprintln!(
            "left out: union: shared/catalogue with its generator is not here, and no --corpus was named"
        );
        return ExitCode::SUCCESS;
    };
    let read = Instant::now();
    let catalogue = Catalogue::read(&folder);
    let seconds = read.elapsed().as_secs_f64();
    println!(
        "{}: {} records, read and signed in {seconds:.1} s",
        folder.display(),
        catalogue.records.len()
    );
    catalogue.sizes();
    for (order, second_look) in [
        ("sorted", false),
        ("sorted", true),
        ("reverse", true),
        ("shuffled", true),
    ] {
        let start = Instant::now();
        let clusters = Clusters::build(&catalogue.records, &catalogue.order(order), second_look);
        let seconds = start.elapsed().as_secs_f64();
        let rate = catalogue.records.len() as f64 / seconds;
        println!(
            "\n# order: {order}, second look: {second_look}: {seconds:.1} s, {rate:.0} records/s"
        );
        let found = count::report(&catalogue, &clusters, order == "sorted" && second_look);
        println!(
            "{order}: precision {:.5}, recall {:.5}, bibs with several volumes {}",
            found.precision, found.recall, found.volumes_joined
        );
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default();
        println!(
            "\nmost memory at a time: {}",
            peak.trim_start_matches("VmHWM:").trim()
        );
    }
    ExitCode::SUCCESS
}

/// `--corpus DIR`, or what the generator makes of `--records N --seed N`.
fn folder() -> Option<PathBuf> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    if let Some(corpus) = value("--corpus") {
        return Some(corpus.into());
    }
    let shared = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/catalogue/build/make_corpus.py"
    );
    let records: usize = value("--records").map_or(100_000, |text| text.parse().unwrap());
    let seed: u64 = value("--seed").map_or(7, |text| text.parse().unwrap());
    catalogue::generate(shared.as_ref(), records, seed)
}
