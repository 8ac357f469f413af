//! Every refusal names its rule, and `relire why` explains it.

use testkit::field;

use super::{Served, checkout, renew};

/// Asks, and expects a refusal whose screen message and explanation hold these words.
async fn refused(served: &Served, branch: &str, message: &str, fixed: usize, words: &[&str]) {
    let answer = served.kiosk(branch).ask(message).unwrap();
    assert_eq!(answer.get(2..3), Some("0"), "{answer}");
    let screen =
        field(&answer, fixed, "AF").unwrap_or_else(|| panic!("no message to the screen: {answer}"));
    for word in words {
        assert!(screen.contains(word), "{word:?} is not in {screen:?}");
    }
    let why = served.why(&answer);
    assert!(why.contains("refusé"), "{why}");
    for word in words {
        assert!(why.contains(word), "{word:?} is not in\n{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_named() {
    let served = Served::new().await;
    let town = &served.town;
    let visitor = town.reader("TMP", "LENS").await.unwrap();
    let books = town.items("LIV", "LENS", 6).await.unwrap();
    for book in &books[..5] {
        assert!(town.lend(&visitor, book).await.unwrap().outcome.is_ok());
    }
    refused(
        &served,
        "LENS",
        &checkout(&visitor.card, &books[5]),
        24,
        &["L-TMP", "5"],
    )
    .await;

    let family = town
        .household(&[("ADU", "LENS"), ("ADU", "GREN")])
        .await
        .unwrap();
    let games = town.items("JVI", "LENS", 3).await.unwrap();
    assert!(
        town.lend(&family[0], &games[0])
            .await
            .unwrap()
            .outcome
            .is_ok()
    );
    assert!(
        town.lend(&family[1], &games[1])
            .await
            .unwrap()
            .outcome
            .is_ok()
    );
    refused(
        &served,
        "LENS",
        &checkout(&family[0].card, &games[2]),
        24,
        &["L-JVI", "2"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_named() {
    let served = Served::new().await;
    let town = &served.town;
    let adult = town.reader("ADU", "LENS").await.unwrap();
    let reference = town.item("USU", "LENS").await.unwrap();
    refused(
        &served,
        "LENS",
        &checkout(&adult.card, &reference),
        24,
        &["R-USU"],
    )
    .await;
    let reader = town.item("LIS", "LENS").await.unwrap();
    refused(
        &served,
        "LENS",
        &checkout(&adult.card, &reader),
        24,
        &["R-LIS"],
    )
    .await;
    let magazine = town.item("REV", "LENS").await.unwrap();
    assert!(town.lend(&adult, &magazine).await.unwrap().outcome.is_ok());
    refused(
        &served,
        "LENS",
        &renew(&adult.card, &magazine),
        24,
        &["R-REV"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_numbers_and_other_peoples_loans_are_told_apart() {
    let served = Served::new().await;
    let town = &served.town;
    let (one, other) = (
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "LENS").await.unwrap(),
    );
    let book = town.item("LIV", "LENS").await.unwrap();
    assert!(town.lend(&one, &book).await.unwrap().outcome.is_ok());
    refused(
        &served,
        "LENS",
        &checkout(&other.card, &book),
        24,
        &["autre lecteur"],
    )
    .await;
    refused(&served, "LENS", &checkout("999", &book), 24, &["arte"]).await;
    refused(
        &served,
        "LENS",
        &checkout(&one.card, "999"),
        24,
        &["ocument"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_refuses_and_a_missing_one_does_not() {
    let served = Served::new().await;
    let book = served
        .daemon
        .text("/demo/items/0/barcode")
        .unwrap()
        .to_owned();
    let card = served
        .daemon
        .text("/demo/patrons/0/card")
        .unwrap()
        .to_owned();
    let pin = served
        .daemon
        .text("/demo/patrons/0/pin")
        .unwrap()
        .to_owned();
    let mut lens = served.kiosk("LENS");
    let with = |pin: &str| {
        format!(
            "11NN{}{}AOLENS|AA{card}|AB{book}|AC|AD{pin}|BON|BIN|",
            super::DATE,
            super::NO_DATE
        )
    };
    let wrong = lens.ask(&with("0000000")).unwrap();
    assert!(wrong.starts_with("120"), "{wrong}");
    let right = lens.ask(&with(&pin)).unwrap();
    assert!(right.starts_with("121"), "{right}");
    let status = lens
        .ask(&format!("23002{}AOLENS|AA{card}|AC|AD{pin}|", super::DATE))
        .unwrap();
    assert!(
        status.contains("|BLY|") && status.contains("CQY"),
        "{status}"
    );
    let status = lens
        .ask(&format!("23002{}AOLENS|AA{card}|AC|AD0000|", super::DATE))
        .unwrap();
    assert!(
        status.contains("|BLY|") && status.contains("CQN"),
        "{status}"
    );
}
