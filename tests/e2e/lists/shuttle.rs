//! What is between branches.

use desk::{Between, Sent, TravelAsk, Travelling};

use super::{Branches, branch};

impl Branches {
    /// Every page, one after the other.
    async fn travels(&self, between: Between, sent: Sent, most: u32) -> Vec<Travelling> {
        let mut ask = TravelAsk {
            between,
            sent,
            after: None,
            most,
        };
        let mut all = Vec::new();
        loop {
            let page = self.served.desk.travelling(&ask).await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines);
            ask.after = page.next;
            if ask.after.is_none() {
                return all;
            }
        }
    }

    /// Barcodes under way, in the order in which they are told, whatever the size of a page.
    async fn barcodes(&self, between: Between, sent: Sent) -> Vec<String> {
        let lines = self.travels(between, sent, 1).await;
        assert_eq!(lines, self.travels(between, sent, 50).await);
        lines.into_iter().map(|line| line.barcode).collect()
    }

    async fn sent_days_ago(&self, barcode: &str, days: u32) {
        // Its earlier stays go back with it: an item is in one place at a time.
        self.sql(&format!(
            "UPDATE custody SET since = since - interval '{days} days 1 hour', until = until - interval '{days} days 1 hour'
               FROM item WHERE item.id = item_id AND barcode = '{barcode}'"
        ))
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn crates_are_told_by_goal_and_emptied_by_scans() {
    let branches = Branches::new().await;
    let reader = branches.town.reader("ADU", "VIMY").await.unwrap();
    let to_vimy = branches.town.items("LIV", "VIMY", 3).await.unwrap();
    let to_gren = branches.town.item("LIV", "GREN").await.unwrap();
    let to_lens = branches.town.item("LIV", "LENS").await.unwrap();
    for barcode in to_vimy.iter().chain([&to_gren]) {
        branches.take_back("LENS", barcode).await;
    }
    branches.take_back("VIMY", &to_lens).await;
    let wanted = branches.town.item("LIV", "LENS").await.unwrap();
    branches.hold(&reader, &wanted, "VIMY").await;
    branches.take_back("LENS", &wanted).await;

    let (lens, vimy, gren) = (branch("LENS"), branch("VIMY"), branch("GREN"));
    let leaves = branches.barcodes(Between::From(lens), Sent::Today).await;
    assert_eq!(leaves[0], to_gren, "by goal");
    assert_eq!(leaves[1..4], to_vimy, "then by the moment");
    assert_eq!((leaves.len(), &leaves[4]), (5, &wanted));
    let crates = branches
        .served
        .desk
        .under_way(Between::From(lens), Sent::Today);
    let crates: Vec<_> = crates
        .await
        .unwrap()
        .iter()
        .map(|under_way| {
            (
                under_way.from,
                under_way.to,
                under_way.items,
                under_way.for_holds,
            )
        })
        .collect();
    assert_eq!(crates, [(lens, gren, 1, 0), (lens, vimy, 4, 1)]);
    let any = branches.served.desk.under_way(Between::Any, Sent::Ever);
    assert_eq!(any.await.unwrap().len(), 3);
    let of_vimy = branches.served.desk.shuttle(vimy).await.unwrap();
    assert_eq!(of_vimy.len(), 5, "what it sent and what it expects");
    assert_eq!(of_vimy.iter().filter(|line| line.for_hold).count(), 1);

    // The crate of Lens comes in: two are scanned.
    for barcode in &to_vimy[..2] {
        branches.take_back("VIMY", barcode).await;
    }
    let left = branches
        .barcodes(Between::Both(lens, vimy), Sent::Ever)
        .await;
    assert_eq!(left, [to_vimy[2].clone(), wanted.clone()]);
    assert!(branches.barcodes(Between::To(gren), Sent::Ever).await == [to_gren]);
    assert!(
        branches
            .barcodes(Between::Both(vimy, gren), Sent::Ever)
            .await
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_is_what_was_sent_long_ago_and_did_not_come() {
    let branches = Branches::new().await;
    let sent = branches.town.items("LIV", "VIMY", 4).await.unwrap();
    for barcode in &sent {
        branches.take_back("LENS", barcode).await;
    }
    for (barcode, days) in sent[1..].iter().zip([2, 3, 9]) {
        branches.sent_days_ago(barcode, days).await;
    }
    let (lens, vimy) = (branch("LENS"), branch("VIMY"));
    let expected = Between::To(vimy);
    assert_eq!(
        branches.barcodes(expected, Sent::Before(2)).await,
        [sent[3].clone(), sent[2].clone(), sent[1].clone()],
        "the longest under way first"
    );
    let between = Between::Both(lens, vimy);
    assert_eq!(
        branches.barcodes(between, Sent::Before(3)).await,
        [sent[3].clone(), sent[2].clone()]
    );
    assert_eq!(
        branches.barcodes(between, Sent::Today).await,
        [sent[0].clone()]
    );
    branches.take_back("VIMY", &sent[3]).await;
    assert_eq!(
        branches.barcodes(between, Sent::Before(3)).await,
        [sent[2].clone()]
    );
    let missing = branches
        .served
        .desk
        .under_way(between, Sent::Before(1))
        .await;
    assert_eq!(missing.unwrap()[0].items, 2);
}
