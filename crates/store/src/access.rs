//! How staff come in: sessions of browsers, tokens of programs. Of either only a digest is kept.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Session, StaffUser, Stamp, StoreError, facts::code, staff::Row};

/// The SHA-256 of a session's or token's secret.
pub type Digest = [u8; 32];

/// A browser's session that is to be opened.
#[derive(Debug, Clone)]
pub struct NewStaffSession {
    /// Of its secret.
    pub digest: Digest,
    /// Whose.
    pub user_id: i64,
    /// Where they work at first.
    pub branch: BranchCode,
    /// When it was opened.
    pub at: Timestamp,
    /// When it ends, whatever is done.
    pub ends_at: Timestamp,
}

/// An open session.
#[derive(Debug, Clone)]
pub struct StaffSession {
    /// Whose.
    pub user: StaffUser,
    /// Where they work at the moment.
    pub branch: BranchCode,
    /// When something was last asked in it, to the minute.
    pub seen_at: Timestamp,
}

/// A program's token that is to be made.
#[derive(Debug, Clone)]
pub struct NewStaffToken<'a> {
    /// Of its secret.
    pub digest: Digest,
    /// In whose name it acts.
    pub user_id: i64,
    /// What it is called in lists.
    pub name: &'a str,
    /// Where what it does happens.
    pub branch: BranchCode,
    /// What it may do, if its user may, too.
    pub actions: &'a [String],
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it is made.
    pub at: Timestamp,
}

/// A token that is good.
#[derive(Debug, Clone)]
pub struct StaffToken {
    /// Its number.
    pub id: i64,
    /// In whose name it acts.
    pub user: StaffUser,
    /// Where what it does happens.
    pub branch: BranchCode,
    /// What it may do, if its user may, too.
    pub actions: Vec<String>,
}

/// What was read or changed, and by whom.
#[derive(Debug, Clone)]
pub struct Audited<'a> {
    /// The action, by its name.
    pub action: &'a str,
    /// The reader whose file it was.
    pub patron_id: Option<i64>,
    /// The token, where a program acted.
    pub token_id: Option<i64>,
    /// What else is to be known, without a person in it.
    pub detail: &'a serde_json::Value,
}

impl Session {
    /// Opens a session. Sessions that are over go.
    pub async fn open_staff_session(&mut self, new: &NewStaffSession) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH over AS (DELETE FROM staff_session WHERE ends_at <= $4)
             INSERT INTO staff_session (digest, user_id, branch, opened_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $4, $5)",
            &new.digest[..],
            new.user_id,
            new.branch.as_str(),
            new.at.to_sqlx() as _,
            new.ends_at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// The session with this digest, if it goes on at that moment, was asked something after `idle_since`, and its user
    /// may still come in. That it was asked something is noted once a minute.
    pub async fn staff_session(
        &mut self,
        digest: &Digest,
        at: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<StaffSession>, StoreError> {
        let found = sqlx::query!(
            r#"WITH found AS (
                SELECT user_id, branch, seen_at FROM staff_session WHERE digest = $1 AND ends_at > $2 AND seen_at > $3
            ), seen AS (
                UPDATE staff_session SET seen_at = $2
                 WHERE digest = $1 AND ends_at > $2 AND seen_at > $3 AND seen_at < $2::timestamptz - interval '1 minute'
            )
            SELECT user_id, branch, seen_at AS "seen_at: jiff_sqlx::Timestamp" FROM found"#,
            &digest[..],
            at.to_sqlx() as _,
            idle_since.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?;
        let Some(found) = found else { return Ok(None) };
        let Some(user) = self.staff_by_number(found.user_id).await? else {
            return Ok(None);
        };
        Ok(Some(StaffSession {
            user,
            branch: code(Some(found.branch))?,
            seen_at: found.seen_at.to_jiff(),
        }))
    }

    /// The member of staff with this number, unless disabled.
    pub async fn staff_by_number(&mut self, id: i64) -> Result<Option<StaffUser>, StoreError> {
        sqlx::query_file_as!(Row, "queries/staff_user.sql", None::<String>, Some(id))
            .fetch_optional(self.pg())
            .await?
            .map(StaffUser::try_from)
            .transpose()
    }

    /// From now on they work there.
    pub async fn move_staff_session(
        &mut self,
        digest: &Digest,
        branch: BranchCode,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE staff_session SET branch = $2 WHERE digest = $1",
            &digest[..],
            branch.as_str()
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn close_staff_session(&mut self, digest: &Digest) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM staff_session WHERE digest = $1", &digest[..])
            .execute(self.pg())
            .await?;
        Ok(())
    }

    /// Makes a token; its number.
    pub async fn add_staff_token(&mut self, new: &NewStaffToken<'_>) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO staff_token (digest, user_id, name, branch, actions, made_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            &new.digest[..],
            new.user_id,
            new.name,
            new.branch.as_str(),
            new.actions,
            new.at.to_sqlx() as _,
            new.expires_at.to_sqlx() as _,
        )
        .fetch_one(self.pg())
        .await?)
    }

    /// The token with this digest, if it is good at that moment and its user may still come in.
    pub async fn staff_token(
        &mut self,
        digest: &Digest,
        at: Timestamp,
    ) -> Result<Option<StaffToken>, StoreError> {
        let found = sqlx::query!(
            "SELECT id, user_id, branch, actions FROM staff_token
              WHERE digest = $1 AND expires_at > $2 AND revoked_at IS NULL",
            &digest[..],
            at.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?;
        let Some(found) = found else { return Ok(None) };
        let Some(user) = self.staff_by_number(found.user_id).await? else {
            return Ok(None);
        };
        Ok(Some(StaffToken {
            id: found.id,
            user,
            branch: code(Some(found.branch))?,
            actions: found.actions,
        }))
    }

    /// Ends a token of this user; whether there was one that was good.
    pub async fn revoke_staff_token(
        &mut self,
        id: i64,
        user_id: i64,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let ended = sqlx::query!(
            "UPDATE staff_token SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL",
            id,
            user_id,
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Notes what staff read or changed.
    pub async fn audit(&mut self, stamp: &Stamp, what: &Audited<'_>) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO audit (at, staff_id, token_id, branch, action, patron_id, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            stamp.at.to_sqlx() as _,
            stamp.staff_id,
            what.token_id,
            stamp.branch.as_str(),
            what.action,
            what.patron_id,
            what.detail,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}
