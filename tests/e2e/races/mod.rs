//! Many doors at once: what must never happen, tried two hundred times, each beside a twin in which the
//! constraint or guard that prevents it is taken away in a database of its own, and which must then see it.

mod clockwork;
mod company;
mod holds;
mod known_again;
mod money;
mod one_household;
mod one_item;
mod retry;
mod trips;
mod undo;

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
pub(crate) async fn all_at_once<T, F>(tasks: impl IntoIterator<Item = F>) -> Vec<T>
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
pub(crate) async fn assert_sound(town: &Town) {
    assert_eq!(town.store.lost_items().await.unwrap(), 0, "items nowhere");
    for (what, query) in UNSOUND {
        assert_eq!(town.store.count(query).await.unwrap(), 0, "{what}");
    }
}

/// What may never be, and how it is counted.
const UNSOUND: [(&str, &str); 10] = [
    (
        "items in two places",
        "SELECT count(*) FROM (SELECT item_id FROM custody WHERE until IS NULL GROUP BY item_id HAVING count(*) > 1) x",
    ),
    (
        "stays that overlap",
        "SELECT count(*) FROM custody a JOIN custody b ON a.item_id = b.item_id AND a.id < b.id
          WHERE tstzrange(a.since, a.until) && tstzrange(b.since, b.until)",
    ),
    (
        "stays that nothing follows",
        "SELECT count(*) FROM custody a WHERE a.until IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM custody b WHERE b.item_id = a.item_id AND b.since = a.until)",
    ),
    (
        "stays of nothing or nobody",
        "SELECT count(*) FROM custody c WHERE NOT EXISTS (SELECT 1 FROM item WHERE id = c.item_id)
             OR (c.patron_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patron WHERE id = c.patron_id))",
    ),
    (
        // A loan that goes on after an undone return is the loan that it continues.
        "loans without an event",
        "SELECT count(*) FROM custody c WHERE kind = 'loan' AND continues IS NULL
            AND NOT EXISTS (SELECT 1 FROM event e WHERE e.custody_id = c.id AND e.kind = 'checkout' AND e.outcome = 'done')",
    ),
    (
        "holds that two items are set aside for",
        "SELECT count(*) FROM (SELECT hold_id FROM custody WHERE until IS NULL AND kind <> 'loan'
                                   AND hold_id IS NOT NULL GROUP BY hold_id HAVING count(*) > 1) x",
    ),
    (
        "items set aside for a hold that is not there",
        "SELECT count(*) FROM custody c WHERE until IS NULL AND hold_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM hold WHERE id = c.hold_id)",
    ),
    (
        "items set aside elsewhere than where they are to be collected",
        "SELECT count(*) FROM custody c JOIN hold w ON w.id = c.hold_id
          WHERE c.until IS NULL AND w.closed_at IS NULL AND c.kind <> 'loan'
            AND CASE c.kind WHEN 'hold_shelf' THEN c.branch WHEN 'transit' THEN c.to_branch END IS DISTINCT FROM w.pickup",
    ),
    (
        "collected holds without their loan",
        "SELECT count(*) FROM hold w WHERE outcome = 'collected'
            AND NOT EXISTS (SELECT 1 FROM custody c WHERE c.hold_id = w.id AND c.kind = 'loan' AND NOT c.undone)",
    ),
    (
        "titles that a person waits for twice",
        "SELECT count(*) FROM (SELECT FROM hold WHERE closed_at IS NULL AND item_id IS NULL AND NOT several
                                GROUP BY patron_id, bib_id HAVING count(*) > 1) x",
    ),
];
