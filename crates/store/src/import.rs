//! A network's files, written: vocabulary, calendar, and rules as a new policy version.

use jiff::Timestamp;
use network::Network;
use serde::Serialize;
use sqlx::PgConnection;

use crate::{
    PublishError, Store, StoreError,
    imported_calendar::calendar,
    policy::{publish, rulebook_changed},
};

/// What an import did to each kind of thing, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NetworkImport {
    /// Branches.
    pub branches: Change,
    /// Patron categories.
    pub categories: Change,
    /// Document types.
    pub documents: Change,
    /// Opening hours and closures are other ones than before.
    pub calendar_changed: bool,
    /// Branches whose calendar people have changed: it was left as it is.
    pub calendars_kept: u64,
    /// The rules became a new policy version.
    pub policy_published: bool,
}

impl NetworkImport {
    /// Whether anything is other than before.
    pub fn changed_anything(&self) -> bool {
        let touched = |change: Change| change.created + change.updated > 0;
        [self.branches, self.categories, self.documents]
            .into_iter()
            .any(touched)
            || self.calendar_changed
            || self.policy_published
    }
}

/// Rows of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Read from the files.
    pub read: u64,
    /// New.
    pub created: u64,
    /// Known, and other than before.
    pub updated: u64,
}

impl Change {
    fn count(&mut self, inserted: Option<bool>) {
        self.read += 1;
        match inserted {
            Some(true) => self.created += 1,
            Some(false) => self.updated += 1,
            None => {}
        }
    }
}

impl Store {
    /// Writes a network's files, all or nothing; writes nothing at all for a dry run. The same files twice
    /// change nothing the second time. A branch or code that the files leave out stays: it is in old facts.
    pub async fn import_network(
        &self,
        network: &Network,
        author: &str,
        at: Timestamp,
        dry_run: bool,
    ) -> Result<NetworkImport, PublishError> {
        let mut report = NetworkImport::default();
        let mut transaction = self.pool.begin().await?;
        vocabulary(&mut transaction, network, &mut report).await?;
        (report.calendar_changed, report.calendars_kept) =
            calendar(&mut transaction, &network.calendar).await?;
        report.policy_published = publish(&mut transaction, &network.policy, author, at).await?;
        if report.changed_anything() {
            rulebook_changed(&mut transaction).await?;
        }
        if dry_run {
            transaction.rollback().await?;
        } else {
            transaction.commit().await?;
        }
        Ok(report)
    }
}

async fn vocabulary(
    connection: &mut PgConnection,
    network: &Network,
    report: &mut NetworkImport,
) -> Result<(), StoreError> {
    // Each statement answers a row where it wrote: true for a new one, false for a changed one.
    for branch in &network.branches {
        let inserted = sqlx::query_scalar!(
            r#"INSERT INTO branch AS b (code, name, commune, phone, phone2, street, postcode, town, note)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               ON CONFLICT (code) DO UPDATE SET name = excluded.name, commune = excluded.commune,
                   phone = excluded.phone, phone2 = excluded.phone2, street = excluded.street,
                   postcode = excluded.postcode, town = excluded.town, note = excluded.note
               WHERE b.changed_by IS NULL AND
                     (b.name, b.commune, b.phone, b.phone2, b.street, b.postcode, b.town, b.note)
                     IS DISTINCT FROM (excluded.name, excluded.commune, excluded.phone, excluded.phone2,
                                       excluded.street, excluded.postcode, excluded.town, excluded.note)
               RETURNING xmax = 0 AS "inserted!""#,
            branch.code.as_str(),
            branch.name,
            branch.commune,
            branch.phone,
            branch.phone2.as_deref().unwrap_or_default(),
            branch.street,
            branch.postcode,
            branch.town,
            branch.seed_note.as_deref().unwrap_or_default(),
        )
        .fetch_optional(&mut *connection)
        .await?;
        report.branches.count(inserted);
    }
    for category in &network.categories {
        let inserted = sqlx::query_scalar!(
            r#"INSERT INTO patron_category AS c (code, label, kind, min_age, max_age, card_months, guarantor,
                                                 audience_limit, origin)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               ON CONFLICT (code) DO UPDATE SET label = excluded.label, kind = excluded.kind,
                   min_age = excluded.min_age, max_age = excluded.max_age, card_months = excluded.card_months,
                   guarantor = excluded.guarantor, audience_limit = excluded.audience_limit, origin = excluded.origin
               WHERE (c.*) IS DISTINCT FROM (excluded.*)
               RETURNING xmax = 0 AS "inserted!""#,
            category.code.as_str(),
            category.label,
            word(&category.kind),
            category.min_age.map(i16::from),
            category.max_age.map(i16::from),
            i16::try_from(category.card_months).unwrap_or(i16::MAX),
            word(&category.guarantor),
            category.audience_limit.as_ref().map(word),
            category.origin,
        )
        .fetch_optional(&mut *connection)
        .await?;
        report.categories.count(inserted);
    }
    for document in &network.documents {
        let inserted = sqlx::query_scalar!(
            r#"INSERT INTO document_type AS d (code, label, sip2_media_type, unimarc_ldr06, unimarc_ldr07,
                   unimarc_995r, onix_product_form, usual_parts, loanable_by_default, note)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
               ON CONFLICT (code) DO UPDATE SET label = excluded.label, sip2_media_type = excluded.sip2_media_type,
                   unimarc_ldr06 = excluded.unimarc_ldr06, unimarc_ldr07 = excluded.unimarc_ldr07,
                   unimarc_995r = excluded.unimarc_995r, onix_product_form = excluded.onix_product_form,
                   usual_parts = excluded.usual_parts, loanable_by_default = excluded.loanable_by_default,
                   note = excluded.note
               WHERE (d.*) IS DISTINCT FROM (excluded.*)
               RETURNING xmax = 0 AS "inserted!""#,
            document.code.as_str(),
            document.label,
            document.sip2_media_type,
            document.unimarc_ldr06.to_string(),
            document.unimarc_ldr07.to_string(),
            document.unimarc_995r,
            document.onix_product_form,
            i16::from(document.usual_parts),
            document.loanable_by_default,
            document.note,
        )
        .fetch_optional(&mut *connection)
        .await?;
        report.documents.count(inserted);
    }
    Ok(())
}

/// The word that serde writes for a value without fields.
pub(crate) fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
