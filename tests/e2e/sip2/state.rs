//! Items that are lost, found, damaged and withdrawn, and cards that are replaced, as machines then see them.

use circulation::{Condition, Overrides, Refusal, Right};
use desk::{Actor, CardAsk, CheckoutAsk, DeclareAsk};
use store::NewStaff;
use testkit::field;

use super::{DATE, Served, checkin, checkout, holds::hold};

async fn declare(served: &Served, barcode: &str, condition: Condition) -> bool {
    let kiosk = served.town.kiosk("LENS").await.unwrap();
    let ask = DeclareAsk {
        actor: Actor::kiosk(&kiosk),
        barcode: barcode.to_owned(),
        condition,
        at: served.town.now().clone(),
    };
    let answer = served.town.desk.declare(ask).await.unwrap();
    answer.outcome.is_ok()
}

fn status(item: &str) -> String {
    format!("17{DATE}AO|AB{item}|AC|")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_lost_on_loan_comes_back_and_is_good_again() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    assert!(
        lens.ask(&checkout(&reader.card, &book))
            .unwrap()
            .starts_with("121")
    );
    assert!(
        !declare(&served, &book, Condition::Withdrawn).await,
        "it is lent"
    );
    assert!(declare(&served, &book, Condition::Lost).await);
    assert!(lens.ask(&status(&book)).unwrap().starts_with("1812"));
    // It turns up in the return slot: the loan ends, and a person looks at it.
    let back = lens.ask(&checkin(&book)).unwrap();
    assert!(back.starts_with("101"), "{back}");
    assert_eq!(field(&back, 24, "CV"), Some("99"), "{back}");
    assert!(
        lens.ask(&checkout(&reader.card, &book))
            .unwrap()
            .starts_with("120")
    );
    assert!(declare(&served, &book, Condition::Good).await);
    assert!(lens.ask(&status(&book)).unwrap().starts_with("1803"));
    assert!(
        lens.ask(&checkout(&reader.card, &book))
            .unwrap()
            .starts_with("121")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_is_set_aside_no_longer_and_the_withdrawn_is_nowhere() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let books = served.town.items("LIV", "LENS", 2).await.unwrap();
    let (book, other) = (&books[0], &books[1]);
    let mut lens = served.kiosk("LENS");
    assert!(
        lens.ask(&hold('+', &reader.card, book, "LENS"))
            .unwrap()
            .starts_with("161")
    );
    assert!(lens.ask(&checkin(book)).unwrap().contains("|CV01"));
    assert!(declare(&served, book, Condition::Damaged).await);
    assert!(lens.ask(&status(book)).unwrap().starts_with("1801"));
    // The hold waits on, and the other copy serves it.
    assert!(lens.ask(&checkin(other)).unwrap().contains("|CV01"));

    assert!(declare(&served, book, Condition::Withdrawn).await);
    assert!(lens.ask(&checkin(book)).unwrap().starts_with("100"));
    assert!(declare(&served, book, Condition::Good).await);
    assert!(lens.ask(&status(book)).unwrap().starts_with("1803"));
    assert_eq!(served.town.store.lost_items().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_lend_past_a_hold_leaves_the_hold_waiting() {
    let served = Served::new().await;
    let town = &served.town;
    let (waiting, other) = (
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "LENS").await.unwrap(),
    );
    let book = town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    assert!(
        lens.ask(&hold('+', &waiting.card, &book, "LENS"))
            .unwrap()
            .starts_with("161")
    );
    assert!(lens.ask(&checkin(&book)).unwrap().contains("|CV01"));

    let new = NewStaff {
        login: "chef".into(),
        password_hash: String::new(),
        name: "Chef".into(),
        branch: other.branch,
        rights: vec![("override.item".into(), None)],
        roles: Vec::new(),
        at: town.now().timestamp(),
    };
    town.store.add_staff(&new).await.unwrap();
    let user = town
        .store
        .session()
        .await
        .unwrap()
        .staff_user("chef")
        .await
        .unwrap();
    let overrides = Overrides {
        rights: [Right::Item].into(),
        reason: Some("urgence".into()),
        ..Overrides::none()
    };
    let kiosk = town.kiosk("LENS").await.unwrap();
    let ask = CheckoutAsk {
        actor: Actor::staff(&user.unwrap(), other.branch, overrides).unwrap(),
        ..town.checkout(&kiosk, &other, &book)
    };
    let lent = town.desk.checkout(ask).await.unwrap();
    assert!(lent.outcome.is_ok(), "{:?}", lent.outcome);
    let told = lens
        .ask(&format!(
            "63002{DATE}     Y    AOLENS|AA{}|AC|AD|",
            waiting.card
        ))
        .unwrap();
    assert_eq!(&told[57..61], "0001", "it waits on: {told}");
    assert!(
        lens.ask(&checkin(&book)).unwrap().contains("|CV01"),
        "and is served next"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_card_opens_nothing_and_the_new_one_opens_the_same_account() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let books = served.town.items("LIV", "LENS", 2).await.unwrap();
    let mut lens = served.kiosk("LENS");
    assert!(
        lens.ask(&checkout(&reader.card, &books[0]))
            .unwrap()
            .starts_with("121")
    );
    let kiosk = served.town.kiosk("LENS").await.unwrap();
    let replaced = served
        .town
        .desk
        .replace_card(CardAsk::lost(
            &Actor::kiosk(&kiosk),
            &reader.card,
            "2629999999999",
            served.town.now(),
        ))
        .await
        .unwrap();
    assert_eq!(replaced.outcome, Ok(()));
    let refused = lens.ask(&checkout(&reader.card, &books[1])).unwrap();
    assert!(refused.starts_with("120"), "{refused}");
    let lent = lens.ask(&checkout("2629999999999", &books[1])).unwrap();
    assert!(lent.starts_with("121"), "{lent}");
    let told = lens
        .ask(&format!(
            "63002{DATE}  Y       AOLENS|AA2629999999999|AC|AD|"
        ))
        .unwrap();
    assert_eq!(&told[45..49], "0002", "both loans: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_card_with_anothers_number_is_refused_and_the_old_one_stays_good() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let other = served.town.reader("ADU", "LENS").await.unwrap();
    let books = served.town.items("LIV", "LENS", 2).await.unwrap();
    let kiosk = served.town.kiosk("LENS").await.unwrap();
    let replaced = served
        .town
        .desk
        .replace_card(CardAsk::lost(
            &Actor::kiosk(&kiosk),
            &reader.card,
            &other.card,
            served.town.now(),
        ))
        .await
        .unwrap();
    assert_eq!(replaced.outcome, Err(Refusal::CardTaken.into()));
    let mut lens = served.kiosk("LENS");
    for (card, book) in [(&reader.card, &books[0]), (&other.card, &books[1])] {
        let lent = lens.ask(&checkout(card, book)).unwrap();
        assert!(lent.starts_with("121"), "{lent}");
    }
    for number in ["", "26 29", &"9".repeat(41)] {
        let desk = &served.town.desk;
        let kiosk = Actor::kiosk(&kiosk);
        let ask = CardAsk::lost(&kiosk, &reader.card, number, served.town.now());
        let refused = desk.replace_card(ask).await.unwrap().outcome.unwrap_err();
        assert_eq!(refused.all()[0].code(), "value_wrong", "{number:?}");
    }
}
