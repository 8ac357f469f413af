//! The change feed: no change is lost, whatever commits first; a copy that cannot follow is told.

use std::time::Duration;

use store::{Changes, FeedPosition, PoolSize, Store};
use testkit::{Database, Town};

async fn one_connection(database: &Database) -> Store {
    let size = PoolSize {
        connections: 1,
        statement: Duration::from_secs(60),
        ..PoolSize::default()
    };
    Store::connect(&database.url, &size).await.unwrap()
}

/// The same when every transaction that has begun by now is over: the tests beside this one share its server, and
/// the feed waits for theirs too.
async fn read(store: &Store, position: FeedPosition) -> (Vec<i64>, FeedPosition) {
    let begun = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
    let begun = store.count(begun).await.unwrap();
    let over = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    while store.count(over).await.unwrap() < begun {
        tokio::task::yield_now().await;
    }
    read_now(store, position).await
}

/// The bibs behind a position, and the position behind them.
async fn read_now(store: &Store, position: FeedPosition) -> (Vec<i64>, FeedPosition) {
    match store.changes(position, 1_000).await.unwrap() {
        Changes::Bibs {
            bibs,
            reached,
            more,
        } => {
            assert!(!more);
            (bibs, reached)
        }
        Changes::Rebuild => panic!("the feed says to build anew"),
    }
}

/// Every change is read, those included whose transaction began before one that was read and commits after it.
#[tokio::test(flavor = "multi_thread")]
async fn what_commits_late_is_not_lost() {
    let database = Database::network().await.unwrap();
    let (watcher, holder, late) = (
        one_connection(&database).await,
        one_connection(&database).await,
        one_connection(&database).await,
    );
    let start = watcher.feed_now().await.unwrap();
    // A transaction that has written its row and waits for a lock before it commits.
    holder.run_sql("SELECT pg_advisory_lock(77)").await.unwrap();
    let waiting = tokio::spawn(async move {
        late.run_sql(
            "BEGIN; INSERT INTO change (bib_id) VALUES (1); SELECT pg_advisory_lock(77); COMMIT",
        )
        .await
    });
    let blocked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while watcher.count(blocked).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    watcher
        .run_sql("INSERT INTO change (bib_id) VALUES (2)")
        .await
        .unwrap();
    // Number 2 is there, and is not read before number 1 is over.
    let (bibs, position) = read_now(&watcher, start).await;
    assert_eq!((bibs, position), (vec![], start));
    assert_eq!(watcher.feed_lag(start).await.unwrap().rows, 1);
    // A copy that begins now must hear of number 1 as well: it may have been built without it.
    let later = watcher.feed_now().await.unwrap();
    holder
        .run_sql("SELECT pg_advisory_unlock(77)")
        .await
        .unwrap();
    waiting.await.unwrap().unwrap();
    let (bibs, position) = read(&watcher, start).await;
    assert_eq!(bibs, [1, 2]);
    assert_eq!(read(&watcher, later).await.0, [1, 2]);
    assert_eq!(read(&watcher, position).await, (vec![], position));
}

/// What readers would find otherwise gets into the feed, and a loan does not.
#[tokio::test(flavor = "multi_thread")]
async fn a_loan_changes_no_index() {
    let database = Database::network().await.unwrap();
    let town = Town::new(&database).await.unwrap();
    let position = town.store.feed_now().await.unwrap();
    let reader = town.reader("ADU", "LENS").await.unwrap();
    let book = town.item("LIV", "LENS").await.unwrap();
    let (bibs, position) = read(&town.store, position).await;
    assert_eq!(bibs.len(), 1, "a new copy");
    assert!(town.lend(&reader, &book).await.unwrap().outcome.is_ok());
    let (none, position) = read(&town.store, position).await;
    assert_eq!(none, [0_i64; 0], "a loan");
    for change in [
        "UPDATE item SET condition = 'damaged'",
        "UPDATE item SET call_number = 'R BOB'",
        "UPDATE bib SET title = 'Un autre titre'",
        "UPDATE source_record SET body = 'x'",
    ] {
        town.store.run_sql(change).await.unwrap();
    }
    let (changed, reached) = read(&town.store, position).await;
    assert_eq!(changed, bibs);
    let again = "UPDATE item SET condition = 'damaged', call_number = 'R BOB'";
    town.store.run_sql(again).await.unwrap();
    assert_eq!(read(&town.store, reached).await.0, [0_i64; 0], "no change");
}

/// Rows are read a few at a time, each once, and a place in the feed that is pruned is told as such.
#[tokio::test(flavor = "multi_thread")]
async fn the_feed_is_read_in_parts_and_pruned() {
    let database = Database::network().await.unwrap();
    let store = one_connection(&database).await;
    let start = store.feed_now().await.unwrap();
    let many = "INSERT INTO change (bib_id, at) SELECT n, now() - interval '8 days' FROM generate_series(1, 25) n";
    store.run_sql(many).await.unwrap();
    assert_eq!(read(&store, start).await.0.len(), 25);
    let (mut position, mut seen) = (start, Vec::new());
    loop {
        let Changes::Bibs {
            bibs,
            reached,
            more,
        } = store.changes(position, 10).await.unwrap()
        else {
            panic!("the feed says to build anew");
        };
        seen.extend(bibs);
        position = reached;
        if !more {
            break;
        }
    }
    assert_eq!(seen, (1..=25).collect::<Vec<i64>>());
    assert_eq!(store.prune_changes(7.0).await.unwrap(), 25);
    assert_eq!(read(&store, position).await.0, [0_i64; 0]);
    assert_eq!(store.changes(start, 10).await.unwrap(), Changes::Rebuild);
    assert_eq!(store.prune_changes(7.0).await.unwrap(), 0);
    // A copy of another database.
    let other = FeedPosition {
        identity: [7; 16],
        ..position
    };
    assert_eq!(store.changes(other, 10).await.unwrap(), Changes::Rebuild);
    // A restored database has another feed, and says so once.
    assert!(store.bring_feed().await.unwrap(), "the clone of a template");
    assert!(!store.bring_feed().await.unwrap());
    assert_eq!(store.changes(position, 10).await.unwrap(), Changes::Rebuild);
}
