//! Where an item was, and who waits for a title.

use circulation::{Asks, BranchCode, QueuedHold, WaitingHold};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;

use crate::{HoldPatron, HoldState, Session, StoreError, error::corrupt, facts::code};

/// One stay of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// From when on (recording time).
    pub since: Timestamp,
    /// Up to when; none: it is there now.
    pub until: Option<Timestamp>,
    /// Where.
    pub place: StayPlace,
}

/// Where an item stayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StayPlace {
    /// On a branch's shelf.
    Shelf {
        /// Whose.
        branch: BranchCode,
    },
    /// Between two branches.
    Transit {
        /// Where it left.
        from: BranchCode,
        /// Where it was to go.
        to: BranchCode,
        /// The hold that waited for it there.
        hold: Option<i64>,
    },
    /// On a branch's hold shelf.
    HoldShelf {
        /// Whose.
        branch: BranchCode,
        /// The hold that it was set aside for.
        hold: Option<i64>,
        /// The last day on which it waited.
        ready_until: Date,
    },
    /// With a reader.
    Loan {
        /// Where it was lent.
        branch: BranchCode,
        /// The reader; none: the loan is over, and was unlinked from who made it.
        reader: Option<i64>,
        /// When it was lent.
        lent_at: Timestamp,
        /// The machine that lent it, if one did.
        lent_by: Option<String>,
        /// The last due date.
        due: Date,
        /// How often it was renewed.
        renewals: u16,
        /// When and where it was taken back.
        returned: Option<(Timestamp, BranchCode)>,
        /// The machine that took it back, if one did.
        returned_by: Option<String>,
        /// It was taken back at once, as if it had not been.
        undone: bool,
    },
}

/// An active hold, in the queue of its title.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// The hold.
    pub id: i64,
    /// Who waits.
    pub patron: HoldPatron,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Its place in the queue: the moment at which it was recorded, unless somebody moved it.
    pub ranked_at: Timestamp,
    /// This copy and no other: the item and its barcode.
    pub asked: Option<(i64, String)>,
    /// How far it has come.
    pub state: HoldState,
    /// The barcode of the copy that is set aside for it.
    pub set_aside: Option<String>,
    facts: QueuedHold,
}

impl QueueRow {
    /// The hold as the rules look at it, seen from a copy.
    pub fn seen_from(&self, item_id: i64) -> QueuedHold {
        let asks = match &self.asked {
            None => Asks::Title,
            Some((asked, _)) if *asked == item_id => Asks::ThisItem,
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

    /// Where it is to be collected.
    pub fn pickup(&self) -> BranchCode {
        self.facts.hold.pickup
    }

    /// The last day on which it waits to be served.
    pub fn expires_on(&self) -> Date {
        self.facts.expires_on
    }

    /// Until that day others are served first.
    pub fn suspended_until(&self) -> Option<Date> {
        self.facts.suspended_until
    }
}

impl Session {
    /// Stays of an item, the last first: those that began before a moment. One round trip.
    pub async fn stays(
        &mut self,
        item_id: i64,
        before: Option<Timestamp>,
        most: i64,
    ) -> Result<Vec<Stay>, StoreError> {
        let read = sqlx::query_file!(
            "queries/stays.sql",
            item_id,
            before.unwrap_or(LAST).to_sqlx() as _,
            most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                let branch = code(Some(row.branch))?;
                let whole = || corrupt("a stay without its dates");
                let place = match row.kind.as_str() {
                    "shelf" => StayPlace::Shelf { branch },
                    "transit" => StayPlace::Transit {
                        from: branch,
                        to: code(row.to_branch)?,
                        hold: row.hold_id,
                    },
                    "hold_shelf" => StayPlace::HoldShelf {
                        branch,
                        hold: row.hold_id,
                        ready_until: row.ready_until.ok_or_else(whole)?.to_jiff(),
                    },
                    "loan" => StayPlace::Loan {
                        branch,
                        reader: row.patron_id,
                        lent_at: row.lent_at.ok_or_else(whole)?.to_jiff(),
                        lent_by: row.lent_by,
                        due: row.due.ok_or_else(whole)?.to_jiff(),
                        renewals: row
                            .renewals
                            .and_then(|used| u16::try_from(used).ok())
                            .ok_or_else(whole)?,
                        returned: match row.returned_at {
                            Some(at) => Some((at.to_jiff(), code(row.returned_to)?)),
                            None => None,
                        },
                        returned_by: row.returned_by,
                        undone: row.undone,
                    },
                    other => return Err(corrupt(format!("a stay of kind {other}"))),
                };
                Ok(Stay {
                    since: row.since.to_jiff(),
                    until: row.until.map(jiff_sqlx::Timestamp::to_jiff),
                    place,
                })
            })
            .collect()
    }

    /// The active holds of a title, in the order of its queue, at most so many. One round trip.
    pub async fn title_queue(&mut self, bib: i64, most: i64) -> Result<Vec<QueueRow>, StoreError> {
        let read = sqlx::query_file!("queries/title_queue.sql", bib, most)
            .fetch_all(self.pg())
            .await?;
        read.into_iter()
            .map(|row| {
                let until = row.ready_until.map(jiff_sqlx::Date::to_jiff);
                Ok(QueueRow {
                    id: row.id,
                    placed_at: row.placed_at.to_jiff(),
                    ranked_at: row.ranked_at.to_jiff(),
                    asked: row.item_id.zip(row.asked_barcode),
                    state: match (row.kind.as_deref(), until) {
                        (Some("hold_shelf"), Some(until)) => HoldState::Ready(until),
                        (Some(_), _) => HoldState::OnItsWay,
                        (None, _) => HoldState::Waiting,
                    },
                    set_aside: row.aside_barcode,
                    facts: QueuedHold {
                        hold: WaitingHold {
                            category: code(Some(row.category))?,
                            pickup: code(Some(row.pickup))?,
                            asks: Asks::Title,
                        },
                        suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                        expires_on: row.expires_on.to_jiff(),
                    },
                    patron: HoldPatron {
                        id: row.patron_id,
                        family_name: row.family_name,
                        given_name: row.given_name,
                        card: row.card.unwrap_or_default(),
                        phone: row.phone,
                    },
                })
            })
            .collect()
    }
}

/// After every moment that is kept, and one that Postgres knows.
const LAST: Timestamp = Timestamp::MAX;
