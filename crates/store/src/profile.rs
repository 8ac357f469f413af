//! Profiles of terminals, and the register: all terminals in use with their profiles and certificates, in one
//! snapshot with the number that every change of them raises.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{Connection, PgConnection, types::Json};

use crate::{
    Certificate, Session, Store, StoreError, Terminal, TerminalSettings,
    certificate::certificates,
    terminal::{TerminalRow, settings},
};

/// A kind of terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its settings.
    pub settings: TerminalSettings,
    /// The SIP2 request codes that it suggests for a new terminal; `None`: all.
    pub messages: Option<Vec<String>>,
    /// What it is for.
    pub note: String,
}

/// All terminals in use, their profiles and certificates, as they were at one moment.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// The number that every change raises.
    pub version: i64,
    /// Those that were not revoked.
    pub terminals: Vec<Terminal>,
    /// All.
    pub profiles: Vec<Profile>,
    /// All, the revoked ones too.
    pub certificates: Vec<Certificate>,
}

impl Store {
    /// Reads the register in one snapshot.
    pub async fn register(&self) -> Result<Register, StoreError> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = connection
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        let version = sqlx::query_scalar!("SELECT terminals_version FROM network")
            .fetch_one(&mut *transaction)
            .await?;
        let rows = sqlx::query_as!(
            TerminalRow,
            "SELECT id, login, password_hash, name, branch, messages, profile, settings, sort_bins, version
               FROM terminal WHERE revoked_at IS NULL"
        )
        .fetch_all(&mut *transaction)
        .await?;
        let register = Register {
            version,
            terminals: rows
                .into_iter()
                .map(Terminal::try_from)
                .collect::<Result<_, _>>()?,
            profiles: profiles(&mut transaction).await?,
            certificates: certificates(&mut transaction).await?,
        };
        transaction.commit().await?;
        Ok(register)
    }

    /// The number that every change of terminals, profiles and certificates raises.
    pub async fn terminals_version(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!("SELECT terminals_version FROM network")
            .fetch_one(&self.pool)
            .await?)
    }

    /// Brings in the profiles that the program knows: those that are not there, and those that nobody has
    /// changed since they were brought in. What an operator has changed stays.
    pub async fn bring_profiles(&self, profiles: &[Profile]) -> Result<(), StoreError> {
        for profile in profiles {
            sqlx::query!(
                "INSERT INTO profile AS known (name, settings, messages, note) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (name) DO UPDATE
                    SET settings = excluded.settings, messages = excluded.messages, note = excluded.note
                  WHERE known.changed_at IS NULL
                    AND (known.settings, known.messages, known.note)
                        IS DISTINCT FROM (excluded.settings, excluded.messages, excluded.note)",
                profile.name,
                Json(&profile.settings) as _,
                profile.messages.as_deref() as _,
                profile.note
            )
            .execute(&self.pool)
            .await?;
        }
        Ok(())
    }
}

impl Session {
    /// All profiles, by name.
    pub async fn profiles(&mut self) -> Result<Vec<Profile>, StoreError> {
        profiles(self.pg()).await
    }

    /// Writes a profile; a new one, or over the one that has its name.
    pub async fn set_profile(
        &mut self,
        profile: &Profile,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO profile (name, settings, messages, note, changed_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (name) DO UPDATE SET settings = excluded.settings, messages = excluded.messages,
                note = excluded.note, changed_at = excluded.changed_at",
            profile.name,
            Json(&profile.settings) as _,
            profile.messages.as_deref() as _,
            profile.note,
            at.to_sqlx() as _,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }
}

async fn profiles(connection: &mut PgConnection) -> Result<Vec<Profile>, StoreError> {
    sqlx::query!("SELECT name, settings, messages, note FROM profile ORDER BY name")
        .fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Profile {
                name: row.name,
                settings: settings(row.settings)?,
                messages: row.messages,
                note: row.note,
            })
        })
        .collect()
}
