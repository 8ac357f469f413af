//! After readers have come in: who may be one person.

use jiff::Timestamp;
use people::{Person, doubts};
use store::{NewDoubt, Store};

/// So many pairs are proposed in one statement.
const PAIRS: usize = 5_000;

/// Compares everybody with everybody, and puts new pairs on the work list.
pub(super) async fn propose(store: &Store, at: Timestamp) -> anyhow::Result<()> {
    let people: Vec<Person> = store
        .persons()
        .await?
        .into_iter()
        .map(|row| Person {
            id: row.id,
            household: row.household_id,
            family_name: row.family_name,
            given_name: row.given_name,
            born_on: row.born_on,
            address: row.address,
            email: row.email,
            phone: row.phone,
        })
        .collect();
    let found: Vec<NewDoubt> = tokio::task::spawn_blocking(move || doubts(&people))
        .await?
        .into_iter()
        .map(|doubt| NewDoubt {
            one: doubt.one,
            other: doubt.other,
            score: doubt.score,
            why: doubt.why.into_iter().map(str::to_owned).collect(),
        })
        .collect();
    let mut new = 0;
    for pairs in found.chunks(PAIRS) {
        new += store.propose_doubts(pairs, at).await?;
    }
    eprintln!(
        "{} pairs may be one person each, {new} of them new: `relire patrons doubts` lists them",
        found.len()
    );
    Ok(())
}
