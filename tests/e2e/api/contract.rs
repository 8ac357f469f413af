//! Whether the API keeps to its document: Schemathesis asks everything that the document allows, and much that it does
//! not, and judges each answer. No server error, no answer that the document does not have, nothing allowed that is
//! taken for wrong, nothing wrong that is taken.

use std::{fs, process::Command};

use super::{Program, Served};

/// Below what a caller may ask in a second, so that nothing is refused for haste.
const HASTE: &str = "45/s";

fn judge(program: &Program, more: &[&str], settings: &str) {
    let python = std::env::var("RELIRE_TEST_PYTHON").expect(
        "RELIRE_TEST_PYTHON names a Python with the packages of tests/clients/requirements.txt: `cargo xtask test` sets it up",
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
    let output = Command::new(python)
        .current_dir(&folder)
        .args([
            "-c",
            "from schemathesis.cli import schemathesis; schemathesis()",
        ])
        .arg("run")
        .arg(format!("http://{}/api/v1/openapi.json", program.address))
        .args([
            "--header",
            &format!("Authorization: Bearer {}", program.token),
        ])
        .args(["--rate-limit", HASTE, "--seed", "1", "--no-color"])
        .args(["--generation-database", "none"])
        .args(more)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{failed}");
    // All of it was asked, and it did not merely find nothing to ask.
    let operations = program.get("/openapi.json").json["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|path| path.as_object().unwrap().len())
        .sum::<usize>();
    assert!(told.contains(&format!("Tested: {operations}\n")), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_everything_that_may_be_asked() {
    let served = Served::new().await;
    judge(&served.any().await, &["--max-examples", "5"], "");
}

/// What is there is asked of more often than chance would find it.
#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_there() {
    let served = Served::new().await;
    let program = served.any().await;
    let demo = |place: &str| {
        served
            .daemon
            .text(&format!("/demo{place}"))
            .unwrap()
            .to_owned()
    };
    let parameters = [
        ("card", demo("/patrons/0/card")),
        ("barcode", demo("/items/0/barcode")),
        ("bib", demo("/items/0/bib")),
        ("branch", "LENS".into()),
        ("event", "1".into()),
    ];
    let mut settings = String::from("[parameters]\n");
    for (name, value) in parameters {
        settings.push_str(&format!("\"path.{name}\" = \"{value}\"\n"));
    }
    judge(
        &program,
        &["--phases", "fuzzing", "--max-examples", "5"],
        &settings,
    );
}
