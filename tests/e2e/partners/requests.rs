//! Holds by a partner's numbers, and by ours.

use circulation::Refusal;
use desk::{HeldThing, HoldAsk, HoldWish, Pause, RequestKind, RequestState};
use jiff::Timestamp;

use super::{Partner, refused};

const ACTIVE: &str = "SELECT count(*) FROM hold WHERE closed_at IS NULL";

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_answered_as_the_first_time_after_its_end_too() {
    let partner = Partner::new().await;
    let barcode = partner.town.item("LIV", "LENS").await.unwrap();
    let place = || {
        let what = HeldThing::TitleOf(barcode.clone());
        partner.ask(HoldWish::Place, what, Some("Q-1"))
    };
    let first = partner.hold(place()).await;
    let done = first.outcome.unwrap();
    let hold = done.hold.unwrap();
    let view = partner.view("Q-1").await;
    assert_eq!(
        (view.kind, view.state, view.hold, view.before),
        (RequestKind::Requested, RequestState::Waiting, hold, Some(0))
    );
    assert_eq!(view.barcode, None, "any copy will do");

    let again = partner.hold(place()).await;
    assert!(again.replayed);
    assert_eq!(again.outcome.unwrap().hold, done.hold);

    let cancel = partner.ask(HoldWish::Cancel, HeldThing::Hold(hold), None);
    partner.hold(cancel).await.outcome.unwrap();
    assert_eq!(partner.state("Q-1").await, RequestState::Ended);
    // The short memory of all questions has forgotten it; the number has not.
    partner
        .town
        .store
        .forget_requests(Timestamp::MAX, 1000)
        .await
        .unwrap();
    let late = partner.hold(place()).await;
    assert!(late.replayed);
    assert_eq!(late.outcome.unwrap().hold, done.hold);
    assert_eq!(partner.count(ACTIVE).await, 0);

    // Another number is another request.
    let what = HeldThing::TitleOf(barcode.clone());
    let next = partner.ask(HoldWish::Place, what, Some("Q-2"));
    assert!(!partner.hold(next).await.replayed);
    assert_eq!(partner.count(ACTIVE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_somebody_else_s_request_is_refused() {
    let partner = Partner::new().await;
    let barcode = partner.town.item("LIV", "LENS").await.unwrap();
    let other = partner.town.reader("ADU", "LENS").await.unwrap();
    let place = |number| {
        let what = HeldThing::TitleOf(barcode.clone());
        partner.ask(HoldWish::Place, what, Some(number))
    };
    partner.hold(place("Q-1")).await.outcome.unwrap();
    let rows = partner.rows().await;

    let of_other = HoldAsk {
        card: other.card,
        ..place("Q-1")
    };
    let no = refused(partner.hold(of_other).await);
    assert_eq!(no, [Refusal::RequestTaken]);
    assert_eq!(partner.rows().await, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_hold_of_several_is_cancelled_or_changed_by_its_number() {
    let mut partner = Partner::new().await;
    let copies = partner.town.copies("LIV", &["LENS", "LENS"]).await.unwrap();
    let own =
        partner.hold(partner.ask(HoldWish::Place, HeldThing::TitleOf(copies[0].clone()), None));
    let own = own.await.outcome.unwrap().hold.unwrap();

    partner.reader = partner.institution().await;
    let mut holds = Vec::new();
    for number in ["Q-1", "Q-2"] {
        let what = HeldThing::TitleOf(copies[0].clone());
        let placed = partner.hold(partner.ask(HoldWish::Place, what, Some(number)));
        holds.push(placed.await.outcome.unwrap().hold.unwrap());
    }
    assert_eq!(partner.view("Q-2").await.before, Some(2));

    let by_number = |wish, hold| partner.ask(wish, HeldThing::Hold(hold), None);
    let changed = HoldAsk {
        pickup: Some("VIMY".parse().unwrap()),
        ..by_number(HoldWish::Change(Pause::AsItWas), holds[1])
    };
    partner.hold(changed).await.outcome.unwrap();
    let pickups = (
        partner.view("Q-1").await.pickup,
        partner.view("Q-2").await.pickup,
    );
    assert_eq!((pickups.0.as_str(), pickups.1.as_str()), ("LENS", "VIMY"));

    partner
        .hold(by_number(HoldWish::Cancel, holds[1]))
        .await
        .outcome
        .unwrap();
    assert_eq!(partner.state("Q-1").await, RequestState::Waiting);
    assert_eq!(partner.state("Q-2").await, RequestState::Ended);
    let again = partner.hold(by_number(HoldWish::Cancel, holds[1])).await;
    assert_eq!(refused(again), [Refusal::NotHeld]);

    for hold in [own, 999_999_999] {
        for wish in [HoldWish::Cancel, HoldWish::Change(Pause::Over)] {
            let no = refused(partner.hold(by_number(wish, hold)).await);
            assert_eq!(no, [Refusal::NotHeld], "{hold}");
        }
    }
    assert_eq!(partner.count(ACTIVE).await, 2);
}
