//! `expected-cases.csv`: worked examples of every kind.

mod due;
mod holds;
mod lateness;
mod limits;
mod recall;
mod renewal;
mod roles;
mod shelf;

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
fn no_example_is_left_out() {
    let asked = [
        "due", "roles", "renewal", "lateness", "recall", "hold", "shelf", "limits",
    ];
    let rows = table("expected-cases.csv");
    assert_eq!(rows.len(), 60);
    assert!(rows.iter().all(|row| asked.contains(&&*row["kind"])));
}
