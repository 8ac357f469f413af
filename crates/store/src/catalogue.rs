//! Bibs as an index reads them, and copies as whoever searches sees them: where they are now, and no reader.

use std::collections::BTreeMap;

use circulation::{Audience, BranchCode, Condition, DocumentCode};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    Store, StoreError,
    error::corrupt,
    facts::code,
    item::{audience, condition},
};

/// A bib with all that was delivered for it.
#[derive(Debug, Clone)]
pub struct BibRow {
    /// The bib.
    pub id: i64,
    /// Its title, as lists and kiosks show it.
    pub title: String,
    /// Its author, the same.
    pub author: String,
    /// The source record that is served for it.
    pub source_id: Option<i64>,
    /// What was delivered, by the order in which it came.
    pub records: Vec<RecordRow>,
    /// What stands in stock, withdrawn copies left out.
    pub copies: Vec<CopyRow>,
}

/// A source record.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// The source record.
    pub id: i64,
    /// Whose it is.
    pub branch: BranchCode,
    /// 001, or what stands for it.
    pub control_number: String,
    /// Media type of the body.
    pub format: String,
    /// Exactly as delivered.
    pub body: Vec<u8>,
    /// When it was delivered last.
    pub delivered_at: Option<Timestamp>,
}

/// A copy, without where it is.
#[derive(Debug, Clone)]
pub struct CopyRow {
    /// Its barcode.
    pub barcode: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// What it is.
    pub document: DocumentCode,
    /// Whom it is for.
    pub audience: Audience,
    /// Where it stands on the shelf.
    pub call_number: String,
}

/// A copy, and where it is at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// Its bib.
    pub bib_id: i64,
    /// Its barcode.
    pub barcode: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// What it is.
    pub document: DocumentCode,
    /// What shape it is in.
    pub condition: Condition,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// Where it is.
    pub whereabouts: Whereabouts,
}

/// Where a copy is, as anybody may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Whereabouts {
    /// On the shelf of a branch.
    Shelf {
        /// Which.
        branch: BranchCode,
    },
    /// Lent.
    Loan {
        /// When it is due.
        due: Date,
    },
    /// On its way.
    Transit {
        /// Where to.
        to: BranchCode,
    },
    /// Set aside for somebody who waits.
    HoldShelf {
        /// Where.
        branch: BranchCode,
    },
}

impl Store {
    /// These bibs as an index reads them. One that is not there, was merged into another, or is of a copy that a partner
    /// lends, is left out.
    pub async fn bibs(&self, ids: &[i64]) -> Result<Vec<BibRow>, StoreError> {
        let mut bibs: BTreeMap<i64, BibRow> = sqlx::query!(
            "SELECT id, title, author, source_id FROM bib WHERE id = ANY ($1) AND merged_into IS NULL AND NOT temporary",
            ids
        )
        .fetch_all(&self.pool)
        .await?
        .into_iter()
        .map(|row| {
            let bib = BibRow {
                id: row.id,
                title: row.title,
                author: row.author,
                source_id: row.source_id,
                records: Vec::new(),
                copies: Vec::new(),
            };
            (row.id, bib)
        })
        .collect();
        let records = sqlx::query!(
            r#"SELECT id, bib_id, branch, control_number, format, body,
                      delivered_at AS "delivered_at: jiff_sqlx::Timestamp"
                 FROM source_record WHERE bib_id = ANY ($1) ORDER BY id"#,
            ids
        )
        .fetch_all(&self.pool)
        .await?;
        for row in records {
            if let Some(bib) = bibs.get_mut(&row.bib_id) {
                bib.records.push(RecordRow {
                    id: row.id,
                    branch: code(Some(row.branch))?,
                    control_number: row.control_number,
                    format: row.format,
                    body: row.body,
                    delivered_at: row.delivered_at.map(jiff_sqlx::Timestamp::to_jiff),
                });
            }
        }
        let copies = sqlx::query!(
            "SELECT bib_id, barcode, owner_branch, document, audience, call_number
               FROM item WHERE bib_id = ANY ($1) AND condition <> 'withdrawn' ORDER BY id",
            ids
        )
        .fetch_all(&self.pool)
        .await?;
        for row in copies {
            if let Some(bib) = bibs.get_mut(&row.bib_id) {
                bib.copies.push(CopyRow {
                    barcode: row.barcode,
                    owner: code(Some(row.owner_branch))?,
                    document: code(Some(row.document))?,
                    audience: audience(Some(&row.audience)),
                    call_number: row.call_number,
                });
            }
        }
        Ok(bibs.into_values().collect())
    }

    /// The next bibs by number, behind `after`: for whoever reads them all.
    pub async fn bib_ids(&self, after: i64, most: i64) -> Result<Vec<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            "SELECT id FROM bib WHERE id > $1 AND merged_into IS NULL AND NOT temporary ORDER BY id LIMIT $2",
            after,
            most
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// How many bibs there are.
    pub async fn bib_count(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(*) AS "bibs!" FROM bib WHERE merged_into IS NULL AND NOT temporary"#
        )
        .fetch_one(&self.pool)
        .await?)
    }

    /// The copies of these bibs and where they are now, by bib, branch and call number. Withdrawn ones are left out.
    pub async fn holdings(&self, bibs: &[i64]) -> Result<Vec<Holding>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT i.bib_id, i.barcode, i.owner_branch, i.document, i.condition, i.call_number,
                      c.kind, c.branch, c.to_branch, c.due AS "due: jiff_sqlx::Date"
                 FROM item i JOIN custody c ON c.item_id = i.id AND c.until IS NULL
                WHERE i.bib_id = ANY ($1) AND i.condition <> 'withdrawn'
                ORDER BY i.bib_id, i.owner_branch, i.call_number, i.id"#,
            bibs
        )
        .fetch_all(&self.pool)
        .await?;
        read.into_iter()
            .map(|row| {
                let due = row.due.map(jiff_sqlx::Date::to_jiff);
                Ok(Holding {
                    bib_id: row.bib_id,
                    barcode: row.barcode,
                    owner: code(Some(row.owner_branch))?,
                    document: code(Some(row.document))?,
                    condition: condition(Some(&row.condition))?,
                    call_number: row.call_number,
                    whereabouts: match row.kind.as_str() {
                        "shelf" => Whereabouts::Shelf {
                            branch: code(Some(row.branch))?,
                        },
                        "loan" => Whereabouts::Loan {
                            due: due.ok_or_else(|| corrupt("a loan without its dates"))?,
                        },
                        "transit" => Whereabouts::Transit {
                            to: code(row.to_branch)?,
                        },
                        "hold_shelf" => Whereabouts::HoldShelf {
                            branch: code(Some(row.branch))?,
                        },
                        other => {
                            return Err(corrupt(format!("an item in a place of kind {other}")));
                        }
                    },
                })
            })
            .collect()
    }

    /// How many wait for each of these bibs, those left out for which nobody does.
    pub async fn waiting(&self, bibs: &[i64]) -> Result<BTreeMap<i64, u32>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT bib_id, count(*) AS "waiting!" FROM hold
                WHERE bib_id = ANY ($1) AND closed_at IS NULL GROUP BY bib_id"#,
            bibs
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(read
            .into_iter()
            .map(|row| (row.bib_id, u32::try_from(row.waiting).unwrap_or(u32::MAX)))
            .collect())
    }

    /// The bibs that have a good copy on a shelf of this branch now: for "available here".
    pub async fn bibs_on_shelf(&self, branch: BranchCode) -> Result<Vec<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            "SELECT DISTINCT i.bib_id FROM custody c JOIN item i ON i.id = c.item_id AND i.condition = 'good'
              WHERE c.until IS NULL AND c.kind = 'shelf' AND c.branch = $1 ORDER BY i.bib_id",
            branch.as_str()
        )
        .fetch_all(&self.pool)
        .await?)
    }
}
