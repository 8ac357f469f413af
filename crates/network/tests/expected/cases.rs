//! `expected-cases.csv`: worked examples of every kind.

mod due;
mod lateness;
mod limits;
mod recall;
mod renewal;
mod roles;

use std::io::Write;

use serde::de::DeserializeOwned;

use super::table;

/// One worked example.
struct Example<G, E> {
    id: String,
    given: G,
    expected: E,
}

/// All examples of a kind, as many as there must be.
fn examples<G: DeserializeOwned, E: DeserializeOwned>(
    kind: &str,
    count: usize,
) -> Vec<Example<G, E>> {
    let rows = table("expected-cases.csv");
    let examples: Vec<_> = rows
        .iter()
        .filter(|row| row["kind"] == kind)
        .map(|row| Example {
            id: row["id"].clone(),
            given: serde_json::from_str(&row["given"]).unwrap(),
            expected: serde_json::from_str(&row["expected"]).unwrap(),
        })
        .collect();
    assert_eq!(examples.len(), count, "examples of kind {kind}");
    examples
}

#[test]
fn no_kind_is_left_out_unnoticed() {
    let asked = ["due", "roles", "renewal", "lateness", "recall", "limits"];
    let (asked_here, left_out): (Vec<_>, Vec<_>) = table("expected-cases.csv")
        .into_iter()
        .map(|row| row["kind"].clone())
        .partition(|kind| asked.contains(&kind.as_str()));
    // Past the capture of the test runner: who runs the tests is to read this.
    writeln!(
        std::io::stderr(),
        "left out: {} of {} examples of expected-cases.csv: those of holds and hold shelves, until there are holds",
        left_out.len(),
        asked_here.len() + left_out.len()
    )
    .unwrap();
    assert_eq!((asked_here.len(), left_out.len()), (48, 12));
    assert!(
        left_out
            .iter()
            .all(|kind| kind == "hold" || kind == "shelf"),
        "{left_out:?}"
    );
}
