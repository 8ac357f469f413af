//! One item before many kiosks.

use testkit::Database;

use super::{ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound, two_daemons};

const KIOSKS: usize = 32;

/// Thirty-two kiosks lend one item to thirty-two readers: one loan, thirty-one polite refusals.
#[tokio::test(flavor = "multi_thread")]
async fn one_item_and_32_kiosks_make_one_loan() {
    let (_database, towns) = two_daemons().await;
    let mut kiosks = Vec::new();
    let mut readers = Vec::new();
    for _ in 0..KIOSKS {
        kiosks.push(towns[0].kiosk("LENS").await.unwrap());
        readers.push(towns[0].reader("ADU", "LENS").await.unwrap());
    }
    for round in 0..ROUNDS {
        let barcode = towns[0].item("LIV", "LENS").await.unwrap();
        let tasks = kiosks
            .iter()
            .zip(&readers)
            .enumerate()
            .map(|(number, (kiosk, reader))| {
                let town = towns[number % 2].clone();
                let ask = town.checkout(kiosk, reader, &barcode);
                async move { town.desk.checkout(ask).await }
            });
        let answers = all_at_once(tasks).await;
        let lent = answers
            .iter()
            .filter(|answer| answer.as_ref().unwrap().outcome.is_ok())
            .count();
        assert_eq!(lent, 1, "round {round}");
        let refused = answers
            .iter()
            .filter_map(|answer| answer.as_ref().unwrap().outcome.as_ref().err());
        for refused in refused {
            assert_eq!(
                refused.headline().code(),
                "lent_to_another",
                "round {round}"
            );
        }
        // The readers start the next round without a loan.
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

/// Loans, returns and renewals of a few items, all mixed: whatever wins, the items stay in one place.
#[tokio::test(flavor = "multi_thread")]
async fn loans_and_returns_at_once_leave_every_item_in_one_place() {
    let (_database, towns) = two_daemons().await;
    let kiosk = towns[0].kiosk("LENS").await.unwrap();
    let readers = [
        towns[0].reader("ADU", "LENS").await.unwrap(),
        towns[0].reader("ADU", "LENS").await.unwrap(),
    ];
    let barcodes = towns[0].items("LIV", "LENS", 3).await.unwrap();
    for _ in 0..ROUNDS {
        let tasks = (0..18).map(|number| {
            let town = towns[number % 2].clone();
            let (kiosk, reader) = (kiosk.clone(), readers[number / 3 % 2].clone());
            let barcode = barcodes[number % 3].clone();
            async move {
                match number / 6 {
                    0 => town
                        .desk
                        .checkout(town.checkout(&kiosk, &reader, &barcode))
                        .await
                        .map(|_| ()),
                    1 => town
                        .take_back("LENS", &barcode)
                        .await
                        .map(|_| ())
                        .map_err(|error| panic!("{error:#}")),
                    _ => town
                        .desk
                        .renew(town.renew(&kiosk, &reader, &barcode, None))
                        .await
                        .map(|_| ()),
                }
            }
        });
        for answer in all_at_once(tasks).await {
            answer.unwrap();
        }
    }
    assert_sound(&towns[0]).await;
}

/// The constraint alone: eight writers who look before they insert, without any guard.
async fn careless_writers(database: &Database, rounds: usize) -> i64 {
    let store = database.store().await.unwrap();
    store
        .run_sql(
            "INSERT INTO bib (title) VALUES ('t');
             CREATE FUNCTION careless(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
             BEGIN
                 IF NOT EXISTS (SELECT 1 FROM custody WHERE item_id = wanted AND until IS NULL) THEN
                     PERFORM pg_sleep(0.002);
                     INSERT INTO custody (item_id, kind, branch, since) VALUES (wanted, 'shelf', 'LENS', clock_timestamp());
                 END IF;
             EXCEPTION WHEN unique_violation OR exclusion_violation THEN NULL;
             END $$;",
        )
        .await
        .unwrap();
    let mut twice = 0;
    for round in 1..=rounds {
        let made = format!(
            "WITH item AS (INSERT INTO item (bib_id, barcode, issuing_branch, owner_branch, document, in_service, condition)
             VALUES (1, 'careless-{round}', 'LENS', 'LENS', 'LIV', '2020-01-01', 'withdrawn') RETURNING id) SELECT id FROM item"
        );
        let item = store.count(&made).await.unwrap();
        let writers = (0..8).map(|_| {
            let store = store.clone();
            async move { store.run_sql(&format!("SELECT careless({item})")).await }
        });
        for written in all_at_once(writers).await {
            written.unwrap();
        }
        let places =
            format!("SELECT count(*) FROM custody WHERE item_id = {item} AND until IS NULL");
        twice += i64::from(store.count(&places).await.unwrap() > 1);
    }
    twice
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_alone_keeps_careless_writers_from_putting_an_item_in_two_places() {
    let database = Database::network().await.unwrap();
    assert_eq!(careless_writers(&database, ROUNDS).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_index_and_exclusion_they_do() {
    let database = Database::network().await.unwrap();
    let store = database.store().await.unwrap();
    let without =
        "DROP INDEX custody_one_place; ALTER TABLE custody DROP CONSTRAINT custody_one_place_ever";
    store.run_sql(without).await.unwrap();
    assert!(careless_writers(&database, TWIN_ROUNDS / 10).await > 0);
}
