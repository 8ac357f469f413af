//! Where an item was, and why a title's queue is as it is.

use desk::{HoldState, LogAsk, QueueTurn, Stay, StayPlace};

use super::{Branches, branch};

impl Branches {
    /// Every page, one after the other.
    async fn stays(&self, barcode: &str, most: u32) -> Vec<Stay> {
        let item = self.item_id(barcode).await;
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = self.served.desk.item_history(item, before, most);
            let page = page.await.unwrap();
            assert!(page.lines.len() <= usize::try_from(most).unwrap());
            all.extend(page.lines);
            before = page.next;
            if before.is_none() {
                return all;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_s_stays_are_told_and_a_loan_that_was_unlinked_names_nobody() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let one = town.reader("ADU", "LENS").await.unwrap();
    let two = town.reader("ADU", "VIMY").await.unwrap();
    let barcode = town.item("LIV", "VIMY").await.unwrap();
    branches.lend(&one, &barcode).await;
    branches.take_back("LENS", &barcode).await;
    branches.take_back("VIMY", &barcode).await;
    branches.hold(&one, &barcode, "VIMY").await;
    branches.take_back("VIMY", &barcode).await;
    branches
        .sql("UPDATE hold SET closed_at = now(), outcome = 'cancelled'")
        .await;
    branches.lend(&two, &barcode).await;
    let (lens, vimy) = (branch("LENS"), branch("VIMY"));
    let reader = async |reader| Some(branches.patron_id(reader).await);

    for most in [1, 2, 50] {
        let stays = branches.stays(&barcode, most).await;
        assert_eq!(stays.len(), 6);
        assert!(stays[0].until.is_none());
        assert!(
            stays
                .windows(2)
                .all(|pair| pair[1].until == Some(pair[0].since))
        );
        let StayPlace::Loan {
            branch,
            reader: who,
            returned,
            ..
        } = &stays[0].place
        else {
            panic!("{:?}", stays[0])
        };
        assert_eq!((*branch, *who), (vimy, reader(&two).await));
        assert!(returned.is_none());
        assert!(
            matches!(stays[1].place, StayPlace::HoldShelf { branch, hold: Some(_), .. } if branch == vimy)
        );
        assert_eq!(stays[2].place, StayPlace::Shelf { branch: vimy });
        assert!(
            matches!(stays[3].place, StayPlace::Transit { from, to, hold: None } if (from, to) == (lens, vimy))
        );
        let StayPlace::Loan {
            reader: who,
            returned: Some((_, to)),
            lent_by: Some(_),
            returned_by: Some(_),
            undone: false,
            ..
        } = &stays[4].place
        else {
            panic!("{:?}", stays[4])
        };
        assert_eq!((*who, *to), (reader(&one).await, lens));
        assert_eq!(stays[5].place, StayPlace::Shelf { branch: vimy });
    }

    branches
        .sql("UPDATE custody SET patron_id = NULL WHERE kind = 'loan' AND until IS NOT NULL")
        .await;
    let stays = branches.stays(&barcode, 50).await;
    assert!(matches!(
        stays[4].place,
        StayPlace::Loan { reader: None, .. }
    ));
    assert!(matches!(
        stays[0].place,
        StayPlace::Loan {
            reader: Some(_),
            ..
        }
    ));

    // The log of the item, the last first; the hold was placed on the title and has no item.
    let ask = LogAsk {
        item: Some(branches.item_id(&barcode).await),
        ..LogAsk::default()
    };
    let log = branches.served.desk.log(&ask, 50).await.unwrap();
    let kinds: Vec<_> = log.lines.iter().map(|line| line.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["checkout", "checkin", "checkin", "checkin", "checkout"]
    );
    let nothing = branches.served.desk.item_history(-1, None, 50).await;
    assert!(nothing.unwrap().lines.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_says_why_each_stands_where_it_stands() {
    let branches = Branches::new().await;
    let town = &branches.town;
    let title = town.copies("LIV", &["LENS", "VIMY", "LENS"]).await.unwrap();
    let mut holds = Vec::new();
    for pickup in ["LENS", "VIMY", "LENS", "LENS", "GREN"] {
        let reader = town.reader("ADU", "LENS").await.unwrap();
        holds.push(branches.hold(&reader, &title[0], pickup).await);
    }
    let captured = branches.take_back("LENS", &title[0]).await;
    assert!(captured.hold_shelf.is_some(), "for the first");
    branches
        .sql(&format!(
            "UPDATE hold SET suspended_until = '2026-07-01' WHERE id = {};
             UPDATE hold SET expires_on = '2026-06-01' WHERE id = {};
             UPDATE hold SET ranked_at = ranked_at - interval '1 day' WHERE id = {};
             UPDATE item SET condition = 'lost' WHERE barcode = '{}'",
            holds[1], holds[2], holds[4], title[2]
        ))
        .await;
    let bib = branches
        .count("SELECT bib_id FROM hold ORDER BY id LIMIT 1")
        .await;
    let at = branches.town.now();
    let read = async || {
        let queue = branches.served.desk.title_queue(bib, at).await.unwrap();
        queue.expect("there is such a title")
    };
    let queue = read().await;
    assert_eq!(queue.copies.len(), 3);
    let turns: Vec<_> = queue
        .holds
        .iter()
        .map(|line| (line.hold, line.turn))
        .collect();
    let waits = |before| QueueTurn::Waits { before, copies: 2 };
    let until = "2026-07-01".parse().unwrap();
    assert_eq!(
        turns,
        [
            (holds[4], waits(0)),
            (holds[0], QueueTurn::Served),
            (holds[1], QueueTurn::Paused { until }),
            (holds[2], QueueTurn::Over),
            (holds[3], waits(3)),
        ]
    );
    let served = &queue.holds[1];
    assert!(matches!(served.state, HoldState::Ready(_)));
    assert_eq!(served.set_aside.as_deref(), Some(title[0].as_str()));
    assert_eq!(served.pickup, branch("LENS"));

    branches
        .sql("UPDATE item SET condition = 'damaged' WHERE condition = 'good'")
        .await;
    assert_eq!(read().await.holds[4].turn, QueueTurn::NoCopy);
    let none = branches.served.desk.title_queue(-1, at).await.unwrap();
    assert!(none.is_none());
}
