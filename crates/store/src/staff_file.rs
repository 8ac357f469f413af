//! Staff as those see them who manage them.

use circulation::{BranchCode, Language};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use crate::{
    Digest, Session, StoreError,
    facts::{code, language, rows},
};

/// A member of staff and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffFile {
    /// Their number.
    pub id: i64,
    /// What they sign in with.
    pub login: String,
    /// Their name, as colleagues see it.
    pub name: String,
    /// Where they work.
    pub branch: BranchCode,
    /// What their pages are written in.
    pub language: Language,
    /// Since when they may not come in; none: they may.
    pub disabled_at: Option<Timestamp>,
    /// When something was last asked in a session of theirs that is not over.
    pub seen_at: Option<Timestamp>,
    /// Roles, each at one branch or everywhere.
    pub roles: Vec<(String, Option<BranchCode>)>,
    /// Rights beside those of the roles.
    pub rights: Vec<(String, Option<BranchCode>)>,
    /// All that they may do, by rights and by roles.
    pub actions: Vec<(String, Option<BranchCode>)>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// What it is called, in French and in English.
    pub labels: (String, String),
    /// The actions that it is made of.
    pub actions: Vec<String>,
}

/// A token of a member of staff that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenLine {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Where what it does happens.
    pub branch: BranchCode,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last shown.
    pub seen_at: Option<Timestamp>,
}

impl Session {
    /// Staff of a branch (`None`: of all) by login, from behind one; disabled ones among them.
    pub async fn staff_files(
        &mut self,
        branch: Option<BranchCode>,
        after: &str,
        most: i64,
    ) -> Result<Vec<StaffFile>, StoreError> {
        self.files(branch, None, after, most).await
    }

    /// A member of staff, by login.
    pub async fn staff_file(&mut self, login: &str) -> Result<Option<StaffFile>, StoreError> {
        // What an address names may hold what no text of the database can.
        if login.contains('\0') {
            return Ok(None);
        }
        Ok(self.files(None, Some(login), "", 1).await?.pop())
    }

    async fn files(
        &mut self,
        branch: Option<BranchCode>,
        login: Option<&str>,
        after: &str,
        most: i64,
    ) -> Result<Vec<StaffFile>, StoreError> {
        let read = sqlx::query_file!(
            "queries/staff_files.sql",
            branch.as_ref().map(BranchCode::as_str),
            login,
            after,
            most
        )
        .fetch_all(self.pg())
        .await?;
        read.into_iter()
            .map(|row| {
                Ok(StaffFile {
                    id: row.id,
                    login: row.login,
                    name: row.name,
                    branch: code(Some(row.branch))?,
                    language: language(Some(&row.language)),
                    disabled_at: row.disabled_at.map(jiff_sqlx::Timestamp::to_jiff),
                    seen_at: row.seen_at.map(jiff_sqlx::Timestamp::to_jiff),
                    roles: pairs(row.roles)?,
                    rights: pairs(row.rights)?,
                    actions: pairs(row.actions)?,
                })
            })
            .collect()
    }

    /// All roles, in the order in which they grow.
    pub async fn staff_roles(&mut self) -> Result<Vec<Role>, StoreError> {
        let read = sqlx::query!(
            r#"SELECT name, label_fr, label_en,
                      array(SELECT action FROM role_action WHERE role = name ORDER BY action) AS "actions!"
                 FROM role ORDER BY (SELECT count(*) FROM role_action WHERE role = name), name"#
        )
        .fetch_all(self.pg())
        .await?;
        Ok(read
            .into_iter()
            .map(|row| Role {
                name: row.name,
                labels: (row.label_fr, row.label_en),
                actions: row.actions,
            })
            .collect())
    }

    /// Keeps others from changing staff until the transaction ends. Nobody who reads waits.
    pub async fn lock_staff(&mut self) -> Result<(), StoreError> {
        sqlx::query!("SELECT only_row FROM network FOR NO KEY UPDATE")
            .fetch_one(self.pg())
            .await?;
        Ok(())
    }

    /// Adds a member of staff without any right; `None`: the login is taken.
    pub async fn add_staff_file(
        &mut self,
        file: &StaffFile,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar!(
            "INSERT INTO staff_user (login, password_hash, name, branch, language, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login) DO NOTHING RETURNING id",
            file.login,
            password_hash,
            file.name,
            file.branch.as_str(),
            file.language.code(),
            at.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?)
    }

    /// Writes what is told of a member of staff, all but their rights.
    pub async fn write_staff_file(&mut self, file: &StaffFile) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE staff_user SET name = $2, branch = $3, language = $4, disabled_at = $5, version = version + 1
              WHERE id = $1",
            file.id,
            file.name,
            file.branch.as_str(),
            file.language.code(),
            file.disabled_at.map(ToSqlx::to_sqlx) as _,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Puts these roles and rights in the place of those before.
    pub async fn write_staff_rights(&mut self, file: &StaffFile) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM staff_role WHERE user_id = $1", file.id)
            .execute(self.pg())
            .await?;
        sqlx::query!("DELETE FROM staff_right WHERE user_id = $1", file.id)
            .execute(self.pg())
            .await?;
        for (role, branch) in &file.roles {
            sqlx::query!(
                "INSERT INTO staff_role (user_id, role, branch) VALUES ($1, $2, $3)",
                file.id,
                role,
                branch.as_ref().map(BranchCode::as_str)
            )
            .execute(self.pg())
            .await?;
        }
        for (action, branch) in &file.rights {
            sqlx::query!(
                "INSERT INTO staff_right (user_id, action, branch) VALUES ($1, $2, $3)",
                file.id,
                action,
                branch.as_ref().map(BranchCode::as_str)
            )
            .execute(self.pg())
            .await?;
        }
        Ok(())
    }

    /// Another password.
    pub async fn write_staff_password(&mut self, id: i64, hash: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE staff_user SET password_hash = $2, version = version + 1 WHERE id = $1",
            id,
            hash
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Ends all sessions of a member of staff but this one; how many.
    pub async fn end_staff_sessions(
        &mut self,
        id: i64,
        but: Option<&Digest>,
    ) -> Result<u64, StoreError> {
        let but = but.map(<[u8; 32]>::as_slice);
        let ended = sqlx::query!(
            "DELETE FROM staff_session WHERE user_id = $1 AND ($2::bytea IS NULL OR digest <> $2)",
            id,
            but
        )
        .execute(self.pg())
        .await?;
        Ok(ended.rows_affected())
    }

    /// Ends all tokens of a member of staff; how many.
    pub async fn end_staff_tokens(&mut self, id: i64, at: Timestamp) -> Result<u64, StoreError> {
        let ended = sqlx::query!(
            "UPDATE staff_token SET revoked_at = greatest($2, made_at) WHERE user_id = $1 AND revoked_at IS NULL",
            id,
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(ended.rows_affected())
    }

    /// A member of staff's tokens that are good, and how many sessions of theirs are open.
    pub async fn staff_ways_in(
        &mut self,
        id: i64,
        at: Timestamp,
    ) -> Result<(Vec<TokenLine>, i64), StoreError> {
        let sessions = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM staff_session WHERE user_id = $1 AND ends_at > $2"#,
            id,
            at.to_sqlx() as _
        )
        .fetch_one(self.pg())
        .await?;
        let read = sqlx::query!(
            r#"SELECT id, name, branch, expires_at AS "expires_at: jiff_sqlx::Timestamp",
                      seen_at AS "seen_at: jiff_sqlx::Timestamp"
                 FROM staff_token WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY id LIMIT 100"#,
            id,
            at.to_sqlx() as _
        )
        .fetch_all(self.pg())
        .await?;
        let tokens = read
            .into_iter()
            .map(|row| {
                Ok(TokenLine {
                    id: row.id,
                    name: row.name,
                    branch: code(Some(row.branch))?,
                    expires_at: row.expires_at.to_jiff(),
                    seen_at: row.seen_at.map(jiff_sqlx::Timestamp::to_jiff),
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok((tokens, sessions))
    }
}

fn pairs(value: Option<Value>) -> Result<Vec<(String, Option<BranchCode>)>, StoreError> {
    rows(value)
}
