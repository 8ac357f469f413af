//! Answers that were lost: on the same connection, on a new one, after a restart of the daemon.

use testkit::{Daemon, field, protected};

use super::{Served, checkin, checkout, renew};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_message_with_the_same_sequence_number_is_answered_once_more_and_not_done_again() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    let message = protected(&checkout(&reader.card, &barcode), 5);
    lens.send(message.as_bytes()).unwrap();
    let first = lens.receive().unwrap();
    lens.send(message.as_bytes()).unwrap();
    assert_eq!(lens.receive().unwrap(), first);
    // 97: the same once more, without a sequence number.
    lens.send(b"97AZFEF5\r").unwrap();
    let resent = lens.receive().unwrap();
    assert_eq!(
        resent.split("AZ").next(),
        first.split("AY5AZ").next(),
        "{resent}"
    );
    assert!(!resent.contains("AY5"), "{resent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repetition_survives_a_new_connection_and_a_restart_while_its_loan_does() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    let message = checkout(&reader.card, &barcode);
    let first = served.kiosk("LENS").ask(&message).unwrap();
    let due = field(&first, 24, "AH").unwrap().to_owned();

    let second = served.kiosk("LENS").ask(&message).unwrap();
    assert!(second.starts_with("121N"), "no renewal: {second}");
    assert_eq!(field(&second, 24, "AH"), Some(due.as_str()));

    let Served {
        mut daemon,
        town,
        database,
    } = served;
    assert!(daemon.stop().unwrap());
    let served = Served {
        daemon: Daemon::demo(&database.url).unwrap(),
        town,
        database,
    };
    let third = served.kiosk("LENS").ask(&message).unwrap();
    assert!(third.starts_with("121N"), "no renewal: {third}");
    assert_eq!(field(&third, 24, "AH"), Some(due.as_str()));
    let loans =
        "SELECT count(*) FROM event WHERE kind = 'checkout' AND outcome = 'done' AND item_id =
                 (SELECT id FROM item WHERE barcode = '%')"
            .replace('%', &barcode);
    assert_eq!(served.town.store.count(&loans).await.unwrap(), 1);

    // Once the loan is over, the same words are a new wish.
    let mut lens = served.kiosk("LENS");
    assert!(lens.ask(&checkin(&barcode)).unwrap().starts_with("101"));
    assert!(lens.ask(&message).unwrap().starts_with("121N"));
    assert_eq!(served.town.store.count(&loans).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repetition_with_a_fresh_date_is_the_loan_of_the_last_minutes_and_no_renewal() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    let first = lens.ask(&checkout(&reader.card, &barcode)).unwrap();
    let later = checkout(&reader.card, &barcode).replace("110000", "110042");
    let second = lens.ask(&later).unwrap();
    assert!(second.starts_with("121N"), "{second}");
    assert_eq!(field(&second, 24, "AH"), field(&first, 24, "AH"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_that_comes_again_is_one_renewal() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    assert!(
        served
            .kiosk("LENS")
            .ask(&checkout(&reader.card, &barcode))
            .unwrap()
            .starts_with("121")
    );
    let first = served
        .kiosk("LENS")
        .ask(&renew(&reader.card, &barcode))
        .unwrap();
    let second = served
        .kiosk("LENS")
        .ask(&renew(&reader.card, &barcode))
        .unwrap();
    assert!(
        first.starts_with("301Y") && second.starts_with("301Y"),
        "{first} {second}"
    );
    assert_eq!(field(&second, 24, "AH"), field(&first, 24, "AH"));
}
