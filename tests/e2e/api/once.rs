//! A question with a key is done once.

use std::sync::Barrier;

use serde_json::json;

use super::Served;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_is_the_same_question() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let other = town.reader("ADU", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 2).await.unwrap();
    let lend = |card: &str, book: &str| json!({ "card": card, "barcode": book });

    let first = program.keyed("/loans", lend(&reader.card, &books[0]), "k");
    let again = program.keyed("/loans?trace=1", lend(&reader.card, &books[0]), "k");
    assert_eq!(first.fine()["replayed"], false);
    assert_eq!(again.fine()["replayed"], true);
    assert_eq!(first.json["event"], again.json["event"]);
    assert_eq!(first.json["outcome"], again.json["outcome"]);
    assert!(
        again.json["trace"][0]
            .as_str()
            .unwrap()
            .contains("loan_days")
    );
    // Another question under it, whoever and whatever it is about.
    program
        .keyed("/loans", lend(&reader.card, &books[1]), "k")
        .problem(409, "key-reused");
    // Another route, or another program, has keys of its own.
    let back = json!({ "barcode": books[0] });
    assert_eq!(
        program.keyed("/returns", back.clone(), "k").fine()["outcome"]["was_lent"],
        true
    );
    let beside = served.any().await;
    beside
        .keyed("/loans", lend(&other.card, &books[1]), "k")
        .fine();

    // The first program never got its answer, and asks again when the book is lent to somebody else.
    program.post("/loans", lend(&other.card, &books[0])).fine();
    let late = program.keyed("/returns", back, "k");
    assert_eq!(late.fine()["replayed"], true);
    assert_eq!(
        program.get(&format!("/items/{}", books[0])).fine()["place"]["at"],
        "loan"
    );
    // And the loan that it made is not made again once it is over.
    program
        .post("/returns", json!({ "barcode": books[0] }))
        .fine();
    let late = program.keyed("/loans", lend(&reader.card, &books[0]), "k");
    assert_eq!(late.fine()["replayed"], true);
    assert_eq!(
        program.get(&format!("/items/{}", books[0])).fine()["place"]["at"],
        "shelf"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_decided_anew_and_a_dry_run_is_not_kept() {
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let other = town.reader("ADU", "LENS").await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    assert!(town.lend(&other, &book).await.unwrap().outcome.is_ok());
    let lend = json!({ "card": reader.card, "barcode": book });
    program
        .keyed("/loans", lend.clone(), "k")
        .problem(409, "refused");
    assert!(town.take_back("LENS", &book).await.unwrap().outcome.is_ok());
    let dry = json!({ "card": reader.card, "barcode": book, "dry_run": true });
    program.keyed("/loans", dry, "k").fine();
    assert_eq!(program.keyed("/loans", lend, "k").fine()["replayed"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_are_one_loan() {
    const ASKED: usize = 20;
    let served = Served::new().await;
    let (program, town) = (served.any().await, &served.town);
    let reader = town.reader("ADU", "LENS").await.unwrap();
    for key in ["k", ""] {
        let book = town.item("LIV", "LENS").await.unwrap();
        let lend = json!({ "card": reader.card, "barcode": book });
        let start = Barrier::new(ASKED);
        let answers: Vec<_> = std::thread::scope(|scope| {
            let ask = || {
                start.wait();
                program.keyed("/loans", lend.clone(), key)
            };
            let asked: Vec<_> = (0..ASKED).map(|_| scope.spawn(ask)).collect();
            asked
                .into_iter()
                .map(|asked| asked.join().unwrap())
                .collect()
        });
        let done: Vec<_> = answers.iter().filter(|told| told.status == 200).collect();
        let made = done.iter().filter(|told| told.json["replayed"] == false);
        assert_eq!(made.count(), 1, "{key:?}");
        if key.is_empty() {
            assert_eq!(done.len(), 1);
            for told in answers.iter().filter(|told| told.status != 200) {
                let refused = told.problem(409, "refused");
                assert_eq!(refused["refusals"][0]["name"], "already_lent_to_you");
            }
        } else {
            assert_eq!(done.len(), ASKED);
            assert!(
                done.iter()
                    .all(|told| told.json["event"] == done[0].json["event"])
            );
        }
    }
}
