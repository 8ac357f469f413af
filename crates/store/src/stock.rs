//! Bibs, source records and items, many at a time.

use circulation::{Audience, BranchCode, Condition, DocumentCode};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use crate::{Store, StoreError, import::word};

/// A bib to add, with what it was made from and its copies.
#[derive(Debug, Clone)]
pub struct NewBib {
    /// What lists show.
    pub title: String,
    /// Whom lists name with it, empty if nobody.
    pub author: String,
    /// The records it was made from; at least one.
    pub records: Vec<NewSourceRecord>,
    /// Its copies.
    pub items: Vec<NewItem>,
}

/// A record as a branch delivered it.
#[derive(Debug, Clone)]
pub struct NewSourceRecord {
    /// Whose file it came in.
    pub branch: BranchCode,
    /// Its number in that file.
    pub control_number: String,
    /// Media type of the body.
    pub format: String,
    /// The record, byte for byte.
    pub body: Vec<u8>,
    /// What an import keeps beside it; `None`: it is never compared with others.
    pub signed: Option<Signed>,
}

/// What matching needs of a record.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Where it meets others.
    pub keys: Vec<i64>,
    /// What matching looks at, as JSON.
    pub signature: String,
    /// SHA-256 of the body.
    pub digest: Vec<u8>,
    /// How good it is: the best is served.
    pub quality: i16,
}

/// A copy to put on its owner's shelf.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Its barcode; unique at the branch that owns it.
    pub barcode: String,
    /// Whose it is.
    pub owner: BranchCode,
    /// Its document type.
    pub document: DocumentCode,
    /// Whom it is meant for.
    pub audience: Audience,
    /// Its state.
    pub condition: Condition,
    /// Where it stands on the shelf.
    pub call_number: String,
    /// Its first day in service.
    pub in_service: Date,
    /// How many parts it has.
    pub parts: u8,
}

/// What became of the stock to add.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockImport {
    /// Bibs added now.
    pub bibs: u64,
    /// Items added now.
    pub items: u64,
    /// Bibs known already by their first record: left as they were.
    pub known: u64,
}

impl Store {
    /// Adds bibs with their records and copies, all or none. A bib whose first record is known already is left
    /// as it is, so that the same list can be given twice.
    pub async fn add_stock(&self, bibs: &[NewBib]) -> Result<StockImport, StoreError> {
        let mut report = StockImport::default();
        let mut transaction = self.pool.begin().await?;
        for bib in bibs {
            if let Some(first) = bib.records.first() {
                let known = sqlx::query_scalar!(
                    "SELECT id FROM source_record WHERE branch = $1 AND control_number = $2",
                    first.branch.as_str(),
                    first.control_number
                )
                .fetch_optional(&mut *transaction)
                .await?;
                if known.is_some() {
                    report.known += 1;
                    continue;
                }
            }
            let bib_id = sqlx::query_scalar!(
                "INSERT INTO bib (title, author) VALUES ($1, $2) RETURNING id",
                bib.title,
                bib.author
            )
            .fetch_one(&mut *transaction)
            .await?;
            let records = &bib.records;
            let keys: Vec<(&NewSourceRecord, i64)> = records
                .iter()
                .flat_map(|record| {
                    let keys = record.signed.iter().flat_map(|signed| &signed.keys);
                    keys.map(move |key| (record, *key))
                })
                .collect();
            sqlx::query!(
                "WITH added AS (
                     INSERT INTO source_record (branch, control_number, bib_id, format, body, signature, digest, quality)
                     SELECT r.branch, r.number, $1, r.format, r.body, r.signature::json, r.digest, coalesce(r.quality, 0)
                       FROM unnest($2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::bytea[], $8::smallint[])
                            AS r(branch, number, format, body, signature, digest, quality)
                     RETURNING id, branch, control_number, quality
                 ), met AS (
                     INSERT INTO match_key (key, source_id)
                     SELECT DISTINCT k.key, added.id FROM unnest($9::text[], $10::text[], $11::bigint[]) AS k(branch, number, key)
                       JOIN added ON added.branch = k.branch AND added.control_number = k.number
                 )
                 UPDATE bib SET source_id = (SELECT id FROM added ORDER BY quality DESC, id LIMIT 1) WHERE id = $1",
                bib_id,
                &records.iter().map(|record| record.branch.to_string()).collect::<Vec<_>>(),
                &records.iter().map(|record| record.control_number.clone()).collect::<Vec<_>>(),
                &records.iter().map(|record| record.format.clone()).collect::<Vec<_>>(),
                &records.iter().map(|record| record.body.clone()).collect::<Vec<_>>(),
                &column(records, |signed| signed.signature.clone()) as _,
                &column(records, |signed| signed.digest.clone()) as _,
                &column(records, |signed| signed.quality) as _,
                &keys.iter().map(|(record, _)| record.branch.to_string()).collect::<Vec<_>>(),
                &keys.iter().map(|(record, _)| record.control_number.clone()).collect::<Vec<_>>(),
                &keys.iter().map(|(_, key)| *key).collect::<Vec<_>>(),
            )
            .execute(&mut *transaction)
            .await?;
            let items = &bib.items;
            sqlx::query!(
                "WITH added AS (
                     INSERT INTO item (bib_id, source_id, barcode, issuing_branch, owner_branch, document, audience, condition,
                                       call_number, in_service, parts)
                     SELECT $1, (SELECT min(r.id) FROM source_record r WHERE r.bib_id = $1 AND r.branch = i.owner), i.barcode, i.owner, i.owner, i.document, i.audience, i.condition, i.call_number,
                            i.in_service, i.parts
                       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[],
                                   $9::smallint[])
                            AS i(barcode, owner, document, audience, condition, call_number, in_service, parts)
                     RETURNING id, owner_branch, condition)
                 INSERT INTO custody (item_id, kind, branch, since)
                 SELECT id, 'shelf', owner_branch, clock_timestamp() FROM added WHERE condition <> 'withdrawn'",
                bib_id,
                &items.iter().map(|item| item.barcode.clone()).collect::<Vec<_>>(),
                &items.iter().map(|item| item.owner.to_string()).collect::<Vec<_>>(),
                &items.iter().map(|item| item.document.to_string()).collect::<Vec<_>>(),
                &items.iter().map(|item| word(&item.audience)).collect::<Vec<_>>(),
                &items.iter().map(|item| word(&item.condition)).collect::<Vec<_>>(),
                &items.iter().map(|item| item.call_number.clone()).collect::<Vec<_>>(),
                &items.iter().map(|item| item.in_service.to_sqlx()).collect::<Vec<_>>() as _,
                &items.iter().map(|item| i16::from(item.parts)).collect::<Vec<_>>(),
            )
            .execute(&mut *transaction)
            .await?;
            report.bibs += 1;
            report.items += u64::try_from(items.len()).unwrap_or(u64::MAX);
        }
        transaction.commit().await?;
        Ok(report)
    }
}

fn column<T>(records: &[NewSourceRecord], of: impl Fn(&Signed) -> T) -> Vec<Option<T>> {
    let signed = records.iter().map(|record| record.signed.as_ref().map(&of));
    signed.collect()
}
