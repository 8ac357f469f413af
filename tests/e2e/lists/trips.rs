//! What a list costs: the round trips that it says, however long it is.

use desk::{Between, LateAt, LogAsk, OverdueAsk, Period, Sent, ShelfAsk, TravelAsk};
use store::{PoolSize, Store};
use testkit::{Relay, Town};

use super::{Branches, branch};

/// How often a list is asked for before it is counted: statements are prepared once a connection.
const BEFORE: usize = 2;

/// Round trips of a question on the one connection that goes through the relay.
macro_rules! trips {
    ($relay:expr, $ask:expr) => {{
        for _ in 0..BEFORE {
            drop($ask.await.unwrap());
        }
        $relay.take();
        drop($ask.await.unwrap());
        $relay.take().round_trips
    }};
}

#[tokio::test(flavor = "multi_thread")]
async fn each_list_takes_the_round_trips_that_it_says() {
    let branches = Branches::new().await;
    let reader = branches.town.reader("ADU", "LENS").await.unwrap();
    let books = branches.town.items("LIV", "LENS", 40).await.unwrap();
    for _ in 0..8 {
        let title = branches.town.item("LIV", "LENS").await.unwrap();
        let other = branches.town.reader("ADU", "LENS").await.unwrap();
        branches.hold(&other, &title, "LENS").await;
    }
    branches.lend(&reader, &books[0]).await;
    branches
        .sql("UPDATE custody SET due = '2026-05-20', lent_on = '2026-05-01' WHERE kind = 'loan'")
        .await;

    let relay = Relay::before(&branches.database.url).unwrap();
    let size = PoolSize {
        connections: 1,
        ..PoolSize::default()
    };
    let store = Store::connect(relay.url(), &size).await.unwrap();
    let town = Town::on(store).await.unwrap();
    let (desk, lens, now) = (&town.desk, branch("LENS"), branches.town.now());

    let overdue = |level| OverdueAsk {
        at: LateAt::Lent(lens),
        level,
        after: None,
        most: 50,
        on: now.clone(),
    };
    assert_eq!(trips!(relay, desk.overdue(&overdue(None))), 1);
    assert_eq!(trips!(relay, desk.overdue(&overdue(Some(1)))), 1);
    assert_eq!(desk.pull_list(lens, now).await.unwrap().len(), 8);
    assert_eq!(trips!(relay, desk.pull_list(lens, now)), 2, "8 titles");
    assert_eq!(trips!(relay, desk.pull_page(lens, None, 5, now)), 2);
    let shelf = ShelfAsk {
        branch: lens,
        to_clear: None,
        after: None,
        most: 50,
    };
    assert_eq!(trips!(relay, desk.shelf_page(&shelf)), 1);
    let travel = TravelAsk {
        between: Between::From(lens),
        sent: Sent::Today,
        after: None,
        most: 50,
    };
    assert_eq!(trips!(relay, desk.travelling(&travel)), 1);
    assert_eq!(trips!(relay, desk.under_way(Between::Any, Sent::Ever)), 1);

    let item = branches.item_id(&books[0]).await;
    assert_eq!(trips!(relay, desk.item_history(item, None, 50)), 1);
    let bib = branches.count("SELECT bib_id FROM hold LIMIT 1").await;
    assert_eq!(trips!(relay, desk.title_queue(bib, now)), 2);
    assert_eq!(trips!(relay, desk.log(&LogAsk::default(), 50)), 1);

    let period = Period {
        from: branches.town.at("2026-06-01").unwrap().timestamp(),
        until: branches.town.at("2026-06-30").unwrap().timestamp(),
        branch: None,
    };
    assert_eq!(trips!(relay, desk.activity(&period)), 1);
    assert_eq!(trips!(relay, desk.refusals(&period)), 1);
    assert_eq!(trips!(relay, desk.overdue_by_level(None, now)), 1);
    assert_eq!(trips!(relay, desk.holds_by_branch(None)), 1);

    let staff = branches.librarian().await;
    let begun = desk.begin_inventory(staff.id, lens, None, now).await;
    let inventory = begun.unwrap();
    assert_eq!(trips!(relay, desk.scan(inventory, &books[1], now)), 2);
    assert_eq!(trips!(relay, desk.not_seen(inventory, None, 50, now)), 2);
    assert_eq!(trips!(relay, desk.inventories(lens)), 1);
}
