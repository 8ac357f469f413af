//! Client certificates, and the terminals that each may be.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

use crate::{Session, StoreError, error::corrupt};

/// The SHA-256 of a certificate's DER bytes.
pub type Fingerprint = [u8; 32];

/// A certificate to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCertificate {
    /// What it is known by.
    pub fingerprint: Fingerprint,
    /// Whom it was issued to, for people.
    pub subject: String,
    /// Its serial number in hexadecimal digits, for people.
    pub serial: String,
    /// From when on it is good.
    pub not_before: Timestamp,
    /// Until when it is good.
    pub not_after: Timestamp,
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// A certificate that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What it is known by.
    pub fingerprint: Fingerprint,
    /// Whom it was issued to, for people.
    pub subject: String,
    /// Its serial number, for people.
    pub serial: String,
    /// From when on it is good.
    pub not_before: Timestamp,
    /// Until when it is good.
    pub not_after: Timestamp,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Since when it is no good any more, whatever its dates.
    pub revoked_at: Option<Timestamp>,
    /// The terminals that it may log in, by number; revoked ones too.
    pub terminals: Vec<i64>,
    /// Their logins, in the same order.
    pub logins: Vec<String>,
}

impl Session {
    /// Adds a certificate and binds it to terminals, both or nothing.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] `certificate_pkey` where it is there already,
    /// `certificate_terminal_terminal_id_fkey` where a terminal is not known.
    pub async fn add_certificate(
        &mut self,
        new: &NewCertificate,
        terminals: &[i64],
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH added AS (
                INSERT INTO certificate (fingerprint, subject, serial, not_before, not_after, issued_at)
                VALUES ($1, $2, $3, $4, $5, $6) RETURNING fingerprint
            )
            INSERT INTO certificate_terminal (fingerprint, terminal_id)
            SELECT fingerprint, terminal_id FROM added, unnest($7::bigint[]) AS terminal_id",
            new.fingerprint.as_slice(),
            new.subject,
            new.serial,
            new.not_before.to_sqlx() as _,
            new.not_after.to_sqlx() as _,
            new.issued_at.to_sqlx() as _,
            terminals,
        )
        .execute(self.pg())
        .await?;
        Ok(())
    }

    /// Revokes a certificate; `false` where it is not known or was revoked before.
    pub async fn revoke_certificate(
        &mut self,
        fingerprint: &Fingerprint,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE certificate SET revoked_at = $2 WHERE fingerprint = $1 AND revoked_at IS NULL",
            fingerprint.as_slice(),
            at.to_sqlx() as _
        )
        .execute(self.pg())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// All certificates, the first to expire first.
    pub async fn certificates(&mut self) -> Result<Vec<Certificate>, StoreError> {
        certificates(self.pg()).await
    }
}

pub(crate) async fn certificates(
    connection: &mut PgConnection,
) -> Result<Vec<Certificate>, StoreError> {
    sqlx::query!(
        r#"SELECT c.fingerprint, c.subject, c.serial, c.not_before AS "not_before: jiff_sqlx::Timestamp",
                  c.not_after AS "not_after: jiff_sqlx::Timestamp", c.issued_at AS "issued_at: jiff_sqlx::Timestamp",
                  c.revoked_at AS "revoked_at: jiff_sqlx::Timestamp",
                  array(SELECT b.terminal_id FROM certificate_terminal b JOIN terminal t ON t.id = b.terminal_id
                         WHERE b.fingerprint = c.fingerprint ORDER BY t.login) AS "terminals!",
                  array(SELECT t.login FROM certificate_terminal b JOIN terminal t ON t.id = b.terminal_id
                         WHERE b.fingerprint = c.fingerprint ORDER BY t.login) AS "logins!"
             FROM certificate c ORDER BY c.not_after, c.fingerprint"#
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Certificate {
            fingerprint: row
                .fingerprint
                .try_into()
                .map_err(|_| corrupt("a certificate's fingerprint is not 32 bytes long"))?,
            subject: row.subject,
            serial: row.serial,
            not_before: row.not_before.to_jiff(),
            not_after: row.not_after.to_jiff(),
            issued_at: row.issued_at.to_jiff(),
            revoked_at: row.revoked_at.map(jiff_sqlx::Timestamp::to_jiff),
            terminals: row.terminals,
            logins: row.logins,
        })
    })
    .collect()
}
