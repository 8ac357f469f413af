//! A request beside its own repetition: one effect, one answer.

use desk::RequestKey;

use super::{ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound, two_daemons};

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_beside_its_repetition_is_one_loan() {
    let (_database, towns) = two_daemons().await;
    let kiosk = towns[0].kiosk("LENS").await.unwrap();
    let reader = towns[0].reader("ADU", "LENS").await.unwrap();
    for round in 0..ROUNDS {
        let barcode = towns[0].item("LIV", "LENS").await.unwrap();
        let key = RequestKey::new(
            kiosk.id,
            &["11", &reader.card, &barcode, "N", "N", &format!("{round}")],
        );
        let tasks = (0..4).map(|number| {
            let town = towns[number % 2].clone();
            let mut ask = town.checkout(&kiosk, &reader, &barcode);
            ask.key = Some(key);
            ask.renew_if_lent = true;
            async move { town.desk.checkout(ask).await }
        });
        let mut answers = Vec::new();
        for answer in all_at_once(tasks).await {
            answers.push(answer.unwrap());
        }
        let first = answers[0].outcome.clone().unwrap();
        assert!(!first.renewed, "round {round}");
        for answer in &answers {
            assert_eq!(answer.outcome.as_ref(), Ok(&first), "round {round}");
            assert_eq!(answer.event, answers[0].event, "round {round}: one event");
        }
        assert_eq!(
            answers.iter().filter(|answer| !answer.replayed).count(),
            1,
            "round {round}: done once"
        );
        assert!(
            towns[0]
                .take_back("LENS", &barcode)
                .await
                .unwrap()
                .outcome
                .is_ok()
        );
    }
    assert_sound(&towns[0]).await;
}

/// How many of two equal renewals at once were refused, though the renewal happened.
async fn refused_repetitions(keyed: bool, rounds: usize) -> usize {
    let (_database, towns) = two_daemons().await;
    let kiosk = towns[0].kiosk("LENS").await.unwrap();
    let reader = towns[0].reader("ADU", "LENS").await.unwrap();
    let mut refused = 0;
    for round in 0..rounds {
        let barcode = towns[0].item("LIV", "LENS").await.unwrap();
        assert!(
            towns[0]
                .lend(&reader, &barcode)
                .await
                .unwrap()
                .outcome
                .is_ok()
        );
        let key = keyed.then(|| {
            RequestKey::new(
                kiosk.id,
                &["29", &reader.card, &barcode, &format!("{round}")],
            )
        });
        let tasks = (0..2).map(|number| {
            let town = towns[number % 2].clone();
            let ask = town.renew(&kiosk, &reader, &barcode, key);
            async move { town.desk.renew(ask).await }
        });
        for answer in all_at_once(tasks).await {
            refused += usize::from(answer.unwrap().outcome.is_err());
        }
        let renewals = format!(
            "SELECT renewals::bigint FROM custody WHERE until IS NULL AND kind = 'loan'
             AND item_id = (SELECT id FROM item WHERE barcode = '{barcode}')"
        );
        assert_eq!(
            towns[0].store.count(&renewals).await.unwrap(),
            1,
            "round {round}: renewed once"
        );
        assert!(
            towns[0]
                .take_back("LENS", &barcode)
                .await
                .unwrap()
                .outcome
                .is_ok()
        );
    }
    assert_sound(&towns[0]).await;
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_beside_its_repetition_is_renewed_once_and_told_twice() {
    assert_eq!(refused_repetitions(true, ROUNDS).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_request_key_the_repetition_is_refused() {
    assert!(refused_repetitions(false, TWIN_ROUNDS / 10).await > 0);
}
