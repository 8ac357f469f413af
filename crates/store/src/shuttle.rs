//! Items between branches.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;

use crate::{Session, StoreError, facts::code};

/// An item between two branches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Travelling {
    /// The item.
    pub item: i64,
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// Where it stands once it is at home.
    pub call_number: String,
    /// The branch that sent it.
    pub from: BranchCode,
    /// The branch that expects it.
    pub to: BranchCode,
    /// Since when it is on its way (recording time).
    pub since: Timestamp,
    /// Whether somebody waits for it there.
    pub for_hold: bool,
}

/// What is under way from one branch to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderWay {
    /// The branch that sent it.
    pub from: BranchCode,
    /// The branch that expects it.
    pub to: BranchCode,
    /// How many items.
    pub items: i64,
    /// For how many of them somebody waits there.
    pub for_holds: i64,
    /// Since when the first of them is on its way (recording time).
    pub oldest: Timestamp,
}

/// Between which branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Any two.
    Any,
    /// What left this one.
    From(BranchCode),
    /// What this one expects.
    To(BranchCode),
    /// What the first sent to the second.
    Both(BranchCode, BranchCode),
    /// What left this one, and what it expects.
    Either(BranchCode),
}

/// Sent when, by the database's clock: that is when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// At any time.
    Ever,
    /// Since the last midnight of the network's zone.
    Today,
    /// More than so many times 24 hours ago.
    Before(u16),
}

/// The line after which a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct TravelAfter {
    /// Where it goes.
    pub to: BranchCode,
    /// Where it left.
    pub from: BranchCode,
    /// Since when.
    pub since: Timestamp,
    /// The item.
    pub item: i64,
}

/// Both as parameters of a statement.
struct Which<'a>(
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    bool,
    Option<i32>,
);

impl<'a> Which<'a> {
    fn of(between: &'a Between, sent: Sent) -> Self {
        let (from, to, either) = match between {
            Between::Any => (None, None, None),
            Between::From(from) => (Some(from), None, None),
            Between::To(to) => (None, Some(to), None),
            Between::Both(from, to) => (Some(from), Some(to), None),
            Between::Either(branch) => (None, None, Some(branch)),
        };
        let text = |branch: Option<&'a BranchCode>| branch.map(BranchCode::as_str);
        let days = match sent {
            Sent::Before(days) => Some(i32::from(days)),
            Sent::Ever | Sent::Today => None,
        };
        Self(
            text(from),
            text(to),
            text(either),
            sent == Sent::Today,
            days,
        )
    }
}

impl Session {
    /// Items between branches, crate by crate: by goal, then by origin, the longest under way first. One round trip.
    pub async fn travelling(
        &mut self,
        between: Between,
        sent: Sent,
        after: Option<TravelAfter>,
        most: i64,
    ) -> Result<Vec<Travelling>, StoreError> {
        let Which(from, to, either, today, days) = Which::of(&between, sent);
        let read = sqlx::query_file!(
            "queries/travelling.sql",
            from,
            to,
            either,
            today,
            days,
            after.as_ref().map_or("", |after| after.to.as_str()),
            after.as_ref().map_or("", |after| after.from.as_str()),
            after
                .map_or(Timestamp::UNIX_EPOCH, |after| after.since)
                .to_sqlx() as _,
            after.map_or(0, |after| after.item),
            most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(Travelling {
                    item: row.item_id,
                    barcode: row.barcode,
                    title: row.title,
                    call_number: row.call_number,
                    from: code(Some(row.branch))?,
                    to: code(Some(row.to_branch))?,
                    since: row.since.to_jiff(),
                    for_hold: row.for_hold,
                })
            })
            .collect()
    }

    /// How much is between which branches, by goal, then by origin. One round trip.
    pub async fn under_way(
        &mut self,
        between: Between,
        sent: Sent,
    ) -> Result<Vec<UnderWay>, StoreError> {
        let Which(from, to, either, today, days) = Which::of(&between, sent);
        let read = sqlx::query_file!("queries/crates.sql", from, to, either, today, days)
            .fetch_all(self.pg())
            .await?;
        read.into_iter()
            .map(|row| {
                Ok(UnderWay {
                    from: code(Some(row.branch))?,
                    to: code(Some(row.to_branch))?,
                    items: row.items,
                    for_holds: row.for_holds,
                    oldest: row.oldest.to_jiff(),
                })
            })
            .collect()
    }
}
