//! Readers who may be one person: a work list for staff.

use circulation::BranchCode;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;

use crate::{Store, StoreError, facts::code, together::column};

/// A person to compare with others.
#[derive(Clone)]
pub struct PersonRow {
    /// The patron.
    pub id: i64,
    /// The household.
    pub household_id: i64,
    /// Family name.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Date of birth.
    pub born_on: Date,
    /// Postal address on one line.
    pub address: String,
    /// Electronic mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

/// A pair to propose.
#[derive(Debug, Clone)]
pub struct NewDoubt {
    /// The patron of the lower number.
    pub one: i64,
    /// The other.
    pub other: i64,
    /// 1 to 100.
    pub score: i16,
    /// Codes without values.
    pub why: Vec<String>,
}

/// A pair on the work list.
#[derive(Debug, Clone, Serialize)]
pub struct PatronDoubt {
    /// Its number.
    pub number: i64,
    /// 1 to 100: the likeliest come first.
    pub score: i16,
    /// Why, in codes.
    pub why: Vec<String>,
    /// One reader.
    pub one: Doubted,
    /// The other.
    pub other: Doubted,
}

/// One of the two.
#[derive(Debug, Clone, Serialize)]
pub struct Doubted {
    /// The patron.
    pub patron: i64,
    /// The branch that this reader calls home.
    pub branch: BranchCode,
    /// The active card's number, if there is one.
    pub card: Option<String>,
}

impl Store {
    /// Everybody who can be compared: persons with a name and a date of birth.
    pub async fn persons(&self) -> Result<Vec<PersonRow>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT p.id, p.household_id, p.family_name, p.given_name, p.born_on AS "born_on!: jiff_sqlx::Date",
                      p.address, p.email, p.phone
                 FROM patron p JOIN patron_category c ON c.code = p.category
                WHERE p.born_on IS NOT NULL AND c.kind = 'person' ORDER BY p.id"#
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| PersonRow {
                id: row.id,
                household_id: row.household_id,
                family_name: row.family_name,
                given_name: row.given_name,
                born_on: row.born_on.to_jiff(),
                address: row.address,
                email: row.email,
                phone: row.phone,
            })
            .collect())
    }

    /// Puts pairs on the list; one that is there or was settled stays as it is. Returns how many are new.
    pub async fn propose_doubts(
        &self,
        doubts: &[NewDoubt],
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        let why: Vec<String> = doubts.iter().map(|doubt| doubt.why.join(" ")).collect();
        let done = sqlx::query!(
            "INSERT INTO patron_doubt (one, other, score, why, since)
             SELECT d.one, d.other, d.score, string_to_array(d.why, ' '), $5
               FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[]) AS d (one, other, score, why)
             ON CONFLICT ON CONSTRAINT patron_doubt_once_a_pair DO NOTHING",
            column(doubts, |doubt| doubt.one) as _,
            column(doubts, |doubt| doubt.other) as _,
            column(doubts, |doubt| doubt.score) as _,
            &why,
            at.to_sqlx() as _,
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// Pairs that nobody has settled, the likeliest first; of one branch's readers, if one is given.
    pub async fn open_doubts(
        &self,
        branch: Option<BranchCode>,
    ) -> Result<Vec<PatronDoubt>, StoreError> {
        let branch = branch.map(|branch| branch.to_string());
        let rows = sqlx::query!(
            r#"SELECT d.id, d.score, d.why, d.one, d.other, a.home_branch AS one_branch, b.home_branch AS other_branch,
                      (SELECT number FROM card WHERE patron_id = a.id AND status = 'active') AS one_card,
                      (SELECT number FROM card WHERE patron_id = b.id AND status = 'active') AS other_card
                 FROM patron_doubt d JOIN patron a ON a.id = d.one JOIN patron b ON b.id = d.other
                WHERE d.settled_at IS NULL AND ($1::text IS NULL OR $1 IN (a.home_branch, b.home_branch))
                ORDER BY d.score DESC, d.id"#,
            branch
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(PatronDoubt {
                    number: row.id,
                    score: row.score,
                    why: row.why,
                    one: Doubted {
                        patron: row.one,
                        branch: code(Some(row.one_branch))?,
                        card: row.one_card,
                    },
                    other: Doubted {
                        patron: row.other,
                        branch: code(Some(row.other_branch))?,
                        card: row.other_card,
                    },
                })
            })
            .collect()
    }

    /// Takes a pair off the list: they are two persons. `false`: it is not on it.
    pub async fn settle_doubt(
        &self,
        number: i64,
        by: Option<i64>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE patron_doubt SET settled_at = $3, settled_by = $2, settled_how = 'different'
              WHERE id = $1 AND settled_at IS NULL",
            number,
            by,
            at.to_sqlx() as _
        )
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

impl std::fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
