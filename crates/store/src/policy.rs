//! Versions of the loan rules: published, listed, withdrawn before their first day.

use circulation::{BranchCode, Policy, PolicyDocument};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::{PgConnection, types::Json};

use crate::{Session, Stamp, Store, StoreError};

/// A published version, without its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// Its number.
    pub version: i32,
    /// Its first day.
    pub effective_from: Date,
    /// Who published it.
    pub author: String,
    /// When.
    pub published_at: Timestamp,
    /// The draft that it was made of, if it was made of one: number and name.
    pub draft: Option<(i64, String)>,
    /// Who took it back before its first day, and when.
    pub withdrawn: Option<(String, Timestamp)>,
}

/// Why rules could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A version is written once.
    #[error(
        "policy version {0} is published already with other rules, or was withdrawn: give the new rules the next number"
    )]
    VersionTaken(i32),
    /// Two versions cannot begin on one day.
    #[error("another policy version begins on {0} already: choose another effective_from")]
    DayTaken(Date),
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for PublishError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Publishes rules as a new policy version; `false` if this very version is published already.
    pub async fn publish_policy(
        &self,
        policy: &Policy,
        author: &str,
        at: Timestamp,
    ) -> Result<bool, PublishError> {
        let mut transaction = self.pool.begin().await?;
        let published = publish(&mut transaction, policy, author, at).await?;
        if published {
            rulebook_changed(&mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(published)
    }
}

impl Session {
    /// The last 200 versions, the one that begins last first, withdrawn ones among them.
    pub async fn policy_versions(&mut self) -> Result<Vec<PolicyVersion>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT v.version, v.effective_from AS "effective_from: jiff_sqlx::Date", v.author,
                      v.published_at AS "published_at: jiff_sqlx::Timestamp", d.id AS "draft?", d.name AS "draft_name?",
                      v.withdrawn_at AS "withdrawn_at: jiff_sqlx::Timestamp", s.name AS "withdrawn_by?"
                 FROM policy_version v LEFT JOIN policy_draft d ON d.published_version = v.version
                 LEFT JOIN staff_user s ON s.id = v.withdrawn_by
                ORDER BY v.effective_from DESC, v.version DESC LIMIT 200"#
        )
        .fetch_all(self.pg())
        .await?;
        Ok(read
            .into_iter()
            .map(|row| PolicyVersion {
                version: row.version,
                effective_from: row.effective_from.to_jiff(),
                author: row.author,
                published_at: row.published_at.to_jiff(),
                draft: row.draft.zip(row.draft_name),
                withdrawn: row
                    .withdrawn_by
                    .zip(row.withdrawn_at.map(jiff_sqlx::Timestamp::to_jiff)),
            })
            .collect())
    }

    /// Keeps others from publishing or withdrawing until the transaction ends; the number of the last version, 0 if there
    /// is none. Nobody who reads waits.
    pub async fn lock_policies(&mut self) -> Result<i32, StoreError> {
        sqlx::query!("SELECT only_row FROM network FOR NO KEY UPDATE")
            .fetch_one(self.pg())
            .await?;
        Ok(sqlx::query_scalar!(
            r#"SELECT coalesce(max(version), 0) AS "last!" FROM policy_version"#
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// The version that begins on a day.
    pub async fn policy_from(&mut self, day: Date) -> Result<Option<i32>, StoreError> {
        Ok(sqlx::query_scalar!(
            "SELECT version FROM policy_version WHERE effective_from = $1 AND withdrawn_at IS NULL",
            day.to_sqlx() as _
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// The first day of a version that stands.
    pub async fn policy_first_day(&mut self, version: i32) -> Result<Option<Date>, StoreError> {
        let day = sqlx::query_scalar!(
            r#"SELECT effective_from AS "day: jiff_sqlx::Date" FROM policy_version
                WHERE version = $1 AND withdrawn_at IS NULL"#,
            version
        )
        .fetch_optional(self.pg())
        .await?;
        Ok(day.map(jiff_sqlx::Date::to_jiff))
    }

    /// Writes a version and the event of it, and makes every daemon read the rules anew; the event's number.
    pub async fn add_policy(
        &mut self,
        policy: &Policy,
        author: &str,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        insert(self.pg(), policy.document(), author, stamp.at).await?;
        rulebook_changed(self.pg()).await?;
        logged(self.pg(), policy.document(), author, Some(stamp), stamp.at).await
    }

    /// Notes which version was made of a draft.
    pub async fn policy_draft_is_published(
        &mut self,
        draft: i64,
        version: i32,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE policy_draft SET published_version = $2, version = version + 1 WHERE id = $1",
            draft,
            version
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Withdraws a version and makes every daemon read the rules anew; its draft, if it has one, is worked on again. The event's
    /// number.
    pub async fn withdraw_policy(
        &mut self,
        version: i32,
        by: i64,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        sqlx::query!(
            "UPDATE policy_version SET withdrawn_at = $2, withdrawn_by = $3 WHERE version = $1",
            version,
            stamp.at.to_sqlx() as _,
            by
        )
        .execute(self.pg())
        .await?;
        sqlx::query!(
            "UPDATE policy_draft SET published_version = NULL, version = version + 1 WHERE published_version = $1",
            version
        )
        .execute(self.pg())
        .await?;
        rulebook_changed(self.pg()).await?;
        let body = json!({ "version": version, "withdrawn": true });
        event(self.pg(), &body, Some(stamp), stamp.at).await
    }
}

pub(crate) async fn rulebook_changed(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("UPDATE network SET rulebook_version = rulebook_version + 1")
        .execute(connection)
        .await?;
    Ok(())
}

/// Publishes a version under the number that it gives itself; `false` if it is published already.
pub(crate) async fn publish(
    connection: &mut PgConnection,
    policy: &Policy,
    author: &str,
    at: Timestamp,
) -> Result<bool, PublishError> {
    let document: &PolicyDocument = policy.document();
    let held = crate::rulebook::policies(&mut *connection).await?;
    if let Some(held) = held.iter().find(|held| held.version == document.version) {
        return if held == policy {
            Ok(false)
        } else {
            Err(PublishError::VersionTaken(document.version))
        };
    }
    if held
        .iter()
        .any(|held| held.effective_from == document.effective_from)
    {
        return Err(PublishError::DayTaken(document.effective_from));
    }
    match insert(connection, document, author, at).await {
        Err(StoreError::Constraint(name)) if name == "policy_version_pkey" => {
            return Err(PublishError::VersionTaken(document.version));
        }
        other => other?,
    }
    logged(connection, document, author, None, at).await?;
    Ok(true)
}

async fn insert(
    connection: &mut PgConnection,
    document: &PolicyDocument,
    author: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO policy_version (version, effective_from, currency, roles, float_groups, branch_periods, author,
                                     published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        document.version,
        document.effective_from.to_sqlx() as _,
        document.currency,
        Json(&document.roles) as _,
        Json(&document.float_groups) as _,
        Json(&document.branch_periods) as _,
        author,
        at.to_sqlx() as _,
    )
    .execute(&mut *connection)
    .await?;
    for (position, rule) in (0_i16..).zip(&document.rules) {
        sqlx::query!(
            "INSERT INTO policy_rule (version, position, id, branch, category, document, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            document.version,
            position,
            rule.id.as_str(),
            rule.branch.as_ref().map(BranchCode::as_str),
            rule.category
                .as_ref()
                .map(circulation::CategoryCode::as_str),
            rule.document
                .as_ref()
                .map(circulation::DocumentCode::as_str),
            Json(rule) as _,
        )
        .execute(&mut *connection)
        .await?;
    }
    for (position, limit) in (0_i16..).zip(&document.limits) {
        sqlx::query!(
            "INSERT INTO policy_limit (version, position, id, body) VALUES ($1, $2, $3, $4)",
            document.version,
            position,
            limit.id.as_str(),
            Json(limit) as _,
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn logged(
    connection: &mut PgConnection,
    document: &PolicyDocument,
    author: &str,
    stamp: Option<&Stamp>,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let body = json!({
        "version": document.version, "effective_from": document.effective_from, "author": author,
    });
    event(connection, &body, stamp, at).await
}

async fn event(
    connection: &mut PgConnection,
    body: &serde_json::Value,
    stamp: Option<&Stamp>,
    at: Timestamp,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO event (at, kind, outcome, branch, staff_id, body) VALUES ($1, 'policy', 'done', $2, $3, $4)
         RETURNING id",
        at.to_sqlx() as _,
        stamp.map(|stamp| stamp.branch.as_str()),
        stamp.and_then(|stamp| stamp.staff_id),
        body,
    )
    .fetch_one(connection)
    .await?)
}
