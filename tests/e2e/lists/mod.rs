//! What branches work through: lists in pages, an item's and a title's history, the log, figures, stocktaking.

mod figures;
mod history;
mod inventory;
mod log;
mod overdue;
mod shelves;
mod shuttle;
mod trips;

use circulation::BranchCode;
use testkit::{Database, Reader, Town};

use crate::partners::serve;

/// What is needed is made by the database's owner, what is asked has no more than a daemon's rights.
struct Branches {
    database: Database,
    town: Town,
    served: Town,
}

impl Branches {
    async fn new() -> Self {
        let database = Database::network().await.unwrap();
        Self {
            town: Town::new(&database).await.unwrap(),
            served: serve(&database).await,
            database,
        }
    }

    async fn sql(&self, statements: &str) {
        self.town.store.run_sql(statements).await.unwrap();
    }

    async fn count(&self, query: &str) -> i64 {
        self.town.store.count(query).await.unwrap()
    }

    async fn item_id(&self, barcode: &str) -> i64 {
        self.count(&format!("SELECT id FROM item WHERE barcode = '{barcode}'"))
            .await
    }

    async fn patron_id(&self, reader: &Reader) -> i64 {
        let card = &reader.card;
        self.count(&format!(
            "SELECT patron_id FROM card WHERE number = '{card}'"
        ))
        .await
    }

    async fn lend(&self, reader: &Reader, barcode: &str) {
        let lent = self.town.lend(reader, barcode).await.unwrap();
        lent.outcome.unwrap();
    }

    async fn take_back(&self, branch: &str, barcode: &str) -> desk::Returned {
        let back = self.town.take_back(branch, barcode).await.unwrap();
        back.outcome.unwrap()
    }

    async fn hold(&self, reader: &Reader, barcode: &str, pickup: &str) -> i64 {
        let placed = self.town.place_hold(reader, barcode, pickup).await.unwrap();
        placed.outcome.unwrap().hold.unwrap()
    }

    /// Gives copies call numbers, in their order.
    async fn shelve(&self, copies: &[(&str, &str)]) {
        for (barcode, call_number) in copies {
            self.sql(&format!(
                "UPDATE item SET call_number = '{call_number}' WHERE barcode = '{barcode}'"
            ))
            .await;
        }
    }
}

fn branch(code: &str) -> BranchCode {
    code.parse().unwrap()
}
