//! The stock: counted with a scanner, where each item was, and who waits for it.

mod count;
mod finding;
mod history;
mod hold;
mod inventories;
mod missing;
mod queue;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use desk::{Action, Inventory};

use super::Trouble;
use crate::{Door, access::Signed};

/// Where the head's link leads.
const HERE: &str = "/staff/inventory";

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HERE, get(inventories::page).post(inventories::begin))
        .route("/staff/inventory/{id}", get(count::page).post(count::scan))
        .route("/staff/inventory/{id}/missing", get(missing::page))
        .route("/staff/inventory/{id}/close", post(inventories::close))
        .route("/staff/items/{barcode}/history", get(history::page))
        .route("/staff/titles/{bib}/queue", get(queue::page))
        .route("/staff/holds/{hold}", get(hold::page).post(hold::change))
}

/// The inventory of this number, of a branch where they may take stock.
async fn found(door: &Door, signed: &Signed, id: i64) -> Result<Inventory, Trouble> {
    let inventory = door.desk.inventory(id).await?.ok_or(Trouble::NotFound)?;
    signed
        .member
        .require_at(Action::Inventory, inventory.branch)?;
    Ok(inventory)
}

/// Which part of the shelves an inventory looks at.
fn range(signed: &Signed, inventory: &Inventory) -> String {
    let t = signed.tongue();
    match &inventory.range {
        None => t.say("tous les rayons", "all shelves").to_owned(),
        Some((first, last)) => format!(
            "{} {first} {} {last}",
            t.say("de", "from"),
            t.say("à", "to")
        ),
    }
}
