//! One question many times at once, on two daemons.

use std::sync::Arc;

use desk::{HeldThing, HoldWish};

use super::{Partner, bring, serve};
use crate::races::{all_at_once, assert_sound};

const AT_ONCE: usize = 20;
const ROUNDS: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_bring_one_item() {
    let partner = Partner::new().await;
    let other = serve(&partner.database).await;
    for round in 1..=ROUNDS {
        let number = format!("R-{round}");
        let barcode = format!("PEB{round}");
        let tasks = (0..AT_ONCE).map(|at| {
            let desk = [&partner.served, &other][at % 2].desk.clone();
            let ask = partner.bring(&number, &[&barcode]);
            async move { desk.accept(ask).await.unwrap() }
        });
        let answers = all_at_once(tasks).await;
        let made = answers.iter().filter(|answer| !answer.replayed).count();
        assert_eq!(made, 1, "round {round}");
        let first = answers[0].outcome.clone().unwrap();
        for answer in answers {
            assert_eq!(answer.outcome.unwrap(), first, "round {round}");
        }
        assert_eq!(partner.rows().await, [round as i64; 4]);
        let aside = "SELECT count(*) FROM custody WHERE until IS NULL AND kind = 'hold_shelf'";
        assert_eq!(partner.count(aside).await, round as i64);
    }
    assert_sound(&partner.town).await;
}

/// Twenty readers are brought an item each, and all come with one barcode: one item has it.
#[tokio::test(flavor = "multi_thread")]
async fn one_barcode_at_once_is_one_item_s() {
    let partner = Partner::new().await;
    let other = serve(&partner.database).await;
    let town = Arc::new(&partner.town);
    let mut tasks = Vec::new();
    for at in 0..AT_ONCE {
        let reader = town.reader("ADU", "LENS").await.unwrap();
        let number = format!("R-{at}");
        let ask = bring(&town, &partner.terminal, &reader, &number, &["PEB"]);
        let desk = [&partner.served, &other][at % 2].desk.clone();
        tasks.push(async move { desk.accept(ask).await.unwrap().outcome.unwrap() });
    }
    let mut barcodes: Vec<_> = all_at_once(tasks)
        .await
        .into_iter()
        .map(|made| made.barcode)
        .collect();
    barcodes.sort();
    barcodes.dedup();
    assert_eq!(barcodes.len(), AT_ONCE);
    assert!(barcodes.contains(&"PEB".to_owned()));
    assert_sound(&partner.town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_place_one_hold() {
    let mut partner = Partner::new().await;
    // An institution may hold a title again: nothing but the number keeps it from that.
    partner.reader = partner.institution().await;
    let other = serve(&partner.database).await;
    for round in 1..=ROUNDS {
        let barcode = partner.town.item("LIV", "LENS").await.unwrap();
        let number = format!("Q-{round}");
        let tasks = (0..AT_ONCE).map(|at| {
            let desk = [&partner.served, &other][at % 2].desk.clone();
            let what = HeldThing::TitleOf(barcode.clone());
            let ask = partner.ask(HoldWish::Place, what, Some(&number));
            async move { desk.hold(ask).await.unwrap() }
        });
        let answers = all_at_once(tasks).await;
        let made = answers.iter().filter(|answer| !answer.replayed).count();
        assert_eq!(made, 1, "round {round}");
        let hold = answers[0].outcome.clone().unwrap().hold;
        for answer in answers {
            assert_eq!(answer.outcome.unwrap().hold, hold, "round {round}");
        }
        let holds = partner.count("SELECT count(*) FROM hold").await;
        assert_eq!(holds, round as i64);
    }
    assert_sound(&partner.town).await;
}
