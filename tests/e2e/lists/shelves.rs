//! What is fetched from the shelves, and what is cleared from the hold shelf.

use desk::{ShelfAsk, ToPull};

use super::{Branches, branch};

impl Branches {
    /// Every page, one after the other: the same as the whole list.
    async fn pulled(&self, at: &str, most: u32) -> Vec<ToPull> {
        let (branch, now) = (branch(at), self.town.now());
        let desk = &self.served.desk;
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let page = desk.pull_page(branch, after.as_ref(), most, now);
            let page = page.await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines);
            after = page.next;
            if after.is_none() {
                assert_eq!(all, desk.pull_list(branch, now).await.unwrap());
                return all;
            }
        }
    }

    async fn to_clear(&self, at: &str, on: Option<&str>, most: u32) -> Vec<String> {
        let mut ask = ShelfAsk {
            branch: branch(at),
            to_clear: on.map(|on| on.parse().unwrap()),
            after: None,
            most,
        };
        let mut all = Vec::new();
        loop {
            let page = self.served.desk.shelf_page(&ask).await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines.into_iter().map(|line| line.barcode));
            ask.after = page.next;
            if ask.after.is_none() {
                return all;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_copy_a_hold_in_the_order_of_the_shelf() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let adult = |branch| town.reader("ADU", branch);
    let (one, two) = (adult("LENS").await.unwrap(), adult("VIMY").await.unwrap());
    let title = town
        .copies("LIV", &["LENS", "LENS", "LENS", "VIMY"])
        .await
        .unwrap();
    let single = town.item("LIV", "LENS").await.unwrap();
    let unwanted = town.item("LIV", "LENS").await.unwrap();
    branches
        .shelve(&[
            (&title[0], "R ZOL"),
            (&title[1], "R ABE"),
            (&title[2], "R MAU"),
            (&single, "BD 12"),
            (&unwanted, "A 1"),
        ])
        .await;
    branches.hold(&one, &title[0], "LENS").await;
    branches.hold(&two, &title[0], "VIMY").await;
    branches.hold(&two, &single, "VIMY").await;
    for most in [1, 2, 50] {
        let list = branches.pulled("LENS", most).await;
        let told: Vec<_> = list
            .iter()
            .map(|line| (line.barcode.as_str(), line.pickup.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (single.as_str(), "VIMY"),
                (&title[1], "LENS"),
                (&title[2], "VIMY")
            ],
            "two holds want two of three copies, the first of the queue first"
        );
    }
    assert_eq!(branches.pulled("VIMY", 50).await.len(), 1);
    assert!(branches.pulled("GREN", 50).await.is_empty());

    // Scanned, a copy is set aside and its hold wants none any more.
    branches.take_back("LENS", &title[1]).await;
    let left = branches.pulled("LENS", 50).await;
    assert_eq!(left[1].barcode, title[2]);
    assert_eq!(left.len(), 2);
    branches
        .sql("UPDATE hold SET suspended_until = '2026-07-01'")
        .await;
    assert!(branches.pulled("LENS", 50).await.is_empty(), "all pause");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_too_long_or_is_wanted_no_more_is_to_clear() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let mut shelf = Vec::new();
    for _ in 0..4 {
        let reader = town.reader("ADU", "LENS").await.unwrap();
        let barcode = town.item("LIV", "LENS").await.unwrap();
        branches.hold(&reader, &barcode, "LENS").await;
        assert!(
            branches
                .take_back("LENS", &barcode)
                .await
                .hold_shelf
                .is_some()
        );
        shelf.push(barcode);
    }
    let lasts = ["2026-06-08", "2026-06-09", "2026-06-05", "2026-06-20"];
    for (barcode, last) in shelf.iter().zip(lasts) {
        branches
            .sql(&format!(
                "UPDATE custody SET ready_until = '{last}' FROM item
                  WHERE item.id = item_id AND barcode = '{barcode}' AND until IS NULL"
            ))
            .await;
    }
    // The reader of the last one does not want it any more.
    branches
        .sql(&format!(
            "UPDATE hold SET closed_at = now(), outcome = 'cancelled' WHERE id =
                (SELECT hold_id FROM custody JOIN item ON item.id = item_id WHERE barcode = '{}' AND until IS NULL)",
            shelf[3]
        ))
        .await;
    for most in [1, 2, 50] {
        assert_eq!(
            branches.to_clear("LENS", Some("2026-06-09"), most).await,
            [&*shelf[3], &*shelf[2], &*shelf[0]],
            "wanted no more, then by the last day; the last day itself is one"
        );
        assert_eq!(
            branches.to_clear("LENS", None, most).await,
            [&*shelf[3], &*shelf[2], &*shelf[0], &*shelf[1]]
        );
    }
    assert!(branches.to_clear("VIMY", None, 50).await.is_empty());
    let whole = branches
        .served
        .desk
        .hold_shelf(branch("LENS"))
        .await
        .unwrap();
    assert_eq!(whole.len(), 4);
    assert!(whole[0].card.is_none() && !whole[0].active);
    assert!(whole[1].card.is_some() && whole[1].active);
}
