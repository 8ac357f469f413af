//! What a demonstration can use at once, asked of the database at that moment.

use circulation::BranchCode;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use crate::{Store, StoreError, facts::code};

/// A book on a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfBook {
    /// Its barcode.
    pub barcode: String,
    /// Its document type.
    pub document: String,
    /// Its bib.
    pub bib: i64,
}

impl Store {
    /// Cards of adults in good standing without a loan or hold, of this home branch first.
    pub async fn free_adults(
        &self,
        branch: BranchCode,
        today: Date,
        most: i64,
    ) -> Result<Vec<(String, BranchCode)>, StoreError> {
        sqlx::query!(
            "SELECT c.number, c.issuing_branch FROM patron p
               JOIN card c ON c.patron_id = p.id AND c.status = 'active'
              WHERE p.category = 'ADU' AND p.pin_hash IS NOT NULL
                AND (p.expires_on IS NULL OR p.expires_on > $2::date + 60)
                AND 1 = (SELECT count(*) FROM card o WHERE o.number = c.number)
                AND NOT EXISTS (SELECT 1 FROM block b WHERE b.patron_id = p.id AND b.lifted_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM suspension s WHERE s.patron_id = p.id AND s.lifted_at IS NULL
                                                            AND s.free_on > $2)
                AND NOT EXISTS (SELECT 1 FROM patron m JOIN custody l ON l.patron_id = m.id AND l.until IS NULL
                                 WHERE m.household_id = p.household_id)
                AND NOT EXISTS (SELECT 1 FROM hold w WHERE w.patron_id = p.id AND w.closed_at IS NULL)
              ORDER BY c.issuing_branch <> $1, c.number LIMIT $3",
            branch.as_str(),
            today.to_sqlx() as _,
            most
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(|row| Ok((row.number, code(Some(row.issuing_branch))?)))
        .collect()
    }

    /// Books and comics of this branch, on its own shelf, lendable to any adult at a machine, no novelties, of titles
    /// that nobody waits for.
    pub async fn shelf_books(
        &self,
        branch: BranchCode,
        in_service_before: Date,
        most: i64,
    ) -> Result<Vec<ShelfBook>, StoreError> {
        Ok(sqlx::query!(
            "SELECT i.barcode, i.document, i.bib_id FROM item i
               JOIN custody c ON c.item_id = i.id AND c.until IS NULL AND c.kind = 'shelf' AND c.branch = $1
              WHERE i.owner_branch = $1 AND i.document IN ('LIV', 'BD') AND i.condition = 'good' AND i.in_service < $2
                AND 1 = (SELECT count(*) FROM item o WHERE o.barcode = i.barcode)
                AND NOT EXISTS (SELECT 1 FROM hold w WHERE w.bib_id = i.bib_id AND w.closed_at IS NULL)
              ORDER BY i.barcode LIMIT $3",
            branch.as_str(),
            in_service_before.to_sqlx() as _,
            most
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(|row| ShelfBook { barcode: row.barcode, document: row.document, bib: row.bib_id })
        .collect())
    }
}
