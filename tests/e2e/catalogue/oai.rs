//! The OAI-PMH door, harvested by Sickle.

use std::{
    collections::BTreeMap,
    process::Command,
    time::{Duration, Instant},
};

use serde::Deserialize;
use testkit::{Daemon, Database};

#[derive(Deserialize)]
struct Copied {
    deleted: bool,
    sets: Vec<String>,
    at: String,
    title: Option<String>,
}

type Harvest = BTreeMap<String, Copied>;

fn harvest(daemon: &Daemon, arguments: &str) -> Harvest {
    let python = std::env::var("RELIRE_TEST_PYTHON").expect(
        "RELIRE_TEST_PYTHON names a Python with the packages of tests/clients/requirements.txt: `cargo xtask test` sets it up",
    );
    let output = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/clients/oai_client.py"
        ))
        .env("RELIRE_HTTP", daemon.text("/http").unwrap())
        .env("RELIRE_ARGUMENTS", arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The harvest once it is as expected: changes are dated within a second.
#[track_caller]
fn harvest_until(daemon: &Daemon, arguments: &str, expected: impl Fn(&Harvest) -> bool) -> Harvest {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let found = harvest(daemon, arguments);
        if expected(&found) {
            return found;
        }
        assert!(
            Instant::now() < deadline,
            "{} records, none as expected",
            found.len()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_harvest_is_the_catalogue_and_the_next_one_what_changed() {
    let database = Database::demo().await.unwrap();
    let daemon = Daemon::demo(&database.url).unwrap();
    let store = database.store().await.unwrap();
    let bibs = store.bib_count().await.unwrap();
    let all = harvest_until(&daemon, "{}", |all| all.len() as i64 == bibs);
    assert!(all.len() > 200, "more than two pages");
    assert!(all.values().all(|one| !one.deleted && one.title.is_some()));

    let of_lens = harvest(&daemon, r#"{"set": "branch:LENS"}"#);
    let in_set = |one: &&Copied| one.sets.iter().any(|set| set == "branch:LENS");
    assert_eq!(of_lens.len(), all.values().filter(in_set).count());
    assert!(of_lens.values().all(|one| in_set(&one)));
    assert!(harvest(&daemon, r#"{"set": "branch:NOWHERE"}"#).is_empty());

    // Two bibs are joined: one is gone and told so, the other has changed; nobody else has.
    let latest = all.values().map(|one| one.at.clone()).max().unwrap();
    let [gone, kept] = [0, 1].map(|at| all.keys().nth(at).unwrap().clone());
    let number = |identifier: &str| identifier.rsplit(':').next().unwrap().to_owned();
    let merged = Command::new(testkit::binary().unwrap())
        .args(["union", "merge", &number(&gone), &number(&kept)])
        .env("RELIRE_DATABASE_URL", &database.url)
        .env("RELIRE_LOG", "warn")
        .output()
        .unwrap();
    assert!(
        merged.status.success(),
        "{}",
        String::from_utf8_lossy(&merged.stderr)
    );
    let whole = harvest_until(&daemon, "{}", |all| all[&gone].deleted);
    assert_eq!(whole.len(), all.len(), "a tombstone stays in the list");
    assert!(whole[&kept].at > latest && whole[&gone].at > latest);
    let since = format!(r#"{{"from": "{}"}}"#, whole[&kept].at);
    let changed = harvest(&daemon, &since);
    assert_eq!(changed.keys().collect::<Vec<_>>(), [&gone, &kept]);
    let before = format!(r#"{{"until": "{latest}"}}"#);
    assert_eq!(harvest(&daemon, &before).len(), all.len() - 2);
}
