//! Patrons, many at a time.

use std::collections::BTreeMap;

use circulation::{BlockKind, BranchCode, CardStatus, CategoryCode, Language};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::{Store, StoreError};

/// A patron to add, with a card.
#[derive(Debug, Clone)]
pub struct NewPatron {
    /// The card's number; unique at its branch.
    pub card: String,
    /// The card's state.
    pub card_status: CardStatus,
    /// The branch that issued the card and that the patron calls home.
    pub branch: BranchCode,
    /// The patron's category.
    pub category: CategoryCode,
    /// Patrons of the same number share a household; without one, a patron is a household of one.
    pub household: Option<u32>,
    /// The guarantor's card number, issued by the same branch and added before.
    pub guarantor: Option<String>,
    /// Family name.
    pub family_name: String,
    /// Given name; empty for groups.
    pub given_name: String,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// Electronic mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Postal address on one line.
    pub address: String,
    /// What the patron is spoken to in.
    pub language: Language,
    /// The PIN's argon2id hash (PHC string).
    pub pin_hash: Option<String>,
    /// The last day on which the card is valid.
    pub expires_on: Option<Date>,
    /// A block to place.
    pub block: Option<(BlockKind, String)>,
    /// A suspension to place: its first day and the first day free again.
    pub suspension: Option<(Date, Date)>,
}

/// What became of patrons to add.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PatronImport {
    /// Added now.
    pub created: u64,
    /// Known already by card and branch: left as they were.
    pub known: u64,
}

impl Store {
    /// Adds patrons, all or none. A card that its branch has issued already is left alone with its patron, so
    /// that the same list can be given twice.
    pub async fn add_patrons(
        &self,
        patrons: &[NewPatron],
        at: Timestamp,
    ) -> Result<PatronImport, StoreError> {
        let mut report = PatronImport::default();
        let mut households: BTreeMap<u32, i64> = BTreeMap::new();
        let mut transaction = self.pool.begin().await?;
        for patron in patrons {
            let known = sqlx::query!(
                "SELECT p.household_id FROM card c JOIN patron p ON p.id = c.patron_id
                  WHERE c.number = $1 AND c.issuing_branch = $2",
                patron.card,
                patron.branch.as_str()
            )
            .fetch_optional(&mut *transaction)
            .await?;
            if let Some(known) = known {
                report.known += 1;
                if let Some(number) = patron.household {
                    households.insert(number, known.household_id);
                }
                continue;
            }
            let household_id = match patron.household.and_then(|number| households.get(&number)) {
                Some(id) => *id,
                None => {
                    let id =
                        sqlx::query_scalar!("INSERT INTO household DEFAULT VALUES RETURNING id")
                            .fetch_one(&mut *transaction)
                            .await?;
                    if let Some(number) = patron.household {
                        households.insert(number, id);
                    }
                    id
                }
            };
            let id = sqlx::query_scalar!(
                "INSERT INTO patron (household_id, category, home_branch, guarantor_id, family_name, given_name, born_on,
                                     email, phone, address, language, pin_hash, expires_on)
                 VALUES ($1, $2, $3, (SELECT patron_id FROM card WHERE number = $4 AND issuing_branch = $3), $5, $6, $7,
                         $8, $9, $10, $11, $12, $13) RETURNING id",
                household_id,
                patron.category.as_str(),
                patron.branch.as_str(),
                patron.guarantor,
                patron.family_name,
                patron.given_name,
                patron.born_on.map(|day| day.to_sqlx()) as _,
                patron.email,
                patron.phone,
                patron.address,
                if patron.language == Language::English { "en" } else { "fr" },
                patron.pin_hash,
                patron.expires_on.map(|day| day.to_sqlx()) as _,
            )
            .fetch_one(&mut *transaction)
            .await?;
            sqlx::query!(
                "INSERT INTO card (number, issuing_branch, patron_id, status) VALUES ($1, $2, $3, $4)",
                patron.card,
                patron.branch.as_str(),
                id,
                match patron.card_status {
                    CardStatus::Active => "active",
                    CardStatus::Lost => "lost",
                    CardStatus::Replaced => "replaced",
                    CardStatus::Cancelled => "cancelled",
                },
            )
            .execute(&mut *transaction)
            .await?;
            if let Some((kind, message)) = &patron.block {
                let kind = serde_json::to_value(kind).ok();
                sqlx::query!(
                    "INSERT INTO block (patron_id, kind, message, placed_at) VALUES ($1, $2, $3, $4)",
                    id,
                    kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or("staff"),
                    message,
                    at.to_sqlx() as _,
                )
                .execute(&mut *transaction)
                .await?;
            }
            if let Some((first_day, free_on)) = patron.suspension {
                sqlx::query!(
                    "INSERT INTO suspension (patron_id, first_day, free_on, reason) VALUES ($1, $2, $3, 'late')",
                    id,
                    first_day.to_sqlx() as _,
                    free_on.to_sqlx() as _,
                )
                .execute(&mut *transaction)
                .await?;
            }
            report.created += 1;
        }
        transaction.commit().await?;
        Ok(report)
    }

    /// How many patrons there are.
    pub async fn patron_count(&self) -> Result<i64, StoreError> {
        Ok(
            sqlx::query_scalar!(r#"SELECT count(*) AS "n!" FROM patron"#)
                .fetch_one(&self.pool)
                .await?,
        )
    }
}
