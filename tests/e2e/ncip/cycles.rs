//! Whole lending cycles, driven by partner systems that share no code with the server.
//!
//! No such client is in a package that could be installed; these were written from the field notes and from recorded
//! messages, apart from the server. Each sends every message twice and looks that the second changes nothing.

use std::{fs, path::Path, process::Command};

use super::Served;

/// Runs a partner of this kind, and holds every answer that it got to its schema.
async fn cycle(client: &str) {
    let served = Served::new().await;
    let folder = tempfile::tempdir().unwrap();
    let ready = folder.path().join("ready.json");
    fs::write(&ready, served.daemon.ready.to_string()).unwrap();
    let answers = folder.path().join("answers");
    fs::create_dir(&answers).unwrap();
    let program = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/clients/ncip")
        .join(client);
    let python = std::env::var("RELIRE_TEST_PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(python)
        .arg(program)
        .args(["--today", &testkit::CLOCK[..10]])
        .arg("--ready")
        .arg(&ready)
        .arg("--answers")
        .arg(&answers)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{client}: {said}\n{told}");
    let mut judged = 0;
    for entry in fs::read_dir(&answers).unwrap() {
        served
            .judge
            .valid(&fs::read_to_string(entry.unwrap().path()).unwrap());
        judged += 1;
    }
    assert!(judged >= 20, "{client} kept {judged} answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_whose_reader_is_ours() {
    cycle("broker_borrower.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_whose_reader_is_another_librarys() {
    cycle("broker_lender.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal() {
    cycle("portal.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_raw_socket_in_1_0() {
    cycle("socket_v1.py").await;
}
