//! Strangers whose questions go to the database in one statement.

use super::{all_at_once, assert_sound, two_daemons};

const KIOSKS: usize = 24;

/// One loan of many trips over a fault of the database: it alone is told so, the others are lent.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_costs_only_the_one_at_fault() {
    let (_database, towns) = two_daemons().await;
    let town = &towns[0];
    let barcodes = town.items("LIV", "LENS", KIOSKS).await.unwrap();
    let bad = &barcodes[KIOSKS / 2];
    let fault = format!(
        "DO $$ BEGIN EXECUTE format('ALTER TABLE custody ADD CONSTRAINT out_of_order
            CHECK (kind <> ''loan'' OR item_id <> %s) NOT VALID',
            (SELECT id FROM item WHERE barcode = '{bad}')); END $$"
    );
    town.store.run_sql(&fault).await.unwrap();

    let mut tasks = Vec::new();
    for barcode in &barcodes {
        let kiosk = town.kiosk("LENS").await.unwrap();
        let reader = town.reader("ADU", "LENS").await.unwrap();
        let ask = town.checkout(&kiosk, &reader, barcode);
        let (town, barcode) = (town.clone(), barcode.clone());
        tasks.push(async move { (barcode, town.desk.checkout(ask).await) });
    }
    for (barcode, answer) in all_at_once(tasks).await {
        match answer {
            Ok(answer) => assert!(answer.outcome.is_ok() && barcode != *bad, "{barcode}"),
            Err(error) => {
                assert_eq!(barcode, *bad, "{error}");
                assert!(error.to_string().contains("out_of_order"), "{error}");
            }
        }
    }
    let lent = "SELECT count(*) FROM custody WHERE kind = 'loan' AND until IS NULL";
    assert_eq!(town.store.count(lent).await.unwrap(), KIOSKS as i64 - 1);
    assert_sound(town).await;
}

/// Questions that lead nowhere beside questions that lead somewhere: each gets its own answer.
#[tokio::test(flavor = "multi_thread")]
async fn every_question_gets_its_own_answer() {
    let (_database, towns) = two_daemons().await;
    let town = &towns[0];
    let barcodes = town.items("LIV", "LENS", KIOSKS).await.unwrap();
    let kiosk = town.kiosk("LENS").await.unwrap();
    let mut tasks = Vec::new();
    for (number, barcode) in barcodes.iter().enumerate() {
        let reader = town.reader("ADU", "LENS").await.unwrap();
        let mut ask = town.checkout(&kiosk, &reader, barcode);
        match number % 3 {
            1 => ask.card = "9999999999999".into(),
            2 => ask.barcode = format!("nothing-{number}"),
            _ => {}
        }
        let (town, expected) = (town.clone(), number % 3);
        tasks.push(async move { (expected, town.desk.checkout(ask).await.unwrap()) });
    }
    for (expected, answer) in all_at_once(tasks).await {
        let told = answer
            .outcome
            .as_ref()
            .err()
            .map(|refused| refused.headline().code());
        assert_eq!(
            told,
            [None, Some("card_unknown"), Some("item_unknown")][expected]
        );
    }
    let lent = "SELECT count(*) FROM custody WHERE kind = 'loan' AND until IS NULL";
    assert_eq!(town.store.count(lent).await.unwrap(), KIOSKS as i64 / 3);
}
