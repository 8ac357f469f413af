//! Money, blocks and remarks at machines.

use desk::{Actor, ChargeAsk, FeeKind};
use testkit::field;

use super::{DATE, Served};

fn paid(card: &str, amount: &str, fields: &str) -> String {
    format!("37{DATE}0100EURBV{amount}|AOLENS|AA{card}|AC|{fields}")
}

fn patron(card: &str, summary: &str) -> String {
    format!("63002{DATE}{summary:10}AOLENS|AA{card}|AC|AD|")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_taken_once_and_never_more_than_is_owed() {
    let served = Served::new().await;
    let town = &served.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let kiosk = town.kiosk("LENS").await.unwrap();
    let charge = async |kind, cents, note: &str| {
        let actor = Actor::kiosk(&kiosk);
        let ask = ChargeAsk {
            note: note.to_owned(),
            ..ChargeAsk::of(&actor, &reader.card, kind, cents, town.now())
        };
        town.desk.charge(ask).await.unwrap().outcome.unwrap().fee
    };
    let card = charge(FeeKind::Card, 200, "").await;
    let damage = charge(FeeKind::Damage, 550, "Couverture").await;
    let mut lens = served.kiosk("LENS");

    let told = lens.ask(&patron(&reader.card, "   Y")).unwrap();
    assert_eq!(field(&told, 61, "BV"), Some("7.50"), "{told}");
    assert_eq!(&told[49..53], "0002", "fine items: {told}");
    assert!(
        told.contains(&format!("|AV{card} 2.00 \"Carte\"|")),
        "{told}"
    );
    assert!(
        told.contains(&format!("|AV{damage} 5.50 \"Couverture\"|")),
        "{told}"
    );

    let too_much = lens.ask(&paid(&reader.card, "7.51", "BKone|")).unwrap();
    assert!(too_much.starts_with("38N"), "{too_much}");
    assert!(too_much.contains("7,50 €"), "{too_much}");
    // Sent three times, the last over a new connection: taken once.
    for _ in 0..2 {
        let taken = lens.ask(&paid(&reader.card, "3.00", "BKtwo|")).unwrap();
        assert!(taken.starts_with("38Y"), "{taken}");
        assert_eq!(field(&taken, 21, "BK"), Some("two"), "{taken}");
    }
    let mut again = served.kiosk("LENS");
    let taken = again.ask(&paid(&reader.card, "3.00", "BKtwo|")).unwrap();
    assert!(taken.starts_with("38Y"), "{taken}");
    let told = lens.ask(&patron(&reader.card, "   Y")).unwrap();
    assert_eq!(
        field(&told, 61, "BV"),
        Some("4.50"),
        "the oldest first: {told}"
    );
    assert_eq!(&told[49..53], "0001", "{told}");
    // Without a number of its own, by what it is for.
    let rest = paid(&reader.card, "4.50", &format!("CG{damage}|"));
    assert!(lens.ask(&rest).unwrap().starts_with("38Y"));
    assert!(
        lens.ask(&rest).unwrap().starts_with("38Y"),
        "the same again"
    );
    let nothing = lens.ask(&paid(&reader.card, "1.00", "BKthree|")).unwrap();
    assert!(nothing.starts_with("38N"), "{nothing}");
    let francs = paid(&reader.card, "1.00", "").replace("EUR", "FRF");
    assert!(lens.ask(&francs).unwrap().starts_with("38N"));

    let owed = "SELECT coalesce(sum(cents), 0)::bigint FROM ledger";
    assert_eq!(town.store.count(owed).await.unwrap(), 0);
    let payments = "SELECT count(*) FROM payment";
    assert_eq!(town.store.count(payments).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_lifts_what_a_machine_has_blocked() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    let blocked = lens
        .ask(&format!(
            "01N{DATE}AOLENS|ALCarte oubliée ici|AA{}|AC|",
            reader.card
        ))
        .unwrap();
    assert!(blocked.starts_with("24YYYY"), "{blocked}");
    assert!(blocked.contains("|AFCarte oubliée ici|"), "{blocked}");
    let refused = lens.ask(&super::checkout(&reader.card, &book)).unwrap();
    assert!(refused.starts_with("120"), "{refused}");
    let enabled = lens
        .ask(&format!("25{DATE}AOLENS|AA{}|AC|", reader.card))
        .unwrap();
    assert!(enabled.starts_with("26              "), "{enabled}");
    let lent = lens.ask(&super::checkout(&reader.card, &book)).unwrap();
    assert!(lent.starts_with("121"), "{lent}");

    // What staff hold against somebody no machine lifts.
    let staff = format!(
        "INSERT INTO block (patron_id, kind, message, placed_at)
         SELECT patron_id, 'address', '', now() FROM card WHERE number = '{}'",
        reader.card
    );
    served.town.store.run_sql(&staff).await.unwrap();
    let enabled = lens
        .ask(&format!("25{DATE}AOLENS|AA{}|AC|", reader.card))
        .unwrap();
    assert!(enabled.starts_with("26YYYY"), "{enabled}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_s_remark_stays_with_the_item() {
    let served = Served::new().await;
    let book = served.town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    let update = |barcode: &str| format!("19{DATE}AOLENS|AB{barcode}|AC|CHpuce illisible|");
    let noted = lens.ask(&update(&book)).unwrap();
    assert!(noted.starts_with("201"), "{noted}");
    assert_eq!(field(&noted, 21, "CH"), Some("puce illisible"), "{noted}");
    let kept =
        format!("SELECT count(*) FROM item WHERE barcode = '{book}' AND note = 'puce illisible'");
    assert_eq!(served.town.store.count(&kept).await.unwrap(), 1);
    let unknown = lens.ask(&update("000")).unwrap();
    assert!(unknown.starts_with("200"), "{unknown}");
}
