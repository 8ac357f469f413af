//! A draft tried by a program: what its branch may know, in pages, and nobody named.

use serde_json::{Value, json};

use super::{Program, Served};
use crate::laboratory::{add_draft, shorter_films_at_lens};

impl Served {
    async fn films_draft(&self) -> i64 {
        let book = self.town.desk.rulebook();
        let policy = book.policy_on(self.town.today()).unwrap();
        let mut document = serde_json::to_value(policy.document()).unwrap();
        shorter_films_at_lens(&mut document);
        add_draft(&self.town.store, &document).await
    }
}

fn ready(program: &Program, path: &str) -> Value {
    loop {
        let told = program.post(path, json!({})).fine().clone();
        match told["state"].as_str().unwrap() {
            "running" | "busy" => {}
            state => {
                assert_eq!(state, "ready", "{told}");
                return told;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_tried_and_its_changes_paged_through() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    for barcode in served.town.items("DVD", "LENS", 3).await.unwrap() {
        let lent = served.town.lend(&reader, &barcode).await.unwrap();
        lent.outcome.unwrap();
    }
    let draft = served.films_draft().await;
    let path = format!("/policies/drafts/{draft}/laboratory");
    let program = served.program(&["policy"]).await;
    let none = program.get(&path).fine().clone();
    assert_eq!(
        (&none["state"], &none["report"]),
        (&"none".into(), &Value::Null)
    );
    let empty = program.get(&format!("{path}/cases"));
    assert_eq!(empty.fine()["items"], json!([]));

    let told = ready(&program, &path);
    assert_eq!(told["branch"], "LENS");
    let report = &told["report"];
    let films = served
        .town
        .store
        .count(
            "SELECT count(*) FROM custody WHERE until IS NULL AND kind = 'loan' AND branch = 'LENS' AND document = 'DVD'",
        )
        .await
        .unwrap();
    let due = report["by_kind"].as_array().unwrap().iter();
    let due = due.clone().find(|line| line["code"] == "due").unwrap();
    assert_eq!(due["losses"], films);
    assert!(films >= 3);
    assert_eq!(program.get(&path).fine()["report"], *report);

    let (mut seen, mut at) = (0, String::new());
    loop {
        let page = program
            .get(&format!("{path}/cases?limit=2{at}"))
            .fine()
            .clone();
        for case in page["items"].as_array().unwrap() {
            seen += 1;
            assert_eq!(
                (&case["branch"], &case["gain"]),
                (&"LENS".into(), &false.into())
            );
            assert!(!case.to_string().contains(&reader.card), "{case}");
            if case["kind"] == "due" {
                assert!(!case["trace_before"].as_array().unwrap().is_empty());
                assert_eq!(case["rule_after"], "X-LENS-DVD");
            }
        }
        let Some(next) = page["next"].as_str() else {
            break;
        };
        at = format!("&cursor={next}");
    }
    assert_eq!(report["total"]["losses"], seen);

    // Of what changes at Lens nobody elsewhere is told.
    let elsewhere = served.program_at("VIMY", &["policy"], Some("VIMY")).await;
    let told = ready(&elsewhere, &path);
    assert_eq!(
        (&told["branch"], &told["report"]["total"]["losses"]),
        (&"VIMY".into(), &0.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_draft_is_nothing() {
    let served = Served::new().await;
    let program = served.program(&["policy"]).await;
    for draft in [
        "0",
        "-1",
        "999999999",
        "99999999999999999999",
        "x",
        "1.5",
        "%00",
    ] {
        let path = format!("/policies/drafts/{draft}/laboratory");
        program.get(&path).problem(404, "not-found");
        program.post(&path, json!({})).problem(404, "not-found");
        program
            .get(&format!("{path}/cases"))
            .problem(404, "not-found");
    }
    let draft = served.films_draft().await;
    let path = format!("/policies/drafts/{draft}/laboratory");
    program
        .post(&path, json!({ "days": 9 }))
        .problem(422, "invalid");
    program
        .get(&format!("{path}/cases?limit=0"))
        .problem(400, "unreadable");
    program
        .get(&format!("{path}/cases?cursor=x"))
        .problem(409, "cursor");
    program
        .get(&format!("{path}/cases?side=gain"))
        .problem(400, "unreadable");
}
