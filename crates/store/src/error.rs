//! What can go wrong between Relire and its database, sorted by what the caller does about it.

use sqlx::error::ErrorKind;

/// A failed store call. None of its texts holds a value that a person typed or scanned.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A fact changed between reading and writing: nothing was written. Read again and decide again.
    #[error("a fact changed between reading and writing")]
    GuardMissed,
    /// A constraint said no; nothing was written. The name is the constraint's.
    #[error("the database refused the change: constraint {0}")]
    Constraint(String),
    /// The database could not be reached or the connection broke: whether a write happened is not known.
    #[error("the database is not reachable: {0}. `relire doctor` says what it sees.")]
    Unavailable(String),
    /// The server says that it has no room, memory or time for this now: nothing was written.
    #[error("the database could not do this now: {0}. Look at its disk and its log.")]
    Overloaded(String),
    /// A row holds what the schema should have made impossible, or the schema is not the one expected.
    #[error("the database holds something unexpected: {0}. Run `relire doctor`.")]
    Corrupt(String),
    /// The migrations could not be applied.
    #[error("the schema could not be brought up to date: {0}")]
    Migrate(String),
}

impl StoreError {
    /// True where the same call may succeed if made again after reading anew.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::GuardMissed)
            || matches!(self, Self::Constraint(name) if RACES.contains(&name.as_str()))
    }

    /// True where a new card's number is another card's.
    pub fn is_card_taken(&self) -> bool {
        matches!(self, Self::Constraint(name) if name == "card_number_once_a_branch")
    }

    /// True where this very question was answered by a change already: its key finds that answer.
    pub fn is_known_again(&self) -> bool {
        matches!(self, Self::Constraint(name) if KNOWN.contains(&name.as_str()))
    }
}

/// Constraints that a question meets which was answered by a change already.
const KNOWN: [&str; 3] = [
    "request_pkey",
    "payment_request_key_key",
    "partner_request_once",
];

/// Constraints that two terminals reach for at once: a normal answer, found again by reading anew.
const RACES: [&str; 8] = [
    "custody_one_place",
    "custody_one_place_ever",
    "hold_once_a_title",
    "hold_once_an_item",
    "item_barcode_once_a_branch",
    "partner_request_once",
    "request_pkey",
    "suspension_custody_id_key",
];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) => match db.code().as_deref() {
                // Serialisation failure, deadlock.
                Some("40001" | "40P01") => Self::GuardMissed,
                // A statement that took too long, too many connections, disk full, failing disk.
                Some(code)
                    if code == "57014"
                        || ["53", "58"].iter().any(|class| code.starts_with(class)) =>
                {
                    Self::Overloaded(format!("{} ({code})", db.message()))
                }
                // Shutdowns, lost backends.
                Some(code) if ["57", "08"].iter().any(|class| code.starts_with(class)) => {
                    Self::Unavailable(format!("{} ({code})", db.message()))
                }
                _ if !matches!(db.kind(), ErrorKind::Other) => {
                    Self::Constraint(db.constraint().unwrap_or("unnamed").to_owned())
                }
                // P0001 and integrity violations raised by triggers carry their constraint's name.
                _ => match db.constraint() {
                    Some(name) => Self::Constraint(name.to_owned()),
                    None => Self::Corrupt(db.message().to_owned()),
                },
            },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error.to_string()),
            _ => Self::Corrupt(error.to_string()),
        }
    }
}

pub(crate) fn corrupt(what: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(what.to_string())
}
