//! Lend, renew, take back anywhere.

use testkit::field;

use super::{Served, checkin, checkout, renew};

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_is_lent_renewed_and_taken_back_in_another_branch() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let barcode = served.town.item("LIV", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");

    let lent = lens.ask(&checkout(&reader.card, &barcode)).unwrap();
    assert!(lent.starts_with("121N"), "{lent}");
    // 9 June and 28 days: Tuesday 7 July, a day on which Lens is open.
    assert!(
        field(&lent, 24, "AH").unwrap().starts_with("20260707"),
        "{lent}"
    );
    assert_eq!(field(&lent, 24, "CK"), Some("001"), "{lent}");
    assert!(
        field(&lent, 24, "AJ").unwrap().starts_with("Document"),
        "{lent}"
    );

    let item = lens
        .ask(&format!("17{}AO|AB{barcode}|AC|", super::DATE))
        .unwrap();
    assert!(item.starts_with("1804"), "charged: {item}");

    let renewed = lens.ask(&renew(&reader.card, &barcode)).unwrap();
    assert!(renewed.starts_with("301Y"), "{renewed}");
    assert!(
        field(&renewed, 24, "AH").unwrap().starts_with("20260804"),
        "{renewed}"
    );

    let mut grenay = served.kiosk("GREN");
    let back = grenay.ask(&checkin(&barcode)).unwrap();
    assert!(back.starts_with("101"), "{back}");
    assert_eq!(
        field(&back, 24, "CT"),
        Some("LENS"),
        "it travels home: {back}"
    );
    assert_eq!(field(&back, 24, "AQ"), Some("LENS"), "{back}");
    let item = lens
        .ask(&format!("17{}AO|AB{barcode}|AC|", super::DATE))
        .unwrap();
    assert!(item.starts_with("1810"), "in transit: {item}");

    // The same return again, its answer having been lost: the same answer, and nothing moves.
    let again = grenay.ask(&checkin(&barcode)).unwrap();
    assert_eq!(field(&again, 24, "CT"), Some("LENS"), "{again}");

    let home = lens.ask(&checkin(&barcode)).unwrap();
    assert!(home.starts_with("101"), "{home}");
    assert_eq!(field(&home, 24, "CT"), None, "it is home: {home}");
    let item = lens
        .ask(&format!("17{}AO|AB{barcode}|AC|", super::DATE))
        .unwrap();
    assert!(item.starts_with("1803"), "available: {item}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_two_poles_of_lievin_share_their_stock() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LIGA").await.unwrap();
    let barcode = served.town.item("LIV", "LIGA").await.unwrap();
    let lent = served
        .kiosk("LIGA")
        .ask(&checkout(&reader.card, &barcode))
        .unwrap();
    assert!(lent.starts_with("121"), "{lent}");
    let back = served.kiosk("LIDE").ask(&checkin(&barcode)).unwrap();
    assert!(back.starts_with("101"), "{back}");
    assert_eq!(field(&back, 24, "CT"), None, "it stays where it is: {back}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patron_is_told_of_loans_with_paging() {
    let served = Served::new().await;
    let reader = served.town.reader("ADU", "LENS").await.unwrap();
    let mut lens = served.kiosk("LENS");
    for barcode in served.town.items("LIV", "LENS", 5).await.unwrap() {
        assert!(
            lens.ask(&checkout(&reader.card, &barcode))
                .unwrap()
                .starts_with("121")
        );
    }
    let all = lens
        .ask(&format!(
            "63002{}  Y       AOLENS|AA{}|AC|AD|",
            super::DATE,
            reader.card
        ))
        .unwrap();
    assert!(all.starts_with("64              002"), "{all}");
    assert_eq!(&all[45..49], "0005", "charged items: {all}");
    assert_eq!(all.matches("|AU").count(), 5, "{all}");
    assert!(all.contains("|BLY|"), "{all}");
    let page = lens
        .ask(&format!(
            "63002{}  Y       AOLENS|AA{}|AC|AD|BP2|BQ3|",
            super::DATE,
            reader.card
        ))
        .unwrap();
    assert_eq!(page.matches("|AU").count(), 2, "{page}");
    assert_eq!(&page[45..49], "0005", "counts stay totals: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sorter_has_its_bins_by_rules_that_can_be_tried() {
    let served = Served::new().await;
    let (book, game) = (
        served.town.item("LIV", "GREN").await.unwrap(),
        served.town.item("JSO", "LENS").await.unwrap(),
    );
    let rules = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let csv =
        "fate,destination,document,bin\nstaff,,,9\nrejected,,,9\n,GREN,,2\ntravels,,,3\n,,,1\n";
    std::fs::write(rules.path(), csv).unwrap();
    let login = served
        .daemon
        .text("/demo/terminals/0/login")
        .unwrap()
        .to_owned();
    served.relire(&["terminal", "bins", &login, rules.path().to_str().unwrap()]);
    let tried = served.relire(&["terminal", "sort", &login, &book, &game, "000"]);
    assert_eq!(tried, format!("{book}\t2\n{game}\t9\n000\t9\n"));
    let item = format!("17{}AO|AB{book}|AC|", super::DATE);
    // The rules count from the next log-in on.
    let mut lens = served.kiosk("LENS");
    assert!(
        lens.ask(&item).unwrap().starts_with("1803"),
        "nothing moved"
    );
    for (barcode, bin) in [(book.as_str(), "2"), (game.as_str(), "9"), ("000", "9")] {
        let back = lens.ask(&checkin(barcode)).unwrap();
        assert_eq!(field(&back, 24, "CL"), Some(bin), "{back}");
    }
}
