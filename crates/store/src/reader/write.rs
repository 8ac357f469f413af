//! Readers' files, written. Each step is one of a transaction that holds the households' locks: see
//! [`Session::lock_households`].

use circulation::{BranchCode, Language};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use super::ReaderData;
use crate::{Session, StoreError};

/// A reader to register.
#[derive(Clone)]
pub struct NewReader<'a> {
    /// What is written down.
    pub data: &'a ReaderData,
    /// The household to join; without one, a household of one is founded.
    pub household: Option<i64>,
    /// The card's number.
    pub card: &'a str,
    /// The branch that issues the card.
    pub branch: BranchCode,
    /// The PIN's argon2id hash (PHC string).
    pub pin_hash: Option<&'a str>,
}

/// What a reader has that keeps the account from being closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remaining {
    /// Open loans.
    pub loans: i64,
    /// Active holds.
    pub holds: i64,
    /// What is owed, in cents.
    pub cents: i64,
}

const fn name(language: Language) -> &'static str {
    match language {
        Language::French => "fr",
        Language::English => "en",
    }
}

impl Session {
    /// The rulebook that the network is under.
    pub async fn rulebook_version(&mut self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!("SELECT rulebook_version FROM network")
            .fetch_one(self.pg())
            .await?)
    }

    /// Lets one copy of a question at a time through, of whatever daemon, to the end of the transaction.
    pub async fn lock_request(&mut self, key: [u8; 16]) -> Result<(), StoreError> {
        let [a, b, c, d, e, f, g, h, ..] = key;
        sqlx::query!(
            "SELECT pg_advisory_xact_lock($1)",
            i64::from_be_bytes([a, b, c, d, e, f, g, h])
        )
        .fetch_one(self.pg())
        .await?;
        Ok(())
    }

    /// Locks households, in the order of their numbers, to the end of the transaction. What is read after that stays as
    /// it is.
    pub async fn lock_households(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        sqlx::query!(
            "SELECT id FROM household WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE",
            ids
        )
        .fetch_all(self.pg())
        .await?;
        Ok(())
    }

    /// Raises the guards of households: whoever decided on what their members have or are reads again.
    pub async fn raise_households(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE household SET version = version + 1 WHERE id = ANY($1)",
            ids
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Lets one registration at a time through for a birth date, so that two of one person see each other.
    pub async fn lock_birth_date(&mut self, day: Date) -> Result<(), StoreError> {
        // Nothing else takes locks of this class.
        sqlx::query!(
            "SELECT pg_advisory_xact_lock(22, $1::date - date '1900-01-01')",
            day.to_sqlx() as _
        )
        .fetch_one(self.pg())
        .await?;
        Ok(())
    }

    /// A reader of the same birth date and names, whichever of them is taken for the family's: patron and active card.
    pub async fn reader_alike(
        &mut self,
        born_on: Date,
        family_name: &str,
        given_name: &str,
    ) -> Result<Option<(i64, Option<String>)>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT p.id, (SELECT number FROM card WHERE patron_id = p.id AND status = 'active') AS card
                 FROM patron p
                WHERE p.born_on = $1 AND p.closed_at IS NULL
                  AND p.sort_name IN (left(folded(left($2::text, 400) || ' ' || left($3::text, 400)), 200),
                                      left(folded(left($3::text, 400) || ' ' || left($2::text, 400)), 200))
                ORDER BY p.id LIMIT 1"#,
            born_on.to_sqlx() as _,
            family_name,
            given_name,
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(row.map(|row| (row.id, row.card)))
    }

    /// Whether a branch has issued a card of this number, to whomever.
    pub async fn card_is_taken(
        &mut self,
        number: &str,
        branch: BranchCode,
    ) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM card WHERE number = $1 AND issuing_branch = $2) AS "is!""#,
            number,
            branch.as_str()
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Adds a reader with a card; returns the patron.
    ///
    /// # Errors
    /// `card_number_once_a_branch` where the number is taken.
    pub async fn add_reader(&mut self, new: &NewReader<'_>) -> Result<i64, StoreError> {
        let data = new.data;
        Ok(sqlx::query_scalar!(
            "WITH founded AS (
                INSERT INTO household (version) SELECT 0 WHERE $1::bigint IS NULL RETURNING id
            ), added AS (
                INSERT INTO patron (household_id, category, home_branch, guarantor_id, family_name, given_name, born_on,
                                    email, phone, address, language, pin_hash, expires_on, note)
                SELECT coalesce($1, (SELECT id FROM founded)), $2::text, $3::text, $4::bigint, $5::text, $6::text, $7::date,
                       $8::text, $9::text, $10::text, $11::text, $12::text, $13::date, $14::text
                RETURNING id
            )
            INSERT INTO card (number, issuing_branch, patron_id, status) SELECT $15, $16, id, 'active' FROM added
            RETURNING patron_id",
            new.household,
            data.category.as_str(),
            data.home_branch.as_str(),
            data.guarantor,
            data.family_name,
            data.given_name,
            data.born_on.map(|day| day.to_sqlx()) as _,
            data.email,
            data.phone,
            data.address,
            name(data.language),
            new.pin_hash,
            data.expires_on.map(|day| day.to_sqlx()) as _,
            data.note,
            new.card,
            new.branch.as_str(),
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Writes a reader's file anew, and a new PIN where one is given; returns the file's new version.
    pub async fn write_reader(
        &mut self,
        id: i64,
        data: &ReaderData,
        pin_hash: Option<&str>,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "UPDATE patron SET category = $2, home_branch = $3, guarantor_id = $4, family_name = $5, given_name = $6,
                    born_on = $7, email = $8, phone = $9, address = $10, language = $11, expires_on = $12, note = $13,
                    pin_hash = coalesce($14, pin_hash),
                    credential_version = credential_version + CASE WHEN $14::text IS NULL THEN 0 ELSE 1 END
              WHERE id = $1 RETURNING version",
            id,
            data.category.as_str(),
            data.home_branch.as_str(),
            data.guarantor,
            data.family_name,
            data.given_name,
            data.born_on.map(|day| day.to_sqlx()) as _,
            data.email,
            data.phone,
            data.address,
            name(data.language),
            data.expires_on.map(|day| day.to_sqlx()) as _,
            data.note,
            pin_hash,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Moves a reader to a household, or to a new one of their own; returns the file's new version.
    pub async fn move_reader(
        &mut self,
        id: i64,
        household: Option<i64>,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "WITH founded AS (INSERT INTO household (version) SELECT 0 WHERE $2::bigint IS NULL RETURNING id)
            UPDATE patron SET household_id = coalesce($2, (SELECT id FROM founded)) WHERE id = $1 RETURNING version",
            id,
            household,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Places a block of staff; the same words while they stand add nothing: `None`.
    pub async fn place_block(
        &mut self,
        patron_id: i64,
        message: &str,
        staff_id: Option<i64>,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO block (patron_id, kind, message, placed_at, staff_id)
             SELECT $1::bigint, 'staff', $2::text, $3::timestamptz, $4::bigint
              WHERE NOT EXISTS (SELECT FROM block WHERE patron_id = $1 AND lifted_at IS NULL AND kind = 'staff' AND message = $2)
             RETURNING id",
            patron_id,
            message,
            at.to_sqlx() as _,
            staff_id,
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// Lifts one block of a reader; `false`: none of theirs stands under this number.
    pub async fn lift_block(
        &mut self,
        patron_id: i64,
        block: i64,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE block SET lifted_at = greatest($3, placed_at) WHERE id = $2 AND patron_id = $1 AND lifted_at IS NULL",
            patron_id,
            block,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Lifts one suspension of a reader; `false`: none of theirs stands under this number.
    pub async fn lift_suspension(
        &mut self,
        patron_id: i64,
        suspension: i64,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE suspension SET lifted_at = $3 WHERE id = $2 AND patron_id = $1 AND lifted_at IS NULL",
            patron_id,
            suspension,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// What a reader still has.
    pub async fn remaining(&mut self, patron_id: i64) -> Result<Remaining, StoreError> {
        Ok(sqlx::query_as!(
            Remaining,
            r#"SELECT (SELECT count(*) FROM custody WHERE patron_id = $1 AND until IS NULL AND kind = 'loan') AS "loans!",
                      (SELECT count(*) FROM hold WHERE patron_id = $1 AND closed_at IS NULL) AS "holds!",
                      (SELECT coalesce(sum(cents), 0)::bigint FROM ledger WHERE patron_id = $1) AS "cents!""#,
            patron_id,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// Closes a reader's account: every card cancelled, nothing of the person kept, a household of one, no one's proxy.
    /// The row stays, since loans, ledger and log name it.
    pub async fn close_reader(&mut self, patron_id: i64, at: Timestamp) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH founded AS (INSERT INTO household (version) VALUES (0) RETURNING id)
            UPDATE patron SET household_id = founded.id, closed_at = $2, guarantor_id = NULL, family_name = '', given_name = '',
                   born_on = NULL, email = '', phone = '', address = '', language = 'fr', pin_hash = NULL,
                   credential_version = credential_version + 1, expires_on = NULL, note = ''
              FROM founded WHERE patron.id = $1",
            patron_id,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE card SET status = 'cancelled' WHERE patron_id = $1",
            patron_id
        )
        .execute(self.pg())
        .await?;
        // What somebody wrote may name the reader, lifted or not.
        sqlx::query!(
            "UPDATE block SET message = '', lifted_at = greatest(coalesce(lifted_at, $2), placed_at) WHERE patron_id = $1",
            patron_id,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "DELETE FROM proxy WHERE patron_id = $1 OR proxy_id = $1",
            patron_id
        )
        .execute(self.pg())
        .await?;
        sqlx::query!("DELETE FROM pin_guess WHERE patron_id = $1", patron_id)
            .execute(self.pg())
            .await?;
        // The number stays, so that a former system's file does not bring the reader back.
        sqlx::query!(
            "UPDATE patron_source SET fields = '', household = NULL WHERE patron_id = $1",
            patron_id
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}

impl std::fmt::Debug for NewReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewReader(…)")
    }
}
