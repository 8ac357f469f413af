//! One payment that is sent many times at once.

use std::sync::Arc;

use desk::{Actor, ChargeAsk, FeeKind, PayAsk, RequestKey, Settled};
use testkit::{Reader, Town};

use super::{ROUNDS, TWIN_ROUNDS, all_at_once, holds::unlockable, two_daemons};

/// As impatient as a pay station whose answers are lost.
const TIMES: usize = 8;

/// Sends one payment of one euro so many times at once; how many are in the book.
async fn pay(towns: &[Arc<Town>; 2], reader: &Reader, round: usize) -> i64 {
    let kiosk = towns[0].kiosk("LENS").await.unwrap();
    let actor = Actor::kiosk(&kiosk);
    let owed = ChargeAsk::of(&actor, &reader.card, FeeKind::Card, 300, towns[0].now());
    let fee = towns[0]
        .desk
        .charge(owed)
        .await
        .unwrap()
        .outcome
        .unwrap()
        .fee;
    let tasks = (0..TIMES).map(|time| {
        let town = towns[time % 2].clone();
        let ask = PayAsk {
            actor: actor.clone(),
            how: Settled::Paid,
            card: reader.card.clone(),
            cents: 100,
            fee: Some(fee),
            key: Some(RequestKey::new(kiosk.id, &["37", &round.to_string()])),
            at: town.now().clone(),
        };
        async move { town.desk.pay(ask).await.unwrap() }
    });
    for answer in all_at_once(tasks).await {
        assert_eq!(
            answer.outcome.map(|paid| paid.cents),
            Ok(100),
            "round {round}"
        );
    }
    let booked = format!("SELECT count(*) FROM ledger WHERE fee_id = {fee}");
    towns[0].store.count(&booked).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_sent_many_times_at_once_is_taken_once() {
    let (_database, towns) = two_daemons().await;
    let reader = towns[0].reader("ADU", "LENS").await.unwrap();
    for round in 0..ROUNDS {
        assert_eq!(pay(&towns, &reader, round).await, 1, "round {round}");
    }
}

/// Without the household's guard and the key that is there once.
#[tokio::test(flavor = "multi_thread")]
async fn without_guard_and_key_it_is_taken_again() {
    let (_database, towns) = two_daemons().await;
    let reader = towns[0].reader("ADU", "LENS").await.unwrap();
    let careless =
        unlockable("household") + "ALTER TABLE payment DROP CONSTRAINT payment_request_key_key;";
    towns[0].store.run_sql(&careless).await.unwrap();
    for round in 0..TWIN_ROUNDS {
        if pay(&towns, &reader, round).await > 1 {
            return;
        }
    }
    panic!("the twin never took a payment twice: this race proves nothing");
}
