//! What is done at a desk, by a program.

use serde_json::json;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_s_life() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    let both = json!({ "card": reader.card, "barcode": book });

    let mut dry = both.clone();
    dry["dry_run"] = true.into();
    let told = program.post("/loans?trace=1", dry);
    assert_eq!(told.fine()["outcome"]["due"], "2026-07-07");
    assert_eq!(told.json["dry_run"], true);
    assert!(told.json["event"].is_null());
    assert!(
        told.json["trace"][0]
            .as_str()
            .unwrap()
            .contains("loan_days")
    );
    let item = program.get(&format!("/items/{book}"));
    assert_eq!(
        item.fine()["place"],
        json!({ "at": "shelf", "branch": "LENS" })
    );

    let lent = program.post("/loans", both.clone());
    assert_eq!(
        lent.fine()["outcome"],
        json!({ "due": "2026-07-07", "renewed": false })
    );
    assert!(lent.json["event"].is_i64() && lent.json.get("trace").is_none());
    let item = program.get(&format!("/items/{book}"));
    assert_eq!(item.fine()["place"]["at"], "loan");

    let renewed = program.post("/renewals", both.clone());
    assert_eq!(
        renewed.fine()["outcome"],
        json!({ "due": "2026-08-04", "renewed": true })
    );
    let refused = program.post("/renewals", both);
    assert_eq!(
        refused.problem(409, "refused")["refusals"][0]["name"],
        "renewals_used"
    );
    let all = program.post(
        "/renewals/all",
        json!({ "card": reader.card, "dry_run": true }),
    );
    let one = &all.fine()["outcome"]["loans"][0];
    assert_eq!(one["refusals"][0]["name"], "renewals_used");

    let other = town.item("LIV", "LENS").await.unwrap();
    let lend = json!({ "card": reader.card, "barcode": other });
    program.post("/loans", lend).fine();
    let mut undo = json!({ "barcode": other, "movement": "loan", "dry_run": true });
    assert!(program.post("/undo", undo.clone()).fine()["event"].is_null());
    undo["dry_run"] = false.into();
    program.post("/undo", undo.clone()).fine();
    program.post("/undo", undo.clone()).problem(409, "refused");
    undo["dry_run"] = true.into();
    program.post("/undo", undo).problem(409, "refused");
    let back = program.post("/returns", json!({ "barcode": book }));
    assert_eq!(back.fine()["outcome"]["was_lent"], true);
    let state = format!("/items/{book}/condition");
    program
        .post(&state, json!({ "condition": "damaged" }))
        .fine();
    assert_eq!(
        program.get(&format!("/items/{book}")).fine()["condition"],
        "damaged"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_s_life() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let copies = town.copies("LIV", &["LENS", "VIMY"]).await.unwrap();
    let place = json!({ "card": reader.card, "barcode": copies[0], "pickup": "LENS" });
    let placed = program.post("/holds", place.clone());
    let number = placed.fine()["outcome"]["hold"].as_i64().unwrap();
    assert_eq!(placed.json["outcome"]["before"], 0);
    program.post("/holds", place).problem(409, "refused");
    let neither = json!({ "card": reader.card });
    program.post("/holds", neither).problem(409, "unfit");
    let nowhere = json!({ "card": reader.card, "barcode": copies[1], "pickup": "NULLE" });
    program.post("/holds", nowhere).problem(409, "unfit");

    let list = program.get("/branches/LENS/pull-list?limit=100");
    let items = list.fine()["items"].as_array().unwrap();
    assert!(
        items.iter().any(|item| item["barcode"] == copies[0]),
        "{list:?}"
    );

    let path = format!("/holds/{number}");
    let json = "Content-Type: application/json\r\n";
    let changed = program.ask(
        "PATCH",
        &path,
        json,
        br#"{"pickup":"VIMY","paused_until":"2026-06-20"}"#,
    );
    assert_eq!(changed.fine()["outcome"]["pickup"], "VIMY");
    let file = program.get(&format!("/patrons/{}", reader.card));
    assert_eq!(file.fine()["holds"][0]["paused_until"], "2026-06-20");
    let changed = program.ask("PATCH", &path, json, br#"{"paused_until":null}"#);
    changed.fine();
    let file = program.get(&format!("/patrons/{}", reader.card));
    assert!(file.fine()["holds"][0]["paused_until"].is_null());
    program
        .ask("DELETE", &path, json, br#"{"dry_run":true}"#)
        .fine();
    program.ask("DELETE", &path, "", b"").fine();
    program
        .ask("DELETE", &path, "", b"")
        .problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_is_asked_for_paid_and_let_go() {
    let served = Served::new().await;
    let program = served.any().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let fee = json!({ "card": reader.card, "kind": "card", "cents": 300, "note": "Carte perdue" });
    let mut dry = fee.clone();
    dry["dry_run"] = true.into();
    assert!(program.post("/charges", dry).fine()["outcome"]["fee"].is_null());
    let charged = program.keyed("/charges", fee.clone(), "c-1");
    let number = charged.fine()["outcome"]["fee"].as_i64().unwrap();
    let again = program.keyed("/charges", fee, "c-1");
    assert_eq!(again.fine()["outcome"]["fee"], number);
    let pay = |cents: i64| json!({ "card": reader.card, "cents": cents, "fee": number });
    let more = program.post("/payments", pay(301));
    assert_eq!(
        more.problem(409, "refused")["refusals"][0]["name"],
        "less_owed"
    );
    let mut dry = pay(300);
    dry["dry_run"] = true.into();
    program.post("/payments", dry).fine();
    program.keyed("/payments", pay(100), "p-1").fine();
    let again = program.keyed("/payments", pay(100), "p-1");
    assert_eq!(again.fine()["replayed"], true);
    let file = program.get(&format!("/patrons/{}", reader.card));
    assert_eq!(file.fine()["owed_cents"], 200);
    let waived = json!({ "card": reader.card, "cents": 200, "how": "waived" });
    program.post("/payments", waived).fine();
    let file = program.get(&format!("/patrons/{}", reader.card));
    assert_eq!(file.fine()["owed_cents"], 0);
}
