//! Many doors at once: what must never happen, tried two hundred times, each beside a twin in which the
//! constraint or guard that prevents it is taken away in a database of its own, and which must then see it.

mod company;
mod one_household;
mod one_item;
mod retry;

use std::sync::Arc;

use testkit::{Database, Town};
use tokio::{sync::Barrier, task::JoinSet};

/// How often each race is run.
const ROUNDS: usize = 200;
/// A twin that has not seen the violation by then proves nothing.
const TWIN_ROUNDS: usize = 200;

/// Two daemons on one database, so that nothing is settled by what one of them holds in memory.
async fn two_daemons() -> (Arc<Database>, [Arc<Town>; 2]) {
    let database = Arc::new(Database::network().await.unwrap());
    let one = Arc::new(Town::new(&database).await.unwrap());
    let other = Arc::new(Town::beside(&one, &database).await.unwrap());
    (database, [one, other])
}

/// Runs everything at once: each waits until all are there.
async fn all_at_once<T, F>(tasks: impl IntoIterator<Item = F>) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<F> = tasks.into_iter().collect();
    let barrier = Arc::new(Barrier::new(tasks.len()));
    let mut set = JoinSet::new();
    for task in tasks {
        let barrier = barrier.clone();
        set.spawn(async move {
            barrier.wait().await;
            task.await
        });
    }
    set.join_all().await
}

/// What must hold after every run, whatever happened.
async fn assert_sound(town: &Town) {
    let twice = "SELECT count(*) FROM (SELECT item_id FROM custody WHERE until IS NULL GROUP BY item_id HAVING count(*) > 1) x";
    assert_eq!(
        town.store.count(twice).await.unwrap(),
        0,
        "items in two places"
    );
    assert_eq!(town.store.lost_items().await.unwrap(), 0, "items nowhere");
    let overlapping =
        "SELECT count(*) FROM custody a JOIN custody b ON a.item_id = b.item_id AND a.id < b.id
                       WHERE tstzrange(a.since, a.until) && tstzrange(b.since, b.until)";
    assert_eq!(
        town.store.count(overlapping).await.unwrap(),
        0,
        "stays that overlap"
    );
    let gaps = "SELECT count(*) FROM custody a WHERE a.until IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM custody b WHERE b.item_id = a.item_id AND b.since = a.until)";
    assert_eq!(
        town.store.count(gaps).await.unwrap(),
        0,
        "stays that nothing follows"
    );
    let orphans = "SELECT count(*) FROM custody c WHERE NOT EXISTS (SELECT 1 FROM item WHERE id = c.item_id)
                   OR (c.patron_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patron WHERE id = c.patron_id))";
    assert_eq!(
        town.store.count(orphans).await.unwrap(),
        0,
        "stays of nothing or nobody"
    );
    let unlogged = "SELECT count(*) FROM custody c WHERE kind = 'loan'
                    AND NOT EXISTS (SELECT 1 FROM event e WHERE e.custody_id = c.id AND e.kind = 'checkout' AND e.outcome = 'done')";
    assert_eq!(
        town.store.count(unlogged).await.unwrap(),
        0,
        "loans without an event"
    );
}
