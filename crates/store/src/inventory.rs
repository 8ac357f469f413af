//! Stocktaking: what stands on the shelves, as somebody with a scanner finds it.

use circulation::{BranchCode, Condition};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};

use crate::{Session, StoreError, error::corrupt, facts::code, item::condition};

/// An inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// Its number.
    pub id: i64,
    /// Whose shelves.
    pub branch: BranchCode,
    /// Which of them: from this call number to that one and what begins like it; none: all.
    pub range: Option<(String, String)>,
    /// When it was begun.
    pub started_at: Timestamp,
    /// Who began it.
    pub started_by: String,
    /// When it was closed; none: it is open.
    pub closed_at: Option<Timestamp>,
    /// How many barcodes were scanned, each counted once.
    pub scanned: i64,
    /// Of these, how many stand where they should.
    pub expected: i64,
}

/// What a scanned barcode leads to.
#[derive(Debug, Clone)]
pub struct ScanFacts {
    /// Whose shelves are looked at.
    pub branch: BranchCode,
    /// The inventory is closed.
    pub closed: bool,
    /// The item; or else the branches of all the items that have this number.
    pub item: Result<ScannedItem, Vec<BranchCode>>,
}

/// A scanned item.
#[derive(Debug, Clone)]
pub struct ScannedItem {
    /// The item.
    pub id: i64,
    /// The title of its bib.
    pub title: String,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// What shape it is in.
    pub condition: Condition,
    /// Whether its call number is within the inventory's range.
    pub in_range: bool,
    /// Where it is; none: it is withdrawn.
    pub place: Option<ScannedPlace>,
}

/// Where the system has a scanned item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScannedPlace {
    /// On a branch's shelf.
    Shelf(BranchCode),
    /// On loan, until that day.
    Loan(Date),
    /// Between two branches.
    Transit(BranchCode, BranchCode),
    /// On a branch's hold shelf.
    HoldShelf(BranchCode),
}

/// A copy that was not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotSeen {
    /// The item.
    pub item: i64,
    /// Its barcode.
    pub barcode: String,
    /// The title of its bib.
    pub title: String,
    /// Where it should stand.
    pub call_number: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// What shape it is in.
    pub condition: Condition,
}

/// The copy after which a page begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSeenAfter {
    /// Its call number.
    pub call_number: String,
    /// The item.
    pub item: i64,
}

impl Session {
    /// Begins an inventory; returns its number. One round trip.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] where the branch or member of staff is not known, or the range ends before it begins.
    pub async fn begin_inventory(
        &mut self,
        branch: BranchCode,
        range: Option<(&str, &str)>,
        staff_id: i64,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO inventory (branch, started_at, started_by, first_call_number, last_call_number)
             VALUES ($1, $2, $3, $4, $5) RETURNING id",
            branch.as_str(),
            at.to_sqlx() as _,
            staff_id,
            range.map(|(first, _)| first),
            range.map(|(_, last)| last)
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Closes an inventory; `false`: it is closed already, or there is none. One round trip.
    pub async fn close_inventory(&mut self, id: i64, at: Timestamp) -> Result<bool, StoreError> {
        let closed = sqlx::query!(
            "UPDATE inventory SET closed_at = greatest($2, started_at) WHERE id = $1 AND closed_at IS NULL",
            id,
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(closed.rows_affected() > 0)
    }

    /// Inventories of a branch, the open ones and then the others, the last first; or one, by its number. At most so
    /// many. One round trip.
    pub async fn inventories(
        &mut self,
        branch: Option<BranchCode>,
        id: Option<i64>,
        most: i64,
    ) -> Result<Vec<Inventory>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT v.id, v.branch, v.first_call_number, v.last_call_number, v.started_at AS "started_at: jiff_sqlx::Timestamp",
                      u.name, v.closed_at AS "closed_at: jiff_sqlx::Timestamp", s.scanned AS "scanned!", s.expected AS "expected!"
                 FROM inventory v
                 JOIN staff_user u ON u.id = v.started_by
                CROSS JOIN LATERAL (SELECT count(*) AS scanned, count(*) FILTER (WHERE finding = 'expected') AS expected
                                      FROM inventory_scan WHERE inventory_id = v.id) s
                WHERE ($1::text IS NULL OR v.branch = $1) AND ($2::bigint IS NULL OR v.id = $2)
                ORDER BY v.closed_at IS NOT NULL, v.id DESC LIMIT $3"#,
            branch.as_ref().map(BranchCode::as_str),
            id,
            most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(Inventory {
                    id: row.id,
                    branch: code(Some(row.branch))?,
                    range: row.first_call_number.zip(row.last_call_number),
                    started_at: row.started_at.to_jiff(),
                    started_by: row.name,
                    closed_at: row.closed_at.map(jiff_sqlx::Timestamp::to_jiff),
                    scanned: row.scanned,
                    expected: row.expected,
                })
            })
            .collect()
    }

    /// What a barcode leads to in an inventory; `None`: there is no such inventory. One round trip.
    pub async fn scan_facts(
        &mut self,
        inventory: i64,
        barcode: &str,
    ) -> Result<Option<ScanFacts>, StoreError> {
        let row = sqlx::query_file!("queries/inventory_scan_facts.sql", inventory, barcode)
            .fetch_optional(self.pg())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let Some(id) = row.item_id else {
            let issuers = row.issuers.unwrap_or_default();
            return Ok(Some(ScanFacts {
                branch: code(Some(row.branch))?,
                closed: row.closed,
                item: Err(issuers
                    .into_iter()
                    .map(|issuer| code(Some(issuer)))
                    .collect::<Result<_, _>>()?),
            }));
        };
        let place = match row.kind.as_deref() {
            None => None,
            Some("shelf") => Some(ScannedPlace::Shelf(code(row.place)?)),
            Some("hold_shelf") => Some(ScannedPlace::HoldShelf(code(row.place)?)),
            Some("transit") => Some(ScannedPlace::Transit(
                code(row.place)?,
                code(row.to_branch)?,
            )),
            Some("loan") => Some(ScannedPlace::Loan(
                row.due
                    .ok_or_else(|| corrupt("a loan without its dates"))?
                    .to_jiff(),
            )),
            Some(other) => return Err(corrupt(format!("an item in a place of kind {other}"))),
        };
        Ok(Some(ScanFacts {
            branch: code(Some(row.branch))?,
            closed: row.closed,
            item: Ok(ScannedItem {
                id,
                title: row.title.unwrap_or_default(),
                call_number: row.call_number.unwrap_or_default(),
                owner: code(row.owner_branch)?,
                condition: condition(row.condition.as_deref())?,
                in_range: row.in_range.unwrap_or_default(),
                place,
            }),
        }))
    }

    /// Writes a scan down, in the place of an earlier one of the same barcode; `false`: the inventory is closed. One round
    /// trip.
    pub async fn write_scan(
        &mut self,
        inventory: i64,
        barcode: &str,
        item: Option<i64>,
        finding: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let written = sqlx::query_file!(
            "queries/inventory_scan.sql",
            inventory,
            barcode,
            item,
            finding,
            at.to_sqlx() as _
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(written.is_some())
    }

    /// Copies that should stand on the shelves of an inventory and were not scanned, in the order of the shelf: those of
    /// these owners. One round trip.
    pub async fn not_seen(
        &mut self,
        inventory: i64,
        owners: &[BranchCode],
        after: Option<&NotSeenAfter>,
        most: i64,
    ) -> Result<Vec<NotSeen>, StoreError> {
        let owners: Vec<String> = owners.iter().map(ToString::to_string).collect();
        let read = sqlx::query_file!(
            "queries/inventory_missing.sql",
            inventory,
            &owners,
            after.map_or("", |after| after.call_number.as_str()),
            after.map_or(0, |after| after.item),
            most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(NotSeen {
                    item: row.id,
                    barcode: row.barcode,
                    title: row.title,
                    call_number: row.call_number,
                    owner: code(Some(row.owner_branch))?,
                    condition: condition(Some(&row.condition))?,
                })
            })
            .collect()
    }
}
