//! The catalogue as people search it: an index that follows the database, and where the copies are at this moment.

mod asked;
mod document;
mod follow;
mod harvest;
mod search;

use std::{path::Path, sync::Arc};

use catalogue::Catalogue;
use store::{Store, StoreError};
use tokio::sync::Semaphore;

pub use asked::{BibCopies, Page, PageAsk, ScanAsk, Served};
pub use follow::Progress;
pub use harvest::Harvested;
pub use search::{AtBranch, Availability, Found, FoundBib, SearchAsk};

/// This daemon's index, beside the database that it follows. Every daemon has its own, in its own folder.
#[derive(Debug, Clone)]
pub struct Finder {
    store: Store,
    index: Catalogue,
    /// Threads that search at once: more would only take the processor from each other.
    threads: Arc<Semaphore>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FinderError {
    /// The question, or the index.
    #[error(transparent)]
    Index(#[from] catalogue::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A source's profile, which says what is private, cannot be read.
    #[error(
        "the profile of {branch} cannot be read: {error}. `relire source set {branch} FILE` writes it anew"
    )]
    Profile {
        /// The source.
        branch: circulation::BranchCode,
        /// Why.
        error: String,
    },
    /// The folder cannot be made.
    #[error("the index folder cannot be made: {0}")]
    Folder(#[from] std::io::Error),
}

impl FinderError {
    /// Another process writes to this folder: a daemon that follows the database.
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Index(error) if error.is_held())
    }
}

impl Finder {
    /// Opens the index in a folder, which is made if it is not there. An index of another format is thrown away: it is
    /// a copy, and is built anew.
    pub fn open(store: Store, folder: &Path) -> Result<Self, FinderError> {
        std::fs::create_dir_all(folder)?;
        let index = match Catalogue::open(folder) {
            Err(catalogue::Error::Format { found, expected }) => {
                tracing::info!(
                    ?found,
                    expected,
                    "the index has another format: it is built anew"
                );
                std::fs::remove_dir_all(folder)?;
                std::fs::create_dir_all(folder)?;
                Catalogue::open(folder)
            }
            opened => opened,
        }?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let threads = Arc::new(Semaphore::new(2 * cores));
        Ok(Self {
            store,
            index,
            threads,
        })
    }

    /// Work that takes its time, on a thread of its own, when it is its turn.
    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, FinderError> + Send + 'static,
    ) -> Result<T, FinderError> {
        // The semaphore is never closed.
        let turn = self.threads.clone().acquire_owned().await;
        follow::blocking(move || {
            // Held until the work is done, even if nobody waits for it any more.
            let _turn = turn;
            work()
        })
        .await
    }

    /// How many bibs the index has.
    pub fn count(&self) -> u64 {
        self.index.count()
    }
}
