//! Limits under bursts: one patron, a household, a class.

use std::sync::Arc;

use testkit::{Reader, Town};

use super::{ROUNDS, TWIN_ROUNDS, all_at_once, assert_sound, two_daemons};

/// Without the guard that every loan of a household moves: it is still checked, and never moves.
const FREEZE_GUARD: &str = "
    CREATE FUNCTION hold_still() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.version := OLD.version; RETURN NEW; END $$;
    CREATE TRIGGER hold_still BEFORE UPDATE ON household FOR EACH ROW EXECUTE FUNCTION hold_still();";

/// Every item to one of the readers at once, at kiosks of the readers' branches; how many were lent.
async fn burst(
    towns: &[Arc<Town>; 2],
    readers: &[Reader],
    barcodes: &[String],
    limit: &str,
) -> usize {
    let mut kiosks = Vec::new();
    for reader in readers {
        kiosks.push(towns[0].kiosk(reader.branch.as_str()).await.unwrap());
    }
    let tasks = barcodes.iter().enumerate().map(|(number, barcode)| {
        let town = towns[number % 2].clone();
        let (reader, kiosk) = (
            &readers[number % readers.len()],
            &kiosks[number % readers.len()],
        );
        let ask = town.checkout(kiosk, reader, barcode);
        async move { town.desk.checkout(ask).await }
    });
    let mut lent = 0;
    let mut events = Vec::new();
    for answer in all_at_once(tasks).await {
        let answer = answer.unwrap();
        events.extend(answer.event.map(|event| event.to_string()));
        match answer.outcome {
            Ok(_) => lent += 1,
            Err(refused) => assert_eq!(refused.headline().rule(), Some(limit)),
        }
    }
    assert_eq!(events.len(), barcodes.len());
    let logged = format!(
        "SELECT count(*) FROM event WHERE id IN ({})",
        events.join(",")
    );
    let logged = towns[0].store.count(&logged).await.unwrap();
    assert_eq!(
        usize::try_from(logged),
        Ok(events.len()),
        "each is in the log, refusals too"
    );
    lent
}

async fn give_back(town: &Town, barcodes: &[String]) {
    for barcode in barcodes {
        assert!(
            town.take_back("LENS", barcode)
                .await
                .unwrap()
                .outcome
                .is_ok()
        );
    }
}

/// A visitor may have five documents. Twenty scans at once are five loans.
#[tokio::test(flavor = "multi_thread")]
async fn one_patron_and_20_checkouts_stop_at_the_limit() {
    let (_database, towns) = two_daemons().await;
    let readers = [towns[0].reader("TMP", "LENS").await.unwrap()];
    let barcodes = towns[0].items("LIV", "LENS", 20).await.unwrap();
    for round in 0..ROUNDS {
        assert_eq!(
            burst(&towns, &readers, &barcodes, "L-TMP").await,
            5,
            "round {round}"
        );
        give_back(&towns[0], &barcodes).await;
    }
    assert_sound(&towns[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_guard_that_never_moves_they_do_not() {
    let (_database, towns) = two_daemons().await;
    towns[0].store.run_sql(FREEZE_GUARD).await.unwrap();
    let readers = [towns[0].reader("TMP", "LENS").await.unwrap()];
    let barcodes = towns[0].items("LIV", "LENS", 20).await.unwrap();
    for _ in 0..TWIN_ROUNDS {
        if burst(&towns, &readers, &barcodes, "L-TMP").await > 5 {
            return;
        }
        give_back(&towns[0], &barcodes).await;
    }
    panic!("the limit held {TWIN_ROUNDS} times without its guard: this race proves nothing");
}

/// A family may have two video games. Three of its members at three branches at once get two.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_at_three_branches_shares_its_limit() {
    let (_database, towns) = two_daemons().await;
    let members = [("ADU", "LENS"), ("ADU", "GREN"), ("ADU", "VIMY")];
    let readers = towns[0].household(&members).await.unwrap();
    let barcodes = towns[0].items("JVI", "LENS", 6).await.unwrap();
    for round in 0..ROUNDS {
        assert_eq!(
            burst(&towns, &readers, &barcodes, "L-JVI").await,
            2,
            "round {round}"
        );
        give_back(&towns[0], &barcodes).await;
    }
    assert_sound(&towns[0]).await;
}

/// A class has one card and thirty pupils with a book in hand. All scan at once: all forty that the limit
/// allows are lent, nobody sees anything but a loan or the limit.
#[tokio::test(flavor = "multi_thread")]
async fn a_class_card_under_load_gets_all_that_it_may_have() {
    let (_database, towns) = two_daemons().await;
    let contact = towns[0]
        .household(&[("ADU", "LENS"), ("CLA", "LENS")])
        .await
        .unwrap();
    let class = [contact[1].clone()];
    let barcodes = towns[0].items("LIV", "LENS", 48).await.unwrap();
    for round in 0..ROUNDS / 4 {
        assert_eq!(
            burst(&towns, &class, &barcodes, "L-GROUP").await,
            40,
            "round {round}"
        );
        give_back(&towns[0], &barcodes).await;
    }
    assert_sound(&towns[0]).await;
}
