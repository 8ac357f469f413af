//! The desk and the rulebook that it decides under.

use std::sync::Arc;

use arc_swap::ArcSwap;
use circulation::{Language, Refusal, Rulebook};
use jiff::Zoned;
use store::{Store, Terminal};
use tokio::sync::watch;

use crate::{
    Clock, DeskError, Terminals, Visit,
    calendar::{Previews, previews},
    laboratory::Bench,
    presence::Attendance,
    pull::Pulls,
    together::Lanes,
    turns::Turns,
};

/// The desk: shared by every door, cheap to clone behind its `Arc`.
#[derive(Debug)]
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) lanes: Lanes,
    pub(crate) turns: Turns,
    clock: Clock,
    held: ArcSwap<Held>,
    pub(crate) terminals: watch::Sender<Arc<Terminals>>,
    pub(crate) attendance: Attendance,
    /// What each branch last had to fetch.
    pub(crate) pulls: Pulls,
    /// What closures would move.
    pub(crate) previews: Previews,
    /// What is tried on other rules.
    pub(crate) bench: Bench,
    /// What this daemon is called beside others on the same database.
    pub(crate) daemon: String,
}

/// A rulebook and the number that the network gave it.
#[derive(Debug)]
struct Held {
    version: i64,
    book: Arc<Rulebook>,
}

impl Desk {
    /// Opens the desk on a migrated store: reads the rulebook and the terminals.
    pub async fn open(store: Store, clock: Clock) -> Result<Arc<Self>, DeskError> {
        let (book, version) = store.rulebook().await?;
        let terminals = Terminals::new(store.register().await?, &Terminals::default());
        Ok(Arc::new(Self {
            store,
            lanes: Lanes::default(),
            turns: Turns::default(),
            clock,
            held: ArcSwap::from_pointee(Held {
                version,
                book: Arc::new(book),
            }),
            terminals: watch::Sender::new(Arc::new(terminals)),
            attendance: Attendance::default(),
            pulls: Pulls::default(),
            previews: previews(),
            bench: Bench::default(),
            daemon: daemon_name(),
        }))
    }

    /// The present moment, in the network's zone.
    pub fn now(&self) -> Zoned {
        self.clock.now()
    }

    /// The rulebook in use. It may be replaced at any moment: take it once for one answer.
    pub fn rulebook(&self) -> Arc<Rulebook> {
        self.held.load().book.clone()
    }

    /// A refusal in a reader's words.
    pub fn tell(&self, refusal: &Refusal, language: Language) -> String {
        refusal.text(language, &self.held.load().book)
    }

    /// What a connection of this terminal remembers of PINs.
    pub fn visit(&self, terminal: &Terminal) -> Visit {
        Visit::at(self.store.clone(), terminal.id)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DeskError> {
        Ok(self.store.ping().await?)
    }

    /// The rulebook that facts were read under: the held one, or, when the network has moved on, a fresh one.
    pub(crate) async fn rulebook_at(&self, version: i64) -> Result<Arc<Rulebook>, DeskError> {
        let held = self.held.load();
        if held.version == version {
            return Ok(held.book.clone());
        }
        drop(held);
        let (book, version) = self.store.rulebook().await?;
        let book = Arc::new(book);
        tracing::info!(version, "rulebook reloaded");
        self.held.store(Arc::new(Held {
            version,
            book: book.clone(),
        }));
        Ok(book)
    }
}

/// Another one for each daemon and each start.
fn daemon_name() -> String {
    let mut random = [0; 4];
    // Without randomness the process number has to do.
    let _ = getrandom::fill(&mut random);
    format!("{}-{:08x}", std::process::id(), u32::from_be_bytes(random))
}
