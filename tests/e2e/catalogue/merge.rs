//! Two bibs that become one and part again: copies, queues and what is set aside go along.

use std::sync::Arc;

use desk::{Librarian, Returned};
use store::{Moved, NotMoved};
use testkit::{Database, Reader, Town};
use tokio::task::JoinSet;

const BY: Librarian<'_> = Librarian {
    name: "test",
    staff_id: None,
};

async fn bib_of(town: &Town, barcode: &str) -> i64 {
    let query = format!("SELECT bib_id FROM item WHERE barcode = '{barcode}'");
    town.store.count(&query).await.unwrap()
}

async fn merge(town: &Town, from: i64, to: i64) -> Result<Moved, NotMoved> {
    town.desk
        .merge_bibs(from, to, BY, town.now())
        .await
        .unwrap()
}

async fn take_back(town: &Town, number: i64) -> Result<Moved, NotMoved> {
    let back = town.desk.take_back_move(number, BY, town.now()).await;
    back.unwrap()
}

/// How many wait for a title.
async fn waiting(town: &Town, bib: i64) -> i64 {
    let query = format!("SELECT count(*) FROM hold WHERE bib_id = {bib} AND closed_at IS NULL");
    town.store.count(&query).await.unwrap()
}

/// Whom a return sets a copy aside for.
async fn captured(town: &Town, branch: &str, barcode: &str) -> Option<String> {
    let answer = town.take_back(branch, barcode).await.unwrap();
    let returned: Returned = answer.outcome.unwrap();
    returned.for_whom.map(|patron| patron.card)
}

/// Copies that are set aside for somebody who waits for another title, and titles that were merged and still have
/// copies, records or a queue: none of these may ever be.
async fn contradictions(town: &Town) -> i64 {
    let query = "SELECT (SELECT count(*) FROM custody c JOIN hold w ON w.id = c.hold_id AND w.closed_at IS NULL
                           JOIN item i ON i.id = c.item_id
                          WHERE c.until IS NULL AND c.kind <> 'loan' AND w.bib_id <> i.bib_id)
                      + (SELECT count(*) FROM bib b WHERE b.merged_into IS NOT NULL AND (
                            EXISTS (SELECT FROM item WHERE bib_id = b.id)
                         OR EXISTS (SELECT FROM source_record WHERE bib_id = b.id)
                         OR EXISTS (SELECT FROM hold WHERE bib_id = b.id AND closed_at IS NULL)))";
    town.store.count(query).await.unwrap()
}

struct Titles {
    town: Town,
    /// A copy of each.
    one: String,
    other: String,
    first: Reader,
    second: Reader,
}

/// Two titles with a copy each, both lent; one reader waits for both, another behind for the second.
async fn titles() -> Titles {
    let database = Database::network().await.unwrap();
    let town = Town::new(&database).await.unwrap();
    let (one, other) = (
        town.item("LIV", "LENS").await.unwrap(),
        town.item("LIV", "LENS").await.unwrap(),
    );
    let borrower = town.reader("ADU", "LENS").await.unwrap();
    for copy in [&one, &other] {
        assert!(town.lend(&borrower, copy).await.unwrap().outcome.is_ok());
    }
    let (first, second) = (
        town.reader("ADU", "LENS").await.unwrap(),
        town.reader("ADU", "LENS").await.unwrap(),
    );
    for (reader, copy) in [(&first, &one), (&first, &other), (&second, &other)] {
        let placed = town.place_hold(reader, copy, "LENS").await.unwrap();
        assert!(placed.outcome.is_ok());
    }
    Titles {
        town,
        one,
        other,
        first,
        second,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_both_waits_once_and_both_again_when_it_is_taken_back() {
    let Titles {
        town,
        one,
        other,
        first,
        second,
    } = titles().await;
    let (bib, gone) = (bib_of(&town, &one).await, bib_of(&town, &other).await);
    let moved = merge(&town, gone, bib).await.unwrap();
    assert_eq!(
        (moved.sources, moved.items, moved.holds, moved.closed),
        (1, 1, 1, 1)
    );
    assert_eq!(waiting(&town, bib).await, 2);
    assert_eq!(contradictions(&town).await, 0);
    assert_eq!(merge(&town, gone, bib).await, Err(NotMoved::NoBib(gone)));
    assert_eq!(merge(&town, bib, bib).await, Err(NotMoved::OneBib));

    let back = take_back(&town, moved.id).await.unwrap();
    assert_eq!(
        (back.sources, back.items, back.holds, back.closed),
        (1, 1, 1, 1)
    );
    assert_eq!(bib_of(&town, &other).await, gone);
    assert_eq!(
        (waiting(&town, bib).await, waiting(&town, gone).await),
        (1, 2)
    );
    assert_eq!(contradictions(&town).await, 0);
    assert_eq!(
        take_back(&town, moved.id).await,
        Err(NotMoved::NoMove(moved.id))
    );
    // The queues are what they were: each copy goes to the first of its own.
    assert_eq!(
        captured(&town, "LENS", &other).await,
        Some(first.card.clone())
    );
    assert_eq!(captured(&town, "LENS", &one).await, Some(first.card));
    let _ = second;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_either_serves_the_one_queue_and_goes_free_when_they_part() {
    let Titles {
        town,
        one,
        other,
        first,
        second,
    } = titles().await;
    let (bib, gone) = (bib_of(&town, &one).await, bib_of(&town, &other).await);
    let moved = merge(&town, gone, bib).await.unwrap();
    // The copy of the second title serves who waited first for either.
    assert_eq!(
        captured(&town, "LENS", &other).await,
        Some(first.card.clone())
    );
    let back = take_back(&town, moved.id).await.unwrap();
    assert_eq!(back.items, 1);
    assert_eq!(contradictions(&town).await, 0);
    // It is free again, and the next scan finds the right one: its own queue's first.
    assert_eq!(
        captured(&town, "LENS", &other).await,
        Some(first.card.clone())
    );
    assert_eq!(captured(&town, "LENS", &one).await, Some(first.card));
    let _ = second;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_merged_in_steps_parts_in_steps() {
    let database = Database::network().await.unwrap();
    let town = Town::new(&database).await.unwrap();
    let mut bibs = Vec::new();
    for _ in 0..3 {
        let barcode = town.item("LIV", "LENS").await.unwrap();
        bibs.push(bib_of(&town, &barcode).await);
    }
    let first = merge(&town, bibs[0], bibs[1]).await.unwrap();
    let second = merge(&town, bibs[1], bibs[2]).await.unwrap();
    let flat = format!("SELECT count(*) FROM bib WHERE merged_into = {}", bibs[2]);
    assert_eq!(town.store.count(&flat).await.unwrap(), 2);
    assert_eq!(
        take_back(&town, first.id).await,
        Err(NotMoved::Later(second.id))
    );
    take_back(&town, second.id).await.unwrap();
    let between = format!("SELECT count(*) FROM bib WHERE merged_into = {}", bibs[1]);
    assert_eq!(town.store.count(&between).await.unwrap(), 1);
    take_back(&town, first.id).await.unwrap();
    let merged = "SELECT count(*) FROM bib WHERE merged_into IS NOT NULL";
    assert_eq!(town.store.count(merged).await.unwrap(), 0);
    assert_eq!(contradictions(&town).await, 0);
}

/// Copies of two titles come back while these are merged and parted: whatever comes first, no copy is set aside for
/// somebody who waits for another title, and nothing is left behind on a title that ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_merge_beside_returns_leaves_no_contradiction() {
    const ROUNDS: usize = 25;
    let Titles {
        town, one, other, ..
    } = titles().await;
    let (bib, gone) = (bib_of(&town, &one).await, bib_of(&town, &other).await);
    let town = Arc::new(town);
    let borrower = town.reader("ADU", "LENS").await.unwrap();
    for round in 0..ROUNDS {
        let mut at_once = JoinSet::new();
        for (copy, branch) in [(one.clone(), "LENS"), (other.clone(), "VIMY")] {
            let town = town.clone();
            at_once.spawn(async move {
                assert!(town.take_back(branch, &copy).await.is_ok());
            });
        }
        {
            let town = town.clone();
            at_once.spawn(async move {
                let moved = merge(&town, gone, bib).await.unwrap();
                take_back(&town, moved.id).await.unwrap();
            });
        }
        while let Some(done) = at_once.join_next().await {
            done.unwrap();
        }
        assert_eq!(contradictions(&town).await, 0, "round {round}");
        // Out again, past whoever waits.
        for copy in [&one, &other] {
            let free = format!(
                "UPDATE hold SET ranked_at = ranked_at + interval '1 second' WHERE closed_at IS NULL;
                 SELECT 1 FROM item WHERE barcode = '{copy}'"
            );
            town.store.run_sql(&free).await.unwrap();
            let _refused_where_somebody_waits = town.lend(&borrower, copy).await.unwrap();
        }
    }
}
