//! Inventories and records for programs.

use serde_json::json;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_shelf_is_counted() {
    let served = Served::new().await;
    let program = served.program(&["inventory"]).await;
    let (here, there) = (
        served.town.item("LIV", "LENS").await.unwrap(),
        served.town.item("LIV", "VIMY").await.unwrap(),
    );
    let wrong = json!({ "first": "R Z", "last": "R A" });
    assert_eq!(
        program.post("/inventories", wrong).problem(409, "unfit")["field"],
        "last"
    );
    let begun = program.keyed("/inventories", json!({}), "rayons-1");
    let number = begun.fine()["outcome"]["inventory"].clone();
    let again = program.keyed("/inventories", json!({}), "rayons-1");
    assert_eq!(again.fine()["outcome"]["inventory"], number);
    let scans = format!("/inventories/{number}/scans");
    let scan = |barcode: &str| program.post(&scans, json!({ "barcode": barcode }));
    assert_eq!(
        scan(&here).fine()["outcome"]["found"]["finding"],
        "expected"
    );
    assert_eq!(
        scan(&there).fine()["outcome"]["found"],
        json!({ "finding": "elsewhere", "branch": "VIMY" })
    );
    assert_eq!(scan("nulle-part").fine()["outcome"]["title"], json!(null));
    let shown = program.get(&format!("/inventories/{number}"));
    assert_eq!(
        (&shown.fine()["scanned"], &shown.json["expected"]),
        (&json!(3), &json!(1))
    );
    let missing = program.get(&format!("/inventories/{number}/missing?limit=1"));
    assert_eq!(missing.fine()["items"].as_array().unwrap().len(), 1);
    assert!(missing.json["next"].is_string());
    let elsewhere = served
        .program_at("VIMY", &["inventory"], Some("VIMY"))
        .await;
    elsewhere
        .get(&format!("/inventories/{number}"))
        .problem(403, "missing-right");
    elsewhere
        .post(&scans, json!({ "barcode": here }))
        .problem(403, "missing-right");
    program
        .post(&format!("/inventories/{number}/close"), json!({}))
        .fine();
    scan(&here).problem(409, "refused");
    let listed = program.get("/inventories");
    assert!(listed.fine()["items"][0]["closed_at"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_titles_become_one_and_come_apart_again() {
    let served = Served::new().await;
    let program = served.program(&["catalogue.merge", "item.read"]).await;
    let mut bibs = Vec::new();
    for _ in 0..2 {
        let barcode = served.town.item("LIV", "LENS").await.unwrap();
        let item = program.get(&format!("/items/{barcode}"));
        bibs.push(item.fine()["bib"].as_i64().unwrap());
    }
    let merge = format!("/bibs/{}/merge", bibs[0]);
    let from = |bib: i64| json!({ "from": bib });
    program.post(&merge, from(bibs[0])).problem(409, "refused");
    program
        .post(&merge, from(999_999_999))
        .problem(409, "refused");
    let moved = program.keyed(&merge, from(bibs[1]), "reunir-1");
    assert_eq!(moved.fine()["outcome"]["items"], 1);
    let number = moved.json["outcome"]["number"].clone();
    assert_eq!(
        program.keyed(&merge, from(bibs[1]), "reunir-1").json["replayed"],
        true
    );
    let copies = program.get(&format!("/bibs/{}/copies", bibs[0]));
    assert_eq!(copies.fine()["items"].as_array().unwrap().len(), 2);
    let moves = program.get("/moves");
    assert_eq!(moves.fine()["items"][0]["number"], number);
    assert!(moves.json["items"][0]["staff"].is_string());
    let undo = format!("/moves/{number}/undo");
    program.post(&undo, json!({})).fine();
    program.post(&undo, json!({})).problem(404, "not-found");
    let copies = program.get(&format!("/bibs/{}/copies", bibs[0]));
    assert_eq!(copies.fine()["items"].as_array().unwrap().len(), 1);
    let none = json!({ "branch": "LENS", "number": "nulle-part" });
    program.post("/records/split", none).problem(409, "refused");
    program
        .post("/work-lists/records/999999999/apart", json!({}))
        .problem(404, "not-found");
}
