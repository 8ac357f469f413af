//! Branches, as people look them up and change them.

use circulation::BranchCode;
use serde::{Deserialize, Serialize};

use crate::{Session, StoreError, facts::code, policy::rulebook_changed};

/// A branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchFile {
    /// Its code: what rules, files and machines call it. It stays.
    pub code: BranchCode,
    /// Its name.
    pub name: String,
    /// The commune that it belongs to.
    pub commune: String,
    /// Telephone number, empty if none.
    pub phone: String,
    /// A second one.
    pub phone2: String,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town of the address.
    pub town: String,
    /// What colleagues should know.
    pub note: String,
}

impl Session {
    /// All branches, by name.
    pub async fn branch_files(&mut self) -> Result<Vec<BranchFile>, StoreError> {
        let read = sqlx::query!(
            "SELECT code, name, commune, phone, phone2, street, postcode, town, note FROM branch ORDER BY name, code"
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(BranchFile {
                    code: code(Some(row.code))?,
                    name: row.name,
                    commune: row.commune,
                    phone: row.phone,
                    phone2: row.phone2,
                    street: row.street,
                    postcode: row.postcode,
                    town: row.town,
                    note: row.note,
                })
            })
            .collect()
    }

    /// Keeps others from changing branches until the transaction ends. Nobody who reads waits.
    pub async fn lock_branches(&mut self) -> Result<(), StoreError> {
        sqlx::query!("SELECT only_row FROM network FOR NO KEY UPDATE")
            .fetch_one(self.pg())
            .await?;
        Ok(())
    }

    /// Writes a branch, a new one or a known one, and makes every daemon read it anew.
    pub async fn write_branch(&mut self, branch: &BranchFile, by: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO branch (code, name, commune, phone, phone2, street, postcode, town, note, changed_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (code) DO UPDATE SET name = excluded.name, commune = excluded.commune, phone = excluded.phone,
                 phone2 = excluded.phone2, street = excluded.street, postcode = excluded.postcode,
                 town = excluded.town, note = excluded.note, changed_by = excluded.changed_by",
            branch.code.as_str(),
            branch.name,
            branch.commune,
            branch.phone,
            branch.phone2,
            branch.street,
            branch.postcode,
            branch.town,
            branch.note,
            by,
        )
        .execute(self.pg())
        .await?;
        rulebook_changed(self.pg()).await
    }
}
