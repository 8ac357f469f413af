//! Copies of a batch.

use circulation::{Audience, BranchCode, Condition, DocumentCode};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::Importer;
use crate::{
    StoreError,
    facts::code,
    import::word,
    item::{audience, condition},
};

/// A copy to write: a new one, or what a known one is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyWrite {
    /// Its number: from [`Importer::numbers`], or the known one's.
    pub id: i64,
    /// Its bib.
    pub bib_id: i64,
    /// The record that it came with.
    pub source_id: i64,
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
    /// Of a periodical: which issue.
    pub issue: String,
    /// What else is said of it.
    pub note: String,
    /// Its first day in service.
    pub in_service: Date,
}

/// A copy that is there already under a barcode that was asked for.
#[derive(Debug, Clone)]
pub struct KnownCopy {
    /// The copy; its record is 0 if it came by itself.
    pub copy: CopyWrite,
    /// The branch that delivered the record that it came with.
    pub came_with: Option<BranchCode>,
    /// A partner lends it to us: no file says what becomes of it.
    pub temporary: bool,
}

impl Importer {
    /// The copies that have these barcodes at these branches.
    pub async fn copies(
        &mut self,
        barcodes: &[String],
        owners: &[BranchCode],
    ) -> Result<Vec<KnownCopy>, StoreError> {
        let owners: Vec<String> = owners.iter().map(ToString::to_string).collect();
        let rows = sqlx::query!(
            r#"SELECT i.id, i.bib_id, i.source_id, i.barcode, i.issuing_branch, i.document, i.audience, i.condition,
                      i.call_number, i.issue, i.note, i.in_service AS "in_service: jiff_sqlx::Date", s.branch AS "came_with?",
                      EXISTS (SELECT FROM partner_request p WHERE p.item_id = i.id AND p.kind = 'accepted') AS "temporary!"
                 FROM unnest($1::text[], $2::text[]) AS asked(barcode, branch)
                 JOIN item i ON i.barcode = asked.barcode AND i.issuing_branch = asked.branch
                 LEFT JOIN source_record s ON s.id = i.source_id"#,
            barcodes,
            &owners
        )
        .fetch_all(&mut self.connection)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(KnownCopy {
                    copy: CopyWrite {
                        id: row.id,
                        bib_id: row.bib_id,
                        source_id: row.source_id.unwrap_or(0),
                        barcode: row.barcode,
                        owner: code(Some(row.issuing_branch))?,
                        document: code(Some(row.document))?,
                        audience: audience(Some(&row.audience)),
                        condition: condition(Some(&row.condition))?,
                        call_number: row.call_number,
                        issue: row.issue,
                        note: row.note,
                        in_service: row.in_service.to_jiff(),
                    },
                    temporary: row.temporary,
                    came_with: row.came_with.map(|branch| code(Some(branch))).transpose()?,
                })
            })
            .collect()
    }

    /// New copies, each on its owner's shelf, with as many parts as its document type usually has.
    pub async fn add_copies(&mut self, copies: &[CopyWrite]) -> Result<(), StoreError> {
        if copies.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "WITH added AS (
                 INSERT INTO item (id, bib_id, source_id, barcode, issuing_branch, owner_branch, document, audience, condition,
                                   call_number, issue, note, in_service, parts)
                 OVERRIDING SYSTEM VALUE
                 SELECT i.id, i.bib_id, i.source_id, i.barcode, i.owner, i.owner, i.document, i.audience, i.condition,
                        i.call_number, i.issue, i.note, i.in_service, d.usual_parts
                   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                               $8::text[], $9::text[], $10::text[], $11::text[], $12::date[])
                        AS i(id, bib_id, source_id, barcode, owner, document, audience, condition, call_number, issue, note,
                             in_service)
                   JOIN document_type d ON d.code = i.document
                 RETURNING id, owner_branch, condition)
             INSERT INTO custody (item_id, kind, branch, since)
             SELECT id, 'shelf', owner_branch, clock_timestamp() FROM added WHERE condition <> 'withdrawn'",
            &copies.iter().map(|copy| copy.id).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.bib_id).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.source_id).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.barcode.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.owner.to_string()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.document.to_string()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| word(&copy.audience)).collect::<Vec<_>>(),
            &copies.iter().map(|copy| word(&copy.condition)).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.call_number.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.issue.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.note.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.in_service.to_sqlx()).collect::<Vec<_>>() as _,
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Known copies that were delivered otherwise than before. Where they are is not touched.
    pub async fn change_copies(&mut self, copies: &[CopyWrite]) -> Result<(), StoreError> {
        if copies.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "UPDATE item SET version = item.version + 1, bib_id = i.bib_id, source_id = i.source_id, document = i.document,
                    audience = i.audience, condition = i.condition, call_number = i.call_number, issue = i.issue,
                    note = i.note, in_service = i.in_service
               FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                           $8::text[], $9::text[], $10::date[])
                    AS i(id, bib_id, source_id, document, audience, condition, call_number, issue, note, in_service)
              WHERE item.id = i.id",
            &copies.iter().map(|copy| copy.id).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.bib_id).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.source_id).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.document.to_string()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| word(&copy.audience)).collect::<Vec<_>>(),
            &copies.iter().map(|copy| word(&copy.condition)).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.call_number.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.issue.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.note.clone()).collect::<Vec<_>>(),
            &copies.iter().map(|copy| copy.in_service.to_sqlx()).collect::<Vec<_>>() as _,
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }
}
