//! Staff and what each may do where.

use circulation::{BranchCode, Language};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use crate::{
    Session, Store, StoreError,
    facts::{code, language, rows},
};

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
    /// What their pages are written in.
    pub language: Language,
    /// Actions they may do, by their own rights and by their roles, each at one branch or at all of them.
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
    /// Roles they have, each at one branch or at all of them.
    pub roles: Vec<(String, Option<BranchCode>)>,
    /// When they were added.
    pub at: Timestamp,
}

impl Session {
    /// Reads the member of staff with this login, unless disabled.
    pub async fn staff_user(&mut self, login: &str) -> Result<Option<StaffUser>, StoreError> {
        // What people type may hold what no text of the database can.
        if login.contains('\0') {
            return Ok(None);
        }
        let row = sqlx::query_file_as!(Row, "queries/staff_user.sql", Some(login), None::<i64>)
            .fetch_optional(self.pg())
            .await?;
        row.map(StaffUser::try_from).transpose()
    }
}

/// A member of staff as the database has them: rights as pairs of action and branch.
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) login: String,
    pub(crate) password_hash: String,
    pub(crate) name: String,
    pub(crate) branch: String,
    pub(crate) language: String,
    pub(crate) rights: Value,
}

impl TryFrom<Row> for StaffUser {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            login: row.login,
            password_hash: row.password_hash,
            name: row.name,
            branch: code(Some(row.branch))?,
            language: language(Some(&row.language)),
            rights: rows(Some(row.rights))?,
        })
    }
}

impl Store {
    /// Adds a member of staff with their rights, or nothing; returns their number.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] `staff_user_login_key` where the login is taken, `…_branch_fkey` where a
    /// branch is not known, `staff_role_role_fkey` where a role is not, `staff_right_action_check` where an action is
    /// not written `word.word`.
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
        for (role, branch) in &new.roles {
            sqlx::query!(
                "INSERT INTO staff_role (user_id, role, branch) VALUES ($1, $2, $3)",
                id,
                role,
                branch.as_ref().map(BranchCode::as_str)
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(id)
    }
}
