//! Holds: who waits for what, read and written.

use circulation::{
    Asks, BranchCode, CategoryCode, DocumentCode, OpenHold, QueuedHold, WaitingHold, Whose,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::{ItemFacts, Session, StoreError, error::corrupt, facts::code, item::ItemColumns};

/// A hold in its title's queue, with its guard.
#[derive(Debug)]
pub struct Queued {
    /// The hold.
    pub id: i64,
    /// The guard as it was read.
    pub version: i64,
    /// Who waits.
    pub patron_id: i64,
    /// What the rules look at.
    pub facts: QueuedHold,
}

/// One active hold, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HoldLine {
    /// The hold.
    pub id: i64,
    /// The guard as it was read.
    pub version: i64,
    /// The patron's own, or another member of the household's.
    pub mine: bool,
    /// The title that is waited for.
    pub bib: i64,
    /// Its title.
    pub title: String,
    /// The barcode of the copy that is set aside, or of the one that was asked for.
    pub barcode: Option<String>,
    /// The copy that was asked for and no other.
    pub wanted: Option<i64>,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The document type that limits count it as.
    pub document: DocumentCode,
    /// Whether limits count it as a novelty's.
    pub new: bool,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// Until that day others are served first.
    pub suspended_until: Option<Date>,
    kind: Option<String>,
    ready_until: Option<Date>,
}

/// How far a hold has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldState {
    /// No copy is set aside yet.
    Waiting,
    /// A copy is on its way to the pickup branch.
    OnItsWay,
    /// A copy waits at the pickup branch, until the end of that day.
    Ready(Date),
}

impl HoldLine {
    /// How far it has come.
    pub fn state(&self) -> HoldState {
        match (self.kind.as_deref(), self.ready_until) {
            (Some("hold_shelf"), Some(until)) => HoldState::Ready(until),
            (Some(_), _) => HoldState::OnItsWay,
            (None, _) => HoldState::Waiting,
        }
    }

    /// As limits count it.
    pub fn open(&self) -> OpenHold {
        OpenHold {
            whose: if self.mine {
                Whose::Reader
            } else {
                Whose::Household
            },
            pickup: self.pickup,
            document: self.document,
            new: self.new,
        }
    }
}

/// Whom a copy is set aside for, as the slip on it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldPatron {
    /// The patron.
    pub id: i64,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// The active card's number; empty if there is none.
    pub card: String,
    /// Telephone number, empty if none.
    pub phone: String,
}

/// A copy of a title.
#[derive(Debug)]
pub struct Copy {
    /// Its barcode.
    pub barcode: String,
    /// What it is and where.
    pub item: ItemFacts,
}

/// Everything that a new hold writes. `B` is the body of its event.
#[derive(Debug)]
pub struct NewHold<'a, B> {
    /// The title.
    pub bib_id: i64,
    /// This copy and no other.
    pub item_id: Option<i64>,
    /// Who waits.
    pub patron_id: i64,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// Of a class or an institution, which may hold a title again.
    pub several: bool,
    /// The document type that limits count it as.
    pub document: DocumentCode,
    /// Whether limits count it as a novelty's.
    pub new: bool,
    /// Who asked, where and when.
    pub stamp: Stamp,
    /// What the event tells: outcome and trace.
    pub body: &'a B,
}

/// Who does something, where and when.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The terminal that asks, if one does.
    pub terminal_id: Option<i64>,
    /// The member of staff who asks, if one does.
    pub staff_id: Option<i64>,
    /// The branch of the door.
    pub branch: BranchCode,
    /// When.
    pub at: Timestamp,
}

/// How a hold ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldEnd {
    /// Its patron does not want it any more, or staff took it away.
    Cancelled,
    /// It waited in vain.
    Lapsed,
    /// It was ready, and nobody came.
    NotCollected,
}

impl HoldEnd {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
            Self::NotCollected => "not_collected",
        }
    }
}

impl Session {
    /// Reads the queue of a title, as seen from one of its copies (or from none: 0). Under the title's lock this is
    /// the queue until the commit.
    pub async fn queue(&mut self, bib_id: i64, item_id: i64) -> Result<Vec<Queued>, StoreError> {
        let read = sqlx::query_file!("queries/queue.sql", bib_id, item_id)
            .fetch_all(self.pg())
            .await?;
        read.into_iter()
            .map(|row| {
                let category: CategoryCode = code(Some(row.category))?;
                Ok(Queued {
                    id: row.id,
                    version: row.version,
                    patron_id: row.patron_id,
                    facts: QueuedHold {
                        hold: WaitingHold {
                            category,
                            pickup: code(Some(row.pickup))?,
                            asks: asks(&row.asks)?,
                        },
                        suspended_until: row.suspended_until.map(jiff_sqlx::Date::to_jiff),
                        expires_on: row.expires_on.to_jiff(),
                    },
                })
            })
            .collect()
    }

    /// Reads the copies of a title that are in stock.
    pub async fn copies(&mut self, bib_id: i64, reader: i64) -> Result<Vec<Copy>, StoreError> {
        let read = sqlx::query_file!("queries/copies.sql", bib_id)
            .fetch_all(self.pg())
            .await?;
        read.into_iter()
            .map(|row| {
                let item = ItemColumns {
                    item_id: Some(row.item_id),
                    item_version: Some(row.item_version),
                    owner_branch: Some(row.owner_branch),
                    document: Some(row.document),
                    condition: Some(row.condition),
                    audience: Some(row.audience),
                    in_service: Some(row.in_service),
                    call_number: Some(row.call_number),
                    title: Some(row.title),
                    custody_id: row.custody_id,
                    custody_kind: row.custody_kind,
                    custody_branch: row.custody_branch,
                    to_branch: row.to_branch,
                    borrower_id: row.borrower_id,
                    loan_category: row.loan_category,
                    lent_on: row.lent_on,
                    due: row.due,
                    renewals: row.renewals,
                    lent_new: row.lent_new,
                    ready_until: row.ready_until,
                    bib_id: Some(row.bib_id),
                    captured_id: row.captured_id,
                    captured_version: row.captured_version,
                    captured_pickup: row.captured_pickup,
                    captured_category: row.captured_category,
                    collector: row.collector,
                }
                .into_facts(Some(reader))?
                .ok_or_else(|| corrupt("a copy without its item"))?;
                Ok(Copy {
                    barcode: row.barcode,
                    item,
                })
            })
            .collect()
    }

    /// Places a hold and logs it; returns the hold and its event. The session must hold the locks of title and
    /// household: what the decision counted is then still so.
    ///
    /// # Errors
    /// A constraint of `hold`, where the session was not locked and somebody was faster.
    pub async fn place_hold<B: Serialize + Sync>(
        &mut self,
        hold: &NewHold<'_, B>,
    ) -> Result<(i64, i64), StoreError> {
        let id = sqlx::query_scalar!(
            r#"INSERT INTO hold (bib_id, item_id, patron_id, pickup, placed_at, ranked_at, expires_on, several, document, new)
               VALUES ($1, $2, $3, $4, $5, clock_timestamp(), $6, $7, $8, $9) RETURNING id"#,
            hold.bib_id,
            hold.item_id,
            hold.patron_id,
            hold.pickup.as_str(),
            hold.stamp.at.to_sqlx() as _,
            hold.expires_on.to_sqlx() as _,
            hold.several,
            hold.document.as_str(),
            hold.new,
        )
        .fetch_one(self.pg())
        .await?;
        let event = self
            .log_hold(
                "hold",
                &hold.stamp,
                hold.item_id,
                Some(hold.patron_id),
                hold.body,
            )
            .await?;
        Ok((id, event))
    }

    /// Ends an active hold and logs it; `None`: it was not as it was read. What was set aside for it stays where it
    /// is until it is next scanned.
    pub async fn close_hold<B: Serialize + Sync>(
        &mut self,
        line: &HoldLine,
        patron_id: i64,
        end: HoldEnd,
        stamp: &Stamp,
        body: &B,
    ) -> Result<Option<i64>, StoreError> {
        let closed = sqlx::query_scalar!(
            "UPDATE hold SET version = version + 1, closed_at = $3, outcome = $4
              WHERE id = $1 AND version = $2 AND closed_at IS NULL RETURNING id",
            line.id,
            line.version,
            stamp.at.to_sqlx() as _,
            end.name(),
        )
        .fetch_optional(self.pg())
        .await?;
        if closed.is_none() {
            return Ok(None);
        }
        let event = self
            .log_hold("hold_cancel", stamp, line.wanted, Some(patron_id), body)
            .await?;
        Ok(Some(event))
    }

    /// Gives a waiting hold another pickup branch, end or pause, and logs it; `None`: it was not as it was read.
    pub async fn change_hold<B: Serialize + Sync>(
        &mut self,
        line: &HoldLine,
        patron_id: i64,
        change: &HoldChange,
        stamp: &Stamp,
        body: &B,
    ) -> Result<Option<i64>, StoreError> {
        let changed = sqlx::query_scalar!(
            "UPDATE hold SET version = version + 1, pickup = $3, expires_on = $4, suspended_until = $5
              WHERE id = $1 AND version = $2 AND closed_at IS NULL RETURNING id",
            line.id,
            line.version,
            change.pickup.as_str(),
            change.expires_on.to_sqlx() as _,
            change.suspended_until.map(ToSqlx::to_sqlx) as _,
        )
        .fetch_optional(self.pg())
        .await?;
        if changed.is_none() {
            return Ok(None);
        }
        let event = self
            .log_hold("hold_change", stamp, line.wanted, Some(patron_id), body)
            .await?;
        Ok(Some(event))
    }

    /// Whether there is a title of this number.
    pub async fn bib_exists(&mut self, bib: i64) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM bib WHERE id = $1) AS "is!""#,
            bib
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Whom an active hold is for.
    pub async fn hold_patron(&mut self, hold: i64) -> Result<Option<HoldPatron>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT p.id, p.family_name, p.given_name, p.phone,
                      (SELECT number FROM card WHERE patron_id = p.id AND status = 'active') AS card
                 FROM hold w JOIN patron p ON p.id = w.patron_id WHERE w.id = $1 AND w.closed_at IS NULL"#,
            hold
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(row.map(|row| HoldPatron {
            id: row.id,
            family_name: row.family_name,
            given_name: row.given_name,
            card: row.card.unwrap_or_default(),
            phone: row.phone,
        }))
    }

    async fn log_hold<B: Serialize + Sync>(
        &mut self,
        kind: &str,
        stamp: &Stamp,
        item_id: Option<i64>,
        patron_id: Option<i64>,
        body: &B,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO event (at, kind, outcome, branch, terminal_id, staff_id, item_id, patron_id, body)
             VALUES ($1, $2, 'done', $3, $4, $5, $6, $7, $8) RETURNING id",
            stamp.at.to_sqlx() as _,
            kind,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            item_id,
            patron_id,
            Json(body) as _,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Gives a person the right to collect for another; safe to repeat.
    pub async fn add_proxy(&mut self, patron_id: i64, proxy_id: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO proxy (patron_id, proxy_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            patron_id,
            proxy_id
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}

/// What a waiting hold is changed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldChange {
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// Until that day others are served first.
    pub suspended_until: Option<Date>,
}

fn asks(text: &str) -> Result<Asks, StoreError> {
    Ok(match text {
        "title" => Asks::Title,
        "this_item" => Asks::ThisItem,
        "other_item" => Asks::OtherItem,
        other => return Err(corrupt(format!("a hold that asks for {other:?}"))),
    })
}
