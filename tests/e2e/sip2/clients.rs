//! Independent clients in Python: see `tests/clients/`.

use std::process::Command;

use super::Served;

/// Runs a script against the demonstration; what it prints stands in the failure.
async fn run(script: &str) {
    let served = Served::new().await;
    let python = std::env::var("RELIRE_TEST_PYTHON")
        .expect("RELIRE_TEST_PYTHON names a Python with the packages of tests/clients/requirements.txt: `cargo xtask test` sets it up");
    let text = |path: &str| served.daemon.text(path).unwrap().to_owned();
    let barcodes: Vec<_> = served.daemon.ready["demo"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["barcode"].clone())
        .collect();
    let output = Command::new(python)
        .arg(format!(
            "{}/tests/clients/{script}",
            env!("CARGO_MANIFEST_DIR")
        ))
        .env("RELIRE_SIP2", text("/sip2"))
        .env("RELIRE_LOGIN", text("/demo/terminals/0/login"))
        .env("RELIRE_PASSWORD", text("/demo/terminals/0/password"))
        .env("RELIRE_BRANCH", text("/demo/terminals/0/branch"))
        .env(
            "RELIRE_PATRONS",
            served.daemon.ready["demo"]["patrons"].to_string(),
        )
        .env(
            "RELIRE_ITEMS",
            serde_json::Value::from(barcodes).to_string(),
        )
        .env("RELIRE_PID", served.daemon.pid().to_string())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{script}:\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_python_package_sip2_is_served() {
    run("pip_sip2.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pysip2_decodes_every_answer_strictly() {
    run("strict_pysip2.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_input_does_no_harm() {
    run("hostile.py").await;
}
