//! Readers of former systems: what is known of them, and what a batch of a file changes.

use circulation::{BranchCode, CategoryCode};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::{Store, StoreError, facts::code, together::column};

/// What the note of an opening balance and the message of a block say, by which a later file finds its own.
const BROUGHT: &str = "reprise";

/// A reader whom a file names.
#[derive(Debug, Clone)]
pub struct SourceAsk {
    /// The branch whose file it is.
    pub branch: BranchCode,
    /// The number in that file.
    pub number: String,
    /// The card's number.
    pub card: String,
    /// Who has the same key lives together.
    pub household: Option<i64>,
}

/// What the network knows of a reader whom a file names.
#[derive(Debug)]
pub struct SourceAnswer {
    /// The reader, if a file named them before.
    pub known: Option<KnownPatron>,
    /// Who has that card of that branch.
    pub card_holder: Option<i64>,
    /// The household of earlier readers with the same key.
    pub household_id: Option<i64>,
}

/// A reader whom a file named before, as they are now.
#[derive(Debug)]
pub struct KnownPatron {
    /// The patron.
    pub patron_id: i64,
    /// The household, whose version guards what is decided for its members.
    pub household_id: i64,
    /// What the file said last, as digests.
    pub fields: Vec<u8>,
    /// What stands here now.
    pub now: PatronColumns,
    /// The active card of that branch, if it is still one of that branch.
    pub card: Option<String>,
    /// The block that an import brought still stands.
    pub blocked: bool,
    /// The reader has a PIN.
    pub has_pin: bool,
    /// The account was closed: nothing is written there any more.
    pub closed: bool,
    /// Another one after every change of the row.
    stamp: String,
}

/// The columns that files bring.
#[derive(Clone, PartialEq, Eq)]
pub struct PatronColumns {
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// Postal address on one line.
    pub address: String,
    /// Electronic mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// The category.
    pub category: CategoryCode,
    /// The last day on which the card is valid.
    pub expires_on: Option<Date>,
}

impl std::fmt::Debug for PatronColumns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PatronColumns(…)")
    }
}

/// A reader to add.
#[derive(Debug, Clone)]
pub struct SourcePatron {
    /// Where it comes from.
    pub source: SourceAsk,
    /// What is known of them.
    pub columns: PatronColumns,
    /// The household to join; without one, readers of the same `group` found one.
    pub household_id: Option<i64>,
    /// Which household of the batch it is.
    pub group: usize,
    /// Who answers for a minor.
    pub guarantor: Option<SourceGuarantor>,
    /// The PIN's argon2id hash (PHC string).
    pub pin_hash: Option<String>,
    /// What is owed, in cents.
    pub owed_cents: i64,
    /// Blocked in the source.
    pub blocked: bool,
    /// What the file says, as digests.
    pub fields: Vec<u8>,
}

/// Who answers for a minor who comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceGuarantor {
    /// Somebody of the same batch, by place.
    InBatch(usize),
    /// Somebody who is here already.
    Patron(i64),
}

/// What a later file changes of a reader.
#[derive(Debug)]
pub struct SourceChange {
    /// Where it comes from.
    pub source: SourceAsk,
    /// As it was read.
    pub known: KnownPatron,
    /// What stands here afterwards.
    pub columns: PatronColumns,
    /// A new card: the one before becomes an alias.
    pub card: Option<String>,
    /// The block of the import is placed or lifted.
    pub block: Option<bool>,
    /// A PIN for who has none.
    pub pin_hash: Option<String>,
    /// What the file says now, as digests.
    pub fields: Vec<u8>,
}

impl Store {
    /// What is known of readers whom a file names, in the order of the questions.
    pub async fn known_patrons(&self, asks: &[SourceAsk]) -> Result<Vec<SourceAnswer>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT s.patron_id AS "patron_id?", s.fields AS "fields?", p.household_id AS "household_id?",
                      p.family_name AS "family_name?", p.given_name AS "given_name?", p.born_on AS "born_on?: jiff_sqlx::Date",
                      p.address AS "address?", p.email AS "email?", p.phone AS "phone?", p.category AS "category?",
                      p.expires_on AS "expires_on?: jiff_sqlx::Date", p.pin_hash IS NOT NULL AS "has_pin!", p.closed_at IS NOT NULL AS "closed!", p.xmin::text AS "stamp?",
                      (SELECT c.number FROM card c WHERE c.patron_id = p.id AND c.status = 'active'
                          AND c.issuing_branch = asked.branch) AS card,
                      EXISTS (SELECT FROM block b WHERE b.patron_id = p.id AND b.lifted_at IS NULL
                          AND b.kind = 'staff' AND b.message = $5) AS "blocked!",
                      (SELECT d.patron_id FROM card d WHERE d.number = asked.card AND d.issuing_branch = asked.branch) AS card_holder,
                      (SELECT q.household_id FROM patron_source o JOIN patron q ON q.id = o.patron_id
                        WHERE o.household = asked.household ORDER BY q.id LIMIT 1) AS joins
                 FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
                      WITH ORDINALITY AS asked (branch, number, card, household, n)
                 LEFT JOIN patron_source s ON s.branch = asked.branch AND s.number = asked.number
                 LEFT JOIN patron p ON p.id = s.patron_id
                ORDER BY asked.n"#,
            column(asks, |ask| ask.branch.as_str()) as _,
            column(asks, |ask| ask.number.as_str()) as _,
            column(asks, |ask| ask.card.as_str()) as _,
            column(asks, |ask| ask.household) as _,
            BROUGHT,
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let known = match (row.patron_id, row.household_id, row.fields, row.stamp) {
                    (Some(patron_id), Some(household_id), Some(fields), Some(stamp)) => {
                        Some(KnownPatron {
                            patron_id,
                            household_id,
                            fields,
                            now: PatronColumns {
                                family_name: row.family_name.unwrap_or_default(),
                                given_name: row.given_name.unwrap_or_default(),
                                born_on: row.born_on.map(jiff_sqlx::Date::to_jiff),
                                address: row.address.unwrap_or_default(),
                                email: row.email.unwrap_or_default(),
                                phone: row.phone.unwrap_or_default(),
                                category: code(row.category)?,
                                expires_on: row.expires_on.map(jiff_sqlx::Date::to_jiff),
                            },
                            card: row.card,
                            blocked: row.blocked,
                            has_pin: row.has_pin,
                            closed: row.closed,
                            stamp,
                        })
                    }
                    _ => None,
                };
                Ok(SourceAnswer {
                    known,
                    card_holder: row.card_holder,
                    household_id: row.joins,
                })
            })
            .collect()
    }

    /// Adds readers with cards, households, blocks and opening balances, all or none.
    pub async fn add_source_patrons(
        &self,
        patrons: &[SourcePatron],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if patrons.is_empty() {
            return Ok(());
        }
        let mut transaction = self.pool.begin().await?;
        let joined: Vec<i64> = patrons.iter().filter_map(|p| p.household_id).collect();
        sqlx::query!(
            "UPDATE household SET version = version + 1 FROM
                (SELECT id FROM household WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE) joined
              WHERE household.id = joined.id",
            &joined
        )
        .execute(&mut *transaction)
        .await?;
        let groups = patrons
            .iter()
            .map(|p| p.group + 1)
            .max()
            .unwrap_or_default();
        let founded = sqlx::query_scalar!(
            "INSERT INTO household (version) SELECT 0 FROM generate_series(1, $1) RETURNING id",
            number(groups)
        )
        .fetch_all(&mut *transaction)
        .await?;
        let ids = sqlx::query_scalar!(
            r#"SELECT nextval(pg_get_serial_sequence('patron', 'id')) AS "id!" FROM generate_series(1, $1)"#,
            number(patrons.len())
        )
        .fetch_all(&mut *transaction)
        .await?;
        let households: Vec<Option<i64>> = patrons
            .iter()
            .map(|p| p.household_id.or_else(|| founded.get(p.group).copied()))
            .collect();
        let guarantors: Vec<Option<i64>> = patrons
            .iter()
            .map(|p| match p.guarantor? {
                SourceGuarantor::InBatch(place) => ids.get(place).copied(),
                SourceGuarantor::Patron(id) => Some(id),
            })
            .collect();
        sqlx::query!(
            "INSERT INTO patron (id, household_id, guarantor_id, category, home_branch, family_name, given_name, born_on,
                                 email, phone, address, pin_hash, expires_on)
             OVERRIDING SYSTEM VALUE
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                                  $8::date[], $9::text[], $10::text[], $11::text[], $12::text[], $13::date[])",
            &ids,
            &households as _,
            &guarantors as _,
            column(patrons, |p| p.columns.category.as_str()) as _,
            column(patrons, |p| p.source.branch.as_str()) as _,
            column(patrons, |p| p.columns.family_name.as_str()) as _,
            column(patrons, |p| p.columns.given_name.as_str()) as _,
            column(patrons, |p| p.columns.born_on.map(|day| day.to_sqlx())) as _,
            column(patrons, |p| p.columns.email.as_str()) as _,
            column(patrons, |p| p.columns.phone.as_str()) as _,
            column(patrons, |p| p.columns.address.as_str()) as _,
            column(patrons, |p| p.pin_hash.as_deref()) as _,
            column(patrons, |p| p.columns.expires_on.map(|day| day.to_sqlx())) as _,
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query!(
            "INSERT INTO card (number, issuing_branch, patron_id, status)
             SELECT c.number, c.branch, c.patron_id, 'active'
               FROM unnest($1::text[], $2::text[], $3::bigint[]) AS c (number, branch, patron_id)",
            column(patrons, |p| p.source.card.as_str()) as _,
            column(patrons, |p| p.source.branch.as_str()) as _,
            &ids,
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query!(
            "INSERT INTO patron_source (branch, number, patron_id, fields, household)
             SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::bigint[])",
            column(patrons, |p| p.source.branch.as_str()) as _,
            column(patrons, |p| p.source.number.as_str()) as _,
            &ids,
            column(patrons, |p| p.fields.as_slice()) as _,
            column(patrons, |p| p.source.household) as _,
        )
        .execute(&mut *transaction)
        .await?;
        let blocked: Vec<i64> = ids
            .iter()
            .zip(patrons)
            .filter(|(_, p)| p.blocked)
            .map(|(id, _)| *id)
            .collect();
        sqlx::query!(
            "INSERT INTO block (patron_id, kind, message, placed_at) SELECT id, 'staff', $2, $3 FROM unnest($1::bigint[]) AS id",
            &blocked,
            BROUGHT,
            at.to_sqlx() as _,
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query!(
            "WITH owed AS MATERIALIZED (
                SELECT o.*, nextval('event_id_seq') AS event_id
                  FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS o (patron_id, cents, branch) WHERE o.cents > 0
            ), logged AS (
                INSERT INTO event (id, at, kind, outcome, branch, patron_id, body)
                SELECT event_id, $4, 'fee', 'done', branch, patron_id, '{}' FROM owed
            )
            INSERT INTO ledger (patron_id, kind, cents, at, branch, note, event_id)
            SELECT patron_id, 'other', cents, $4, branch, $5, event_id FROM owed",
            &ids,
            column(patrons, |p| p.owed_cents) as _,
            column(patrons, |p| p.source.branch.as_str()) as _,
            at.to_sqlx() as _,
            BROUGHT,
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Writes what a later file changed, all or none; returns how many readers were changed by somebody in the
    /// meantime and left alone: the next import finds them again.
    pub async fn change_source_patrons(
        &self,
        changes: &[SourceChange],
        at: Timestamp,
    ) -> Result<usize, StoreError> {
        if changes.is_empty() {
            return Ok(0);
        }
        let mut transaction = self.pool.begin().await?;
        let households: Vec<i64> = changes.iter().map(|c| c.known.household_id).collect();
        sqlx::query!(
            "UPDATE household SET version = version + 1 FROM
                (SELECT id FROM household WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE) changed
              WHERE household.id = changed.id",
            &households
        )
        .execute(&mut *transaction)
        .await?;
        let written = sqlx::query_scalar!(
            "UPDATE patron p SET family_name = c.family_name, given_name = c.given_name, born_on = c.born_on,
                    address = c.address, email = c.email, phone = c.phone, category = c.category,
                    expires_on = c.expires_on, pin_hash = coalesce(p.pin_hash, c.pin_hash)
               FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[], $8::text[],
                           $9::text[], $10::date[], $11::text[])
                    AS c (id, stamp, family_name, given_name, born_on, address, email, phone, category, expires_on, pin_hash)
              WHERE p.id = c.id AND p.xmin::text = c.stamp RETURNING p.id",
            &changes.iter().map(|c| c.known.patron_id).collect::<Vec<_>>(),
            column(changes, |c| c.known.stamp.as_str()) as _,
            column(changes, |c| c.columns.family_name.as_str()) as _,
            column(changes, |c| c.columns.given_name.as_str()) as _,
            column(changes, |c| c.columns.born_on.map(|day| day.to_sqlx())) as _,
            column(changes, |c| c.columns.address.as_str()) as _,
            column(changes, |c| c.columns.email.as_str()) as _,
            column(changes, |c| c.columns.phone.as_str()) as _,
            column(changes, |c| c.columns.category.as_str()) as _,
            column(changes, |c| c.columns.expires_on.map(|day| day.to_sqlx())) as _,
            column(changes, |c| c.pin_hash.as_deref()) as _,
        )
        .fetch_all(&mut *transaction)
        .await?;
        for change in changes
            .iter()
            .filter(|c| written.contains(&c.known.patron_id))
        {
            let id = change.known.patron_id;
            sqlx::query!(
                "UPDATE patron_source SET fields = $3, household = $4 WHERE branch = $1 AND number = $2",
                change.source.branch.as_str(),
                change.source.number,
                change.fields,
                change.source.household,
            )
            .execute(&mut *transaction)
            .await?;
            if let Some(card) = &change.card {
                sqlx::query!(
                    "UPDATE card SET status = 'alias' WHERE patron_id = $1 AND status = 'active'",
                    id
                )
                .execute(&mut *transaction)
                .await?;
                sqlx::query!(
                    "INSERT INTO card (number, issuing_branch, patron_id, status) VALUES ($1, $2, $3, 'active')
                     ON CONFLICT ON CONSTRAINT card_number_once_a_branch
                     DO UPDATE SET status = 'active' WHERE card.patron_id = excluded.patron_id",
                    card,
                    change.source.branch.as_str(),
                    id
                )
                .execute(&mut *transaction)
                .await?;
            }
            match change.block {
                Some(true) => {
                    sqlx::query!(
                        "INSERT INTO block (patron_id, kind, message, placed_at) VALUES ($1, 'staff', $2, $3)",
                        id,
                        BROUGHT,
                        at.to_sqlx() as _
                    )
                    .execute(&mut *transaction)
                    .await?;
                }
                Some(false) => {
                    sqlx::query!(
                        "UPDATE block SET lifted_at = greatest($3, placed_at)
                          WHERE patron_id = $1 AND lifted_at IS NULL AND kind = 'staff' AND message = $2",
                        id,
                        BROUGHT,
                        at.to_sqlx() as _
                    )
                    .execute(&mut *transaction)
                    .await?;
                }
                None => {}
            }
        }
        transaction.commit().await?;
        Ok(changes.len() - written.len())
    }
}

fn number(of: usize) -> i32 {
    i32::try_from(of).unwrap_or(i32::MAX)
}
