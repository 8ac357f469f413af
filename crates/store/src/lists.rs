//! What a branch has to fetch, and to clear away.

use circulation::{Asks, BranchCode, QueuedHold, WaitingHold};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};

use crate::{
    Session, StoreError,
    facts::code,
    item::{audience, condition},
};

/// A copy on this branch's shelf, of a title that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The item.
    pub item_id: i64,
    /// Its bib.
    pub bib_id: i64,
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// The item as the rules look at it.
    pub facts: circulation::ItemFacts,
}

/// Copies that are wanted, at least one, and what they were read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedRead {
    /// The rulebook that the network is under.
    pub rulebook_version: i64,
    /// The newest hold that there was.
    pub newest_hold: i64,
    /// The copies, in the order of the shelf.
    pub copies: Vec<Wanted>,
}

/// A hold that waits for a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitsFor {
    /// The hold.
    pub id: i64,
    /// The title.
    pub bib_id: i64,
    /// This copy and no other.
    pub item_id: Option<i64>,
    facts: QueuedHold,
}

impl WaitsFor {
    /// The hold as the rules look at it, seen from a copy.
    pub fn seen_from(&self, item_id: i64) -> QueuedHold {
        let asks = match self.item_id {
            None => Asks::Title,
            Some(asked) if asked == item_id => Asks::ThisItem,
            Some(_) => Asks::OtherItem,
        };
        QueuedHold {
            hold: WaitingHold {
                asks,
                ..self.facts.hold
            },
            ..self.facts
        }
    }
}

/// An item on a hold shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// The item.
    pub item: i64,
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// Where it stands on the other shelves.
    pub call_number: String,
    /// The last day on which it waits.
    pub until: Date,
    /// Whether its hold is active; otherwise it is to be cleared away.
    pub active: bool,
    /// The card of whoever it waits for; none: the hold is over, or no card of theirs is active.
    pub card: Option<String>,
}

/// The line after which a page of a hold shelf begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfAfter {
    /// Whether its hold is active.
    pub active: bool,
    /// Its last day.
    pub until: Date,
    /// The item.
    pub item: i64,
}

impl Session {
    /// Copies on a branch's shelf of titles that somebody waits for, in the order of the shelf: those among `items`, and
    /// those of titles that a hold after `newer_than` asks for. No items and 0: all. `None`: there are none. One round trip.
    pub async fn wanted(
        &mut self,
        branch: BranchCode,
        items: &[i64],
        newer_than: i64,
    ) -> Result<Option<WantedRead>, StoreError> {
        let read = sqlx::query_file!("queries/wanted.sql", branch.as_str(), items, newer_than)
            .fetch_all(self.pg())
            .await?;
        let Some(first) = read.first() else {
            return Ok(None);
        };
        let (rulebook_version, newest_hold) = (first.rulebook_version, first.newest_hold);
        let copies = read
            .into_iter()
            .map(|row| {
                Ok(Wanted {
                    item_id: row.item_id,
                    bib_id: row.bib_id,
                    barcode: row.barcode,
                    title: row.title,
                    call_number: row.call_number,
                    facts: circulation::ItemFacts {
                        owner: code(Some(row.owner_branch))?,
                        document: code(Some(row.document))?,
                        condition: condition(Some(&row.condition))?,
                        audience: audience(Some(&row.audience)),
                        in_service: row.in_service.to_jiff(),
                        return_by: row.return_by.map(jiff_sqlx::Date::to_jiff),
                        place: circulation::Place::Shelf { branch },
                    },
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Some(WantedRead {
            rulebook_version,
            newest_hold,
            copies,
        }))
    }

    /// Who waits for these titles and has no copy set aside: title by title, in the order in which they are served.
    /// One round trip.
    pub async fn queues(&mut self, bibs: &[i64]) -> Result<Vec<WaitsFor>, StoreError> {
        let read = sqlx::query_file!("queries/queues.sql", bibs)
            .fetch_all(self.pg())
            .await?;
        read.into_iter()
            .map(|row| {
                Ok(WaitsFor {
                    id: row.id,
                    bib_id: row.bib_id,
                    item_id: row.item_id,
                    facts: QueuedHold {
                        hold: WaitingHold {
                            category: code(Some(row.category))?,
                            pickup: code(Some(row.pickup))?,
                            asks: Asks::Title,
                        },
                        suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                        expires_on: row.expires_on.to_jiff(),
                    },
                })
            })
            .collect()
    }

    /// What stands on a branch's hold shelf, what is to be cleared away first: what no active hold wants any more, then
    /// by its last day. `over`: only what has waited longer than up to that day, or is wanted no more. One round trip.
    pub async fn set_aside(
        &mut self,
        branch: BranchCode,
        over: Option<Date>,
        after: Option<ShelfAfter>,
        most: i64,
    ) -> Result<Vec<SetAside>, StoreError> {
        let read = sqlx::query_file!(
            "queries/set_aside.sql",
            branch.as_str(),
            over.map(ToSqlx::to_sqlx) as _,
            after.is_some_and(|after| after.active),
            after
                .map_or(Date::constant(1, 1, 1), |after| after.until)
                .to_sqlx() as _,
            after.map_or(0, |after| after.item),
            most
        )
        .fetch_all(self.pg())
        .await?;
        Ok(read
            .into_iter()
            .map(|row| SetAside {
                item: row.item_id,
                barcode: row.barcode,
                title: row.title,
                call_number: row.call_number,
                until: row.until.to_jiff(),
                active: row.active,
                card: row.card,
            })
            .collect())
    }
}
