//! Records joined on the pages, and parted again.

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_is_made_and_undone() {
    let served = Served::new().await;
    let one = served.town.item("LIV", "LENS").await.unwrap();
    let other = served.town.item("LIV", "VIMY").await.unwrap();
    let bib_of = async |barcode: &str| {
        let query = format!("SELECT bib_id FROM item WHERE barcode = '{barcode}'");
        served.count(&query).await
    };
    let (stays, goes) = (bib_of(&one).await, bib_of(&other).await);
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let doubt = format!(
        "WITH record AS (INSERT INTO source_record (branch, control_number, bib_id, format, body)
                         VALUES ('LENS', 'essai-1', {stays}, 'unimarc', '') RETURNING id)
         INSERT INTO doubt (kind, source_id, bib_id, other_bib, score, why, since)
         SELECT 'maybe', id, least({stays}, {goes}), greatest({stays}, {goes}), 830, '[\"title\", \"people\"]', now() FROM record"
    );
    served.town.store.run_sql(&doubt).await.unwrap();
    let number = served.count("SELECT max(number) FROM doubt").await;

    let rights = ["circulate", "hold", "patron.read", "catalogue.merge"];
    let mut browser = served.staff("anne", &rights).await;
    let hold = [
        ("card", reader.card.as_str()),
        ("barcode", &other),
        ("pickup", "LENS"),
    ];
    browser.post("/staff/hold", &hold);
    let list = browser.get("/staff/work/records");
    assert!(list.page.contains("83 %"), "{}", list.page);
    let (stay, go) = (stays.to_string(), goes.to_string());
    let decision = [
        ("how", "merge"),
        ("from", go.as_str()),
        ("to", stay.as_str()),
    ];
    let decided = browser.post(&format!("/staff/work/records/{number}"), &decision);
    assert_eq!(decided.status, 303, "{decided:?}");
    assert_eq!(bib_of(&other).await, stays);
    let waits = format!("SELECT count(*) FROM hold WHERE bib_id = {stays} AND closed_at IS NULL");
    assert_eq!(served.count(&waits).await, 1);

    let moves = browser.get("/staff/work/moves");
    assert!(moves.page.contains("Anne Onyme"), "{}", moves.page);
    let id = served.count("SELECT max(id) FROM bib_move").await;
    let undo = format!("/staff/work/moves/{id}/undo");
    assert_eq!(browser.post(&undo, &[]).status, 303);
    assert_eq!((bib_of(&one).await, bib_of(&other).await), (stays, goes));
    assert_eq!(served.count(&waits).await, 0);
    // Once: the second time there is nothing to undo, and it says so.
    let again = browser.post(&undo, &[]);
    assert!(again.page.contains("Rien n’a été fait"), "{}", again.page);
    let back = browser.post(
        &format!("/staff/work/records/{number}"),
        &[("how", "merge"), ("from", "1"), ("to", "999999999")],
    );
    assert!(back.page.contains("Rien n’a été fait"), "{}", back.page);
}
