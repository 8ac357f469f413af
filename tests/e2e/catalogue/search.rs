//! The catalogue as a person asks it in the terminal, beside a kiosk that lends.

use std::{
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use serde_json::Value;
use testkit::{Daemon, Database};

fn relire(database: &Database, folder: &Path, arguments: &[&str]) -> Output {
    Command::new(testkit::binary().unwrap())
        .args(arguments)
        .arg("--data")
        .arg(folder)
        .env("RELIRE_DATABASE_URL", &database.url)
        .env("RELIRE_LOG", "warn")
        .output()
        .unwrap()
}

/// What a search finds, as JSON.
fn found(database: &Database, folder: &Path, arguments: &[&str]) -> Value {
    let output = relire(
        database,
        folder,
        &[&["search", "--json"], arguments].concat(),
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn titles(found: &Value) -> Vec<&str> {
    let bibs = found["bibs"].as_array().unwrap();
    bibs.iter()
        .map(|bib| bib["title"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_readers_type_finds_what_they_mean() {
    let database = Database::demo().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // No daemon runs on this folder: the first search builds the index by itself.
    for (typed, first) in [
        ("oeuvre au noir", "L'Œuvre au noir"),
        ("l’oeuvre AU NOIR", "L'Œuvre au noir"),
        ("asterix gaulois", "Astérix le Gaulois"),
        ("harari", "Sapiens"),
        ("author:yourcenar AND title:noir", "L'Œuvre au noir"),
    ] {
        let found = found(&database, folder, &[typed]);
        assert_eq!(titles(&found)[0], first, "{typed}");
    }
    let nothing = found(&database, folder, &["xyzzyqwerty"]);
    assert_eq!(nothing["count"], 0);
    for (typed, told) in [("title:(dune AND", "title:(dune AND"), ("« »", "no word")] {
        let refused = relire(&database, folder, &["search", typed]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(told), "{said}");
    }
    let before = found(&database, folder, &["asterix", "--sort", "year"]);
    let built = relire(&database, folder, &["reindex"]);
    assert!(built.status.success());
    assert_eq!(
        found(&database, folder, &["asterix", "--sort", "year"]),
        before
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_at_a_kiosk_shows_at_once_and_a_change_within_seconds() {
    let database = Database::demo().await.unwrap();
    let daemon = Daemon::demo(&database.url).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let text = |pointer: &str| daemon.ready.pointer(pointer).unwrap().as_str().unwrap();
    let (barcode, card) = (
        text("/demo/items/0/barcode").to_owned(),
        text("/demo/patrons/0/card").to_owned(),
    );
    let query = format!("barcode:{barcode}");
    let available = || {
        let found = found(&database, folder, &[&query]);
        assert_eq!(found["count"], 1, "{query}");
        let lens = &found["bibs"][0]["availability"]["branches"]["LENS"];
        lens["available"].as_u64().unwrap()
    };
    let here = || found(&database, folder, &[&query, "--at", "LENS"])["count"].clone();
    let before = available();
    assert!(before > 0);
    assert_eq!(here(), 1);
    let mut kiosk = daemon.kiosk().unwrap();
    let lend =
        format!("11NN20260609    11000020260609    110000AOLENS|AA{card}|AB{barcode}|AC|BON|BIN|");
    let lent = kiosk.ask(&lend).unwrap();
    assert!(lent.starts_with("121"), "{lent}");
    assert_eq!(available(), before - 1);
    if before == 1 {
        assert_eq!(here(), 0);
    }
    let back = format!("09N20260609    11000020260609    110000APLENS|AOLENS|AB{barcode}|AC|BIN|");
    let back = kiosk.ask(&back).unwrap();
    assert!(back.starts_with("101"), "{back}");
    assert_eq!(available(), before);

    // What readers would find otherwise reaches the index by itself.
    let store = database.store().await.unwrap();
    let renamed = format!(
        "UPDATE item SET call_number = 'XQZ 42' WHERE barcode = '{barcode}' AND owner_branch = 'LENS'"
    );
    store.run_sql(&renamed).await.unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while found(&database, folder, &["callnumber:xqz"])["count"] == 0 {
        assert!(Instant::now() < deadline, "the change is not found");
    }
}
