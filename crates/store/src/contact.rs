//! What readers change of their own files.

use circulation::Language;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::types::Json;

use crate::{Keep, Session, Stamp, StoreError};

/// What is changed; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct ContactChange {
    /// E-mail address; empty: none any more.
    pub email: Option<String>,
    /// Telephone number; empty: none any more.
    pub phone: Option<String>,
    /// Address; empty: none any more.
    pub address: Option<String>,
    /// What the reader is spoken to in.
    pub language: Option<Language>,
    /// The argon2id hash of a new PIN.
    pub pin_hash: Option<String>,
}

impl Session {
    /// Changes a patron's file and logs it, in one statement; returns the event. `B` is the event's body: it names the
    /// fields.
    ///
    /// # Errors
    /// [`StoreError::GuardMissed`]: the household is not as it was read.
    pub async fn change_contact<B: Serialize + Sync>(
        &mut self,
        patron_id: i64,
        household: (i64, i64),
        change: &ContactChange,
        stamp: &Stamp,
        body: &B,
        keep: Keep,
    ) -> Result<i64, StoreError> {
        let language = change.language.map(|language| match language {
            Language::French => "fr",
            Language::English => "en",
        });
        sqlx::query_file_scalar!(
            "queries/contact.sql",
            patron_id,
            household.0,
            household.1,
            change.email,
            change.phone,
            change.address,
            language,
            change.pin_hash,
            stamp.at.to_sqlx() as _,
            stamp.branch.as_str(),
            stamp.terminal_id,
            stamp.staff_id,
            Json(body) as _,
            &keep.key[..],
            keep.until.to_sqlx() as _,
        )
        .fetch_optional(self.pg())
        .await?
        .ok_or(StoreError::GuardMissed)
    }
}
