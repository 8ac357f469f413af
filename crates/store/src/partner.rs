//! What partner systems ask for and bring.

use circulation::{BranchCode, DocumentCode};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Session, Stamp, StoreError, error::corrupt, facts::code};

/// A partner's request as it is written, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerRequestRow {
    /// A copy was brought; otherwise one of ours is asked for.
    pub accepted: bool,
    /// The title.
    pub bib: i64,
    /// Its title.
    pub title: String,
    /// The copy that was brought.
    pub item: Option<i64>,
    /// The hold.
    pub hold: i64,
    /// Whether one copy and no other is asked for.
    pub one_copy: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who asked; none once it is unlinked.
    pub patron: Option<i64>,
    /// The active card of who asked.
    pub card: Option<String>,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// How the hold ended, if it has: `collected`, `cancelled`, …
    pub outcome: Option<String>,
    /// Where the copy stands that is set aside: `transit` or `hold_shelf`.
    pub set_aside: Option<String>,
    /// The last day on which that copy waits on the hold shelf.
    pub ready_until: Option<Date>,
    /// The copy that is set aside, brought or asked for.
    pub barcode: Option<String>,
    /// How many wait before it.
    pub before: i64,
}

/// A copy that another library lends, to be written with its hold. `B` is the body of the event.
#[derive(Debug)]
pub struct NewTemporary<'a, B> {
    /// The household of who waits, and its guard.
    pub household: (i64, i64),
    /// Its title.
    pub title: &'a str,
    /// Its author; empty if none.
    pub author: &'a str,
    /// Its barcode; none: one is made.
    pub barcode: Option<&'a str>,
    /// The document type.
    pub document: DocumentCode,
    /// The call number; empty if none.
    pub call_number: &'a str,
    /// Its first day in service, as far as rules on new items go.
    pub in_service: Date,
    /// Until when it is wanted back.
    pub return_by: Option<Date>,
    /// Who waits.
    pub patron_id: i64,
    /// Where it is to be collected.
    pub pickup: BranchCode,
    /// The last day on which it waits to be served.
    pub expires_on: Date,
    /// Of a class or an institution.
    pub several: bool,
    /// The request, as its partner calls it: agency and number.
    pub request: (&'a str, &'a str),
    /// Who asked, where and when.
    pub stamp: Stamp,
    /// What the event tells.
    pub body: &'a B,
}

/// A copy that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temporary {
    /// The item.
    pub item: i64,
    /// The barcode that it got.
    pub barcode: String,
    /// The hold.
    pub hold: i64,
    /// The event.
    pub event: i64,
}

impl Session {
    /// Reads a partner's request; `None`: it made none of this name.
    pub async fn partner_request(
        &mut self,
        terminal: i64,
        agency: &str,
        number: &str,
    ) -> Result<Option<PartnerRequestRow>, StoreError> {
        let row = sqlx::query_file!("queries/partner_request.sql", terminal, agency, number)
            .fetch_optional(self.pg())
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(PartnerRequestRow {
            accepted: row.kind == "accepted",
            bib: row.bib_id,
            title: row.title,
            item: row.item_id,
            hold: row.hold_id,
            one_copy: row.one_copy,
            made_at: row.made_at.to_jiff(),
            patron: row.patron_id,
            card: row.card,
            pickup: code(Some(row.pickup))?,
            expires_on: row.expires_on.to_jiff(),
            outcome: row.outcome,
            set_aside: row.custody_kind,
            ready_until: row.ready_until.map(jiff_sqlx::Date::to_jiff),
            barcode: row.barcode,
            before: row.before,
        }))
    }

    /// Under which names this partner knows its requests of these holds: hold, agency, number.
    pub async fn partner_names(
        &mut self,
        terminal: i64,
        holds: &[i64],
    ) -> Result<Vec<(i64, String, String)>, StoreError> {
        let rows = sqlx::query!(
            "SELECT hold_id, agency, number FROM partner_request WHERE hold_id = ANY ($2) AND terminal_id = $1",
            terminal,
            holds
        )
        .fetch_all(self.pg())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.hold_id, row.agency, row.number))
            .collect())
    }

    /// Writes a temporary copy with its hold and logs it, in one statement.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: the household is not as it was read. A constraint that
    /// [`StoreError::is_known_again`]: the same request was written meanwhile; `item_barcode_once_a_branch`: somebody
    /// took the barcode.
    pub async fn accept<B: Serialize + Sync>(
        &mut self,
        new: &NewTemporary<'_, B>,
    ) -> Result<Temporary, StoreError> {
        let row = sqlx::query_file!(
            "queries/accept.sql",
            new.household.0,
            new.household.1,
            new.title,
            new.author,
            new.barcode,
            new.stamp.branch.as_str(),
            new.document.as_str(),
            new.call_number,
            new.in_service.to_sqlx() as _,
            new.return_by.map(ToSqlx::to_sqlx) as _,
            new.patron_id,
            new.pickup.as_str(),
            new.stamp.at.to_sqlx() as _,
            new.expires_on.to_sqlx() as _,
            new.several,
            new.stamp.terminal_id,
            new.stamp.staff_id,
            new.request.0,
            new.request.1,
            Json(new.body) as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)?;
        Ok(Temporary {
            item: row.item,
            barcode: row.barcode,
            hold: row.hold,
            event: row.event,
        })
    }

    /// Which of these barcodes some item has, whatever its branch and state.
    pub async fn barcodes_taken(&mut self, barcodes: &[String]) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar!(
            "SELECT DISTINCT barcode FROM item WHERE barcode = ANY ($1)",
            barcodes
        )
        .fetch_all(self.pg())
        .await?)
    }

    /// Whether an item is a temporary one, that a partner brought: this one, or any if `None`.
    pub async fn is_temporary(
        &mut self,
        item: i64,
        terminal: Option<i64>,
    ) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM partner_request WHERE item_id = $1 AND kind = 'accepted'
                   AND ($2::bigint IS NULL OR terminal_id = $2)) AS "is!""#,
            item,
            terminal
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Whether the last copy that this partner brought under a barcode has gone.
    pub async fn was_discarded(
        &mut self,
        terminal: i64,
        barcode: &str,
    ) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM partner_request r JOIN item i ON i.id = r.item_id
                 WHERE r.terminal_id = $1 AND r.kind = 'accepted' AND i.condition = 'withdrawn'
                   AND i.barcode = $2::text || '~' || i.id) AS "is!""#,
            terminal,
            barcode
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Ends a temporary copy and logs it, in one statement; returns the event.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: title or item are not as they were read.
    pub async fn discard<B: Serialize + Sync>(
        &mut self,
        bib: (i64, i64),
        item: (i64, i64),
        stamp: &Stamp,
        body: &B,
    ) -> Result<i64, StoreError> {
        sqlx::query_file_scalar!(
            "queries/discard.sql",
            bib.0,
            bib.1,
            item.0,
            item.1,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            Json(body) as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }
}

impl PartnerRequestRow {
    /// Checks what the table's constraints keep.
    pub fn accepted_item(&self) -> Result<i64, StoreError> {
        self.item
            .ok_or_else(|| corrupt("an accepted request without its copy"))
    }
}
