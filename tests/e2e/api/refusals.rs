//! What is refused at a kiosk is refused here: in the same words, by the same rule; and lifted by the right it names.

use serde_json::json;
use testkit::field;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_reason_the_same_rule_and_what_lifts_it() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let visitor = town.reader("TMP", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 6).await.unwrap();
    for book in &books[..5] {
        assert!(town.lend(&visitor, book).await.unwrap().outcome.is_ok());
    }
    let at_kiosk = served
        .daemon
        .kiosk()
        .unwrap()
        .ask(&crate::sip2::checkout(&visitor.card, &books[5]))
        .unwrap();
    let said = field(&at_kiosk, 24, "AF").unwrap();
    let lend = json!({ "card": visitor.card, "barcode": books[5] });
    let told = program.post("/loans", lend.clone());
    let refused = told.problem(409, "refused");
    let reason = &refused["refusals"][0];
    assert_eq!(reason["name"], "limit");
    assert_eq!(reason["rule"], "L-TMP");
    assert_eq!(reason["right"], "override.limit");
    assert_eq!(reason["text"]["fr"], said);
    assert!(reason["text"]["en"].is_string() && reason["lifted_by"]["fr"].is_string());
    let trace = refused["trace"].as_array().unwrap();
    assert!(
        trace
            .iter()
            .any(|line| line.as_str().unwrap().contains("L-TMP"))
    );
    let event = refused["event"].as_i64().unwrap();
    assert_eq!(refused["instance"], format!("/api/v1/events/{event}"));
    let why = program.get(&format!("/events/{event}"));
    assert_eq!(why.fine()["told"][0]["fr"], said);
    assert_eq!(why.json["done"], false);

    let forced = |rights: &[&str], reason: &str| {
        let mut lend = lend.clone();
        lend["overrides"] = json!({ "rights": rights, "reason": reason });
        lend
    };
    program
        .post("/loans", forced(&["override.limit"], " "))
        .problem(403, "no-override");
    program
        .post("/loans", forced(&["override.block"], "une classe"))
        .problem(409, "refused");
    let plain = served.program(&["circulate"]).await;
    let no = plain.post("/loans", forced(&["override.limit"], "une classe"));
    assert_eq!(no.problem(403, "no-override")["action"], "override.limit");
    let lent = program.post("/loans", forced(&["override.limit"], "une classe"));
    let event = lent.fine()["event"].as_i64().unwrap();
    let why = program.get(&format!("/events/{event}"));
    assert_eq!(why.fine()["reason"], "une classe");
}
