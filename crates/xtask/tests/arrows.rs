//! Which crate of ours may depend on which: the architecture, held by a test. A new arrow is a
//! decision, and is made here.
#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use serde_json::Value;

/// What one crate may depend on among ours: when built, and besides for its tests.
struct Arrows {
    normal: &'static [&'static str],
    dev: &'static [&'static str],
}

/// For what puts everything together.
const ANY: &[&str] = &["*"];
const NONE: &[&str] = &[];

#[rustfmt::skip]
const ALLOWED: &[(&str, Arrows)] = &[
    // Wire: bytes and messages, useful to others as it is.
    ("sip2",             Arrows { normal: NONE, dev: NONE }),
    ("marc",             Arrows { normal: NONE, dev: NONE }),
    // The neutral query tree: pure.
    ("query",            Arrows { normal: NONE, dev: NONE }),
    // The only index.
    ("catalogue",        Arrows { normal: &["marc", "query"], dev: NONE }),
    ("cql",              Arrows { normal: NONE, dev: NONE }),
    ("ncip",             Arrows { normal: NONE, dev: NONE }),
    ("sru",              Arrows { normal: &["cql"], dev: NONE }),
    ("z3950",            Arrows { normal: NONE, dev: NONE }),
    // Other systems' questions in the words of the tree: pure.
    ("questions",        Arrows { normal: &["cql", "query", "z3950"], dev: NONE }),
    // Rules: pure.
    ("circulation",      Arrows { normal: NONE, dev: NONE }),
    // Which records are one document: pure.
    ("union",            Arrows { normal: &["marc"], dev: NONE }),
    // A network's files, in the words of the rules.
    ("network",          Arrows { normal: &["circulation"], dev: NONE }),
    // Readers and loans of former systems.
    ("people",           Arrows { normal: &["circulation"], dev: NONE }),
    ("demo",             Arrows { normal: &["circulation", "network"], dev: NONE }),
    // A source's files, read.
    ("intake",           Arrows { normal: &["circulation", "marc"], dev: NONE }),
    // The only SQL. Tests run against a real database.
    ("store",            Arrows { normal: &["circulation", "network"], dev: &["private-postgres", "testkit"] }),
    // Use cases.
    ("desk",             Arrows { normal: &["catalogue", "circulation", "intake", "marc", "network", "query", "store", "union"], dev: &["private-postgres", "testkit"] }),
    // Doors know the desk and their wire: never the store, never each other.
    ("certificates",     Arrows { normal: NONE, dev: NONE }),
    ("listener",         Arrows { normal: NONE, dev: &["certificates"] }),
    ("z3950-server",     Arrows { normal: &["catalogue", "circulation", "cql", "desk", "marc", "query", "questions", "z3950"], dev: &["listener"] }),
    ("sru-server",       Arrows { normal: &["catalogue", "circulation", "cql", "desk", "marc", "query", "questions", "sru"], dev: NONE }),
    ("ncip-server",      Arrows { normal: &["circulation", "desk", "listener", "ncip"], dev: NONE }),
    ("staff",            Arrows { normal: &["circulation", "desk", "listener", "query"], dev: NONE }),
    ("sip2-server",      Arrows { normal: &["circulation", "desk", "listener", "sip2"], dev: &["testkit"] }),
    // Conversations with any server; apart from the wire crate on purpose.
    ("dialogue",         Arrows { normal: NONE, dev: NONE }),
    // A client with a face.
    ("kiosk",            Arrows { normal: &["sip2"], dev: &["testkit"] }),
    ("private-postgres", Arrows { normal: NONE, dev: NONE }),
    ("testkit",          Arrows { normal: &["circulation", "demo", "desk", "network", "private-postgres", "sip2", "store"], dev: NONE }),
    ("xtask",            Arrows { normal: &["private-postgres"], dev: NONE }),
    ("relire",           Arrows { normal: ANY, dev: ANY }),
    ("bench",            Arrows { normal: ANY, dev: ANY }),
    ("soak",             Arrows { normal: &["circulation", "desk", "network", "store", "testkit"], dev: NONE }),
];

/// Crates that stay pure name everything that they build on: a clock, a socket or a log does not
/// come in unseen.
#[rustfmt::skip]
const PURE: &[(&str, &[&str])] = &[
    ("sip2",        &["bytes", "nom"]),
    ("marc",        &["bytes", "memchr", "quick-xml", "serde", "unicode-normalization"]),
    ("union",       &["serde", "unicode-normalization"]),
    ("query",       &["serde", "thiserror"]),
    ("cql",         NONE),
    ("ncip",        &["jiff", "nom", "quick-xml"]),
    ("sru",         &["jiff", "quick-xml", "sha2"]),
    ("z3950",       &["bytes"]),
    ("questions",   NONE),
    ("dialogue",    &["jiff", "nom", "thiserror"]),
    ("circulation", &["jiff", "serde", "serde_json", "thiserror"]),
    ("intake",      &["bytes", "jiff", "serde", "sha2"]),
    ("network",     &["csv", "jiff", "serde", "serde_json", "thiserror", "toml"]),
    ("people",      &["csv", "jiff", "sha2", "strsim", "thiserror", "unicode-normalization"]),
];

/// One dependency: its name (ours without the prefix), and whether only tests have it.
struct Dependency {
    name: String,
    ours: bool,
    dev: bool,
}

#[test]
fn every_arrow_is_allowed() {
    let allowed: BTreeMap<_, _> = ALLOWED
        .iter()
        .map(|(name, arrows)| (*name, arrows))
        .collect();
    let mut wrong = Vec::new();
    for (name, dependencies) in packages() {
        let Some(arrows) = allowed.get(name.as_str()) else {
            wrong.push(format!(
                "{name} has no line in ALLOWED: say what it may depend on"
            ));
            continue;
        };
        for dependency in dependencies.iter().filter(|dependency| dependency.ours) {
            let may = |list: &[&str]| list == ANY || list.contains(&dependency.name.as_str());
            let allowed = may(arrows.normal) || dependency.dev && may(arrows.dev);
            if !allowed {
                let kind = if dependency.dev { " for its tests" } else { "" };
                wrong.push(format!("{name} → {}{kind}", dependency.name));
            }
        }
    }
    assert!(wrong.is_empty(), "not allowed:\n  {}", wrong.join("\n  "));
}

#[test]
fn pure_crates_build_on_nothing_else() {
    let packages = packages();
    let mut wrong = Vec::new();
    for (name, allowed) in PURE {
        for dependency in &packages[*name] {
            let foreign = !dependency.ours && !dependency.dev;
            if foreign && !allowed.contains(&dependency.name.as_str()) {
                wrong.push(format!("{name} → {}", dependency.name));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "not pure any more:\n  {}",
        wrong.join("\n  ")
    );
}

/// The packages of the workspace, by name without the prefix.
fn packages() -> BTreeMap<String, Vec<Dependency>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            (
                plain(package["name"].as_str().unwrap()),
                dependencies.iter().map(dependency).collect(),
            )
        })
        .collect()
}

fn dependency(value: &Value) -> Dependency {
    Dependency {
        name: plain(value["name"].as_str().unwrap()),
        // Only what lies in this repository has a path.
        ours: value["path"].is_string(),
        dev: value["kind"] == "dev",
    }
}

fn plain(name: &str) -> String {
    name.strip_prefix("relire-").unwrap_or(name).to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata failed");
    serde_json::from_slice(&output.stdout).unwrap()
}
