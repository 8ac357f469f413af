//! Staff and what each may do where.

use circulation::BranchCode;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Session, Store, StoreError, facts::code};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffUser {
    /// Their number.
    pub id: i64,
    /// Their login.
    pub login: String,
    /// The argon2id hash (PHC string) of their password.
    pub password_hash: String,
    /// Their name, as colleagues see it.
    pub name: String,
    /// Where they work.
    pub branch: BranchCode,
    /// Actions they may do, each at one branch or at all of them.
    pub rights: Vec<(String, Option<BranchCode>)>,
}

/// A member of staff to add.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// Unique in the network.
    pub login: String,
    /// The argon2id hash of the password.
    pub password_hash: String,
    /// Their name.
    pub name: String,
    /// Where they work.
    pub branch: BranchCode,
    /// Actions they may do, each at one branch or at all of them.
    pub rights: Vec<(String, Option<BranchCode>)>,
    /// When they were added.
    pub at: Timestamp,
}

impl Session {
    /// Reads the member of staff with this login, unless disabled.
    pub async fn staff_user(&mut self, login: &str) -> Result<Option<StaffUser>, StoreError> {
        let row = sqlx::query!(
            "SELECT id, login, password_hash, name, branch FROM staff_user WHERE login = $1 AND disabled_at IS NULL",
            login
        )
        .fetch_optional(self.pg())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let rights = sqlx::query!(
            "SELECT action, branch FROM staff_right WHERE user_id = $1 ORDER BY 1, 2",
            row.id
        )
        .fetch_all(self.pg())
        .await?
        .into_iter()
        .map(|right| {
            Ok((
                right.action,
                right.branch.map(|branch| code(Some(branch))).transpose()?,
            ))
        })
        .collect::<Result<_, StoreError>>()?;
        Ok(Some(StaffUser {
            id: row.id,
            login: row.login,
            password_hash: row.password_hash,
            name: row.name,
            branch: code(Some(row.branch))?,
            rights,
        }))
    }
}

impl Store {
    /// Adds a member of staff with their rights, or nothing; returns their number.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] `staff_user_login_key` where the login is taken, `…_branch_fkey` where a
    /// branch is not known, `staff_right_action_check` where an action is not written `word.word`.
    pub async fn add_staff(&self, new: &NewStaff) -> Result<i64, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let id = sqlx::query_scalar!(
            "INSERT INTO staff_user (login, password_hash, name, branch, created_at)
             VALUES ($1, $2, $3, $4, $5) RETURNING id",
            new.login,
            new.password_hash,
            new.name,
            new.branch.as_str(),
            new.at.to_sqlx() as _,
        )
        .fetch_one(&mut *transaction)
        .await?;
        for (action, branch) in &new.rights {
            sqlx::query!(
                "INSERT INTO staff_right (user_id, action, branch) VALUES ($1, $2, $3)",
                id,
                action,
                branch.as_ref().map(BranchCode::as_str)
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(id)
    }
}
