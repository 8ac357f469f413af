//! What keeps a command from being answered. A refusal is not among them.

use store::StoreError;

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DeskError {
    /// Nothing happened: the database could not be asked.
    #[error("nothing was done: {0}")]
    Unavailable(String),
    /// Something may have happened, and could not be looked up in time. A door must not answer with a refusal.
    #[error("it is not known whether this was done: {0}")]
    OutcomeUnknown(String),
    /// A fault of ours or of the data; nothing happened.
    #[error("nothing was done: {0}")]
    Internal(String),
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Overloaded(_) => {
                Self::Unavailable(error.to_string())
            }
            other => Self::Internal(other.to_string()),
        }
    }
}
