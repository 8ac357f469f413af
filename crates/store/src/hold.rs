//! Holds: who waits for what, written; and how lists show them.

use circulation::{BranchCode, DocumentCode, OpenHold, Whose};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use crate::{Keep, Session, StoreError};

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
    /// When it was placed.
    pub placed_at: Timestamp,
    /// How many wait before it; none once a copy is set aside.
    pub before: Option<u32>,
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

/// Everything that a new hold writes. `B` is the body of its event, `R` the answer that is kept.
#[derive(Debug)]
pub struct NewHold<'a, B, R> {
    /// The title and its guard.
    pub bib: (i64, i64),
    /// The household of who waits, and its guard.
    pub household: (i64, i64),
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
    /// The answer, an object: its member `hold` is filled in as it is written.
    pub result: &'a R,
    /// What the question is known by when it comes again.
    pub keep: Keep,
    /// A partner's request: agency and number, or an empty number for the hold's own.
    pub request: Option<(&'a str, &'a str)>,
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

/// What every effect is written with: `B` is the body of its event, `R` the answer that is kept.
#[derive(Debug)]
pub struct Written<'a, B, R> {
    /// Who asked, where and when.
    pub stamp: Stamp,
    /// What the event tells.
    pub body: &'a B,
    /// The answer, without a person in it.
    pub result: &'a R,
    /// What the question is known by when it comes again.
    pub keep: Keep,
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
    /// Places a hold and logs it, in one statement; returns the hold and its event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title or household are not as they were read. A constraint of `hold` where
    /// somebody was faster, and one that [`StoreError::is_known_again`].
    pub async fn place_hold<B: Serialize + Sync, R: Serialize + Sync>(
        &mut self,
        hold: &NewHold<'_, B, R>,
    ) -> Result<(i64, i64), StoreError> {
        let row = sqlx::query_file!(
            "queries/hold_place.sql",
            hold.bib.0,
            hold.bib.1,
            hold.household.0,
            hold.household.1,
            hold.item_id,
            hold.patron_id,
            hold.pickup.as_str(),
            hold.stamp.at.to_sqlx() as _,
            hold.expires_on.to_sqlx() as _,
            hold.several,
            hold.document.as_str(),
            hold.new,
            hold.stamp.branch.as_str(),
            hold.stamp.terminal_id,
            hold.stamp.staff_id,
            Json(hold.body) as _,
            &hold.keep.key[..],
            Json(hold.result) as _,
            hold.keep.until.to_sqlx() as _,
            hold.request.map(|(agency, _)| agency),
            hold.request.map(|(_, number)| number),
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)?;
        Ok((row.hold, row.event))
    }

    /// Ends an active hold and logs it, in one statement; returns the event. What was set aside for it stays where it
    /// is until it is next scanned.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title or hold are not as they were read.
    pub async fn close_hold<B: Serialize + Sync, R: Serialize + Sync>(
        &mut self,
        bib: (i64, i64),
        line: &HoldLine,
        end: HoldEnd,
        written: &Written<'_, B, R>,
    ) -> Result<i64, StoreError> {
        sqlx::query_file_scalar!(
            "queries/hold_close.sql",
            bib.0,
            bib.1,
            line.id,
            line.version,
            end.name(),
            written.stamp.at.to_sqlx() as _,
            written.stamp.branch.as_str(),
            written.stamp.terminal_id,
            written.stamp.staff_id,
            Json(written.body) as _,
            &written.keep.key[..],
            Json(written.result) as _,
            written.keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Gives a waiting hold another pickup branch, end or pause, and logs it, in one statement; returns the event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title, household or hold are not as they were read.
    pub async fn change_hold<B: Serialize + Sync, R: Serialize + Sync>(
        &mut self,
        bib: (i64, i64),
        household: (i64, i64),
        line: &HoldLine,
        change: &HoldChange,
        written: &Written<'_, B, R>,
    ) -> Result<i64, StoreError> {
        sqlx::query_file_scalar!(
            "queries/hold_change.sql",
            bib.0,
            bib.1,
            household.0,
            household.1,
            line.id,
            line.version,
            change.pickup.as_str(),
            change.expires_on.to_sqlx() as _,
            change.suspended_until.map(ToSqlx::to_sqlx) as _,
            written.stamp.at.to_sqlx() as _,
            written.stamp.branch.as_str(),
            written.stamp.terminal_id,
            written.stamp.staff_id,
            Json(written.body) as _,
            &written.keep.key[..],
            Json(written.result) as _,
            written.keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }

    /// Whether a hold still waits, travels or is ready.
    pub async fn hold_is_active(&mut self, hold: i64) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM hold WHERE id = $1 AND closed_at IS NULL) AS "is!""#,
            hold
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// The active card of whoever has this hold, while it is active.
    pub async fn hold_card(&mut self, hold: i64) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar!(
            "SELECT d.number FROM hold w JOIN card d ON d.patron_id = w.patron_id AND d.status = 'active'
             WHERE w.id = $1 AND w.closed_at IS NULL",
            hold
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// The title that this hold waits for, while it is active.
    pub async fn hold_title(&mut self, hold: i64) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            "SELECT bib_id FROM hold WHERE id = $1 AND closed_at IS NULL",
            hold
        )
        .fetch_optional(self.pg())
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
