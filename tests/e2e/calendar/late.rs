//! Loans that are written around the moment of an announcement, and an announcement that nobody finished.

use super::Network;

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_that_was_decided_before_moves_a_turn_later() {
    let network = Network::new().await;
    let town = &network.town;
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let barcode = town.item("LIV", "LENS").await.unwrap();
    let ask = network.ask(Some("LENS"), "2026-07-01", "2026-07-04");
    network.announce(&network.everywhere, &ask).await.unwrap();
    // As if a kiosk had decided before the announcement and was written after it.
    town.lend(&reader, &barcode).await.unwrap().outcome.unwrap();
    network.due_on(&barcode, "2026-07-02").await;
    network.turn(town.now()).await;
    assert!(network.is_due(&barcode, "2026-07-07").await);

    let open = "SELECT count(*) FROM calendar_change WHERE settled_at IS NULL";
    assert_eq!(network.count(open).await, 1);
    let later = town
        .now()
        .checked_add(jiff::Span::new().minutes(10))
        .unwrap();
    network.turn(&later).await;
    assert_eq!(network.count(open).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn kiosks_lend_while_a_closure_is_announced() {
    let network = Network::new().await;
    let town = &network.town;
    let kiosk = town.kiosk("LENS").await.unwrap();
    let mut lent = Vec::new();
    for _ in 0..20 {
        let reader = town.reader("ADU", "LENS").await.unwrap();
        lent.push((reader, town.item("LIV", "LENS").await.unwrap()));
    }
    // A loan of a book made today is due on 7 July; the closure covers it.
    let ask = network.ask(Some("LENS"), "2026-07-07", "2026-07-11");
    let loans = lent.iter().map(|(reader, barcode)| {
        let (desk, ask) = (town.desk.clone(), town.checkout(&kiosk, reader, barcode));
        tokio::spawn(async move { desk.checkout(ask).await })
    });
    let loans: Vec<_> = loans.collect();
    network.announce(&network.everywhere, &ask).await.unwrap();
    for loan in loans {
        loan.await.unwrap().unwrap().outcome.unwrap();
    }
    network.turn(town.now()).await;
    let within = "SELECT count(*) FROM custody WHERE kind = 'loan' AND until IS NULL AND due BETWEEN '2026-07-07' AND '2026-07-11'";
    assert_eq!(network.count(within).await, 0);
    let after =
        "SELECT count(*) FROM custody WHERE kind = 'loan' AND until IS NULL AND due > '2026-07-11'";
    assert_eq!(network.count(after).await, 20);
}
