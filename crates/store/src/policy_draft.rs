//! Loan rules as staff work on them, before they are a version.

use circulation::PolicyDocument;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use crate::{Session, StoreError, error::corrupt};

/// A draft, without its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDraftLine {
    /// Its number.
    pub id: i64,
    /// What it is called; no two are called the same.
    pub name: String,
    /// The version that it began as.
    pub based_on: i32,
    /// Who made it: their number and name.
    pub made_by: (i64, String),
    /// When it was made.
    pub made_at: Timestamp,
    /// Who changed it last, by name.
    pub changed_by: String,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// How often it was written. Whoever changes it says which one they have seen.
    pub version: i64,
    /// The version that was made of it.
    pub published: Option<i32>,
}

/// A draft to be written.
#[derive(Debug)]
pub struct NewPolicyDraft<'a> {
    /// What it is to be called.
    pub name: &'a str,
    /// The version that it begins as.
    pub based_on: i32,
    /// Its rules.
    pub document: &'a PolicyDocument,
    /// Who makes it.
    pub by: i64,
    /// When.
    pub at: Timestamp,
}

impl Session {
    /// Drafts by number, the last made first, from behind one.
    pub async fn policy_drafts(
        &mut self,
        after: Option<i64>,
        most: i64,
    ) -> Result<Vec<PolicyDraftLine>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT d.id, d.name, d.based_on, d.made_by, m.name AS made_by_name,
                      d.made_at AS "made_at: jiff_sqlx::Timestamp", c.name AS changed_by_name,
                      d.changed_at AS "changed_at: jiff_sqlx::Timestamp", d.version, d.published_version
                 FROM policy_draft d JOIN staff_user m ON m.id = d.made_by JOIN staff_user c ON c.id = d.changed_by
                WHERE d.id < $1 ORDER BY d.id DESC LIMIT $2"#,
            after.unwrap_or(i64::MAX),
            most
        )
        .fetch_all(self.pg())
        .await?;
        Ok(read
            .into_iter()
            .map(|row| PolicyDraftLine {
                id: row.id,
                name: row.name,
                based_on: row.based_on,
                made_by: (row.made_by, row.made_by_name),
                made_at: row.made_at.to_jiff(),
                changed_by: row.changed_by_name,
                changed_at: row.changed_at.to_jiff(),
                version: row.version,
                published: row.published_version,
            })
            .collect())
    }

    /// A draft with its rules.
    pub async fn policy_draft(
        &mut self,
        id: i64,
    ) -> Result<Option<(PolicyDraftLine, PolicyDocument)>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT d.id, d.name, d.based_on, d.body, d.made_by, m.name AS made_by_name,
                      d.made_at AS "made_at: jiff_sqlx::Timestamp", c.name AS changed_by_name,
                      d.changed_at AS "changed_at: jiff_sqlx::Timestamp", d.version, d.published_version
                 FROM policy_draft d JOIN staff_user m ON m.id = d.made_by JOIN staff_user c ON c.id = d.changed_by
                WHERE d.id = $1"#,
            id
        )
        .fetch_optional(self.pg())
        .await?;
        let Some(row) = read else { return Ok(None) };
        let document = serde_json::from_value(row.body)
            .map_err(|error| corrupt(format!("policy draft {id}: {error}")))?;
        let line = PolicyDraftLine {
            id: row.id,
            name: row.name,
            based_on: row.based_on,
            made_by: (row.made_by, row.made_by_name),
            made_at: row.made_at.to_jiff(),
            changed_by: row.changed_by_name,
            changed_at: row.changed_at.to_jiff(),
            version: row.version,
            published: row.published_version,
        };
        Ok(Some((line, document)))
    }

    /// Takes a draft's lock until the transaction ends; whether there is such a draft.
    pub async fn lock_policy_draft(&mut self, id: i64) -> Result<bool, StoreError> {
        let locked =
            sqlx::query_scalar!("SELECT id FROM policy_draft WHERE id = $1 FOR UPDATE", id)
                .fetch_optional(self.pg())
                .await?;
        Ok(locked.is_some())
    }

    /// How many drafts are still worked on.
    pub async fn open_policy_drafts(&mut self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM policy_draft WHERE published_version IS NULL"#
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// The draft of this name.
    pub async fn policy_draft_named(&mut self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(
            sqlx::query_scalar!("SELECT id FROM policy_draft WHERE name = $1", name)
                .fetch_optional(self.pg())
                .await?,
        )
    }

    /// Writes a new draft; its number, or none if another one has the name.
    pub async fn add_policy_draft(
        &mut self,
        new: &NewPolicyDraft<'_>,
    ) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO policy_draft (name, based_on, body, made_by, made_at, changed_by, changed_at)
             VALUES ($1, $2, $3, $4, $5, $4, $5) ON CONFLICT (name) DO NOTHING RETURNING id",
            new.name,
            new.based_on,
            Json(new.document) as _,
            new.by,
            new.at.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// Writes a draft's rules anew.
    pub async fn write_policy_draft(
        &mut self,
        id: i64,
        document: &PolicyDocument,
        by: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE policy_draft SET body = $2, changed_by = $3, changed_at = $4, version = version + 1
              WHERE id = $1",
            id,
            Json(document) as _,
            by,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Throws a draft away that was not published.
    pub async fn drop_policy_draft(&mut self, id: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "DELETE FROM policy_draft WHERE id = $1 AND published_version IS NULL",
            id
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}
