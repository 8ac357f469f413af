//! The door: what all associations share.

use std::sync::{Arc, atomic::AtomicUsize};

use desk::Finder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::sync::CancellationToken;

use crate::{
    connection, counts,
    session::Session,
    sets::{Bounds, Sets},
    settings::Settings,
};

/// Serves associations. Cheap to share, and safe to from any number of tasks.
#[derive(Debug)]
pub struct Door {
    finder: Finder,
    settings: Arc<Settings>,
    /// Bytes that all result sets take now.
    taken: Arc<AtomicUsize>,
}

impl Door {
    /// A door to this catalogue. Describes its metrics: install the recorder before.
    pub fn new(finder: Finder, settings: Settings) -> Self {
        counts::describe();
        Self {
            finder,
            settings: Arc::new(settings),
            taken: Arc::default(),
        }
    }

    /// One association, until the peer closes it, says what nobody can read, is silent for too long, or the daemon stops.
    /// `recognised` is called when the peer's Init is accepted.
    pub async fn serve<S>(
        &self,
        stream: S,
        recognised: impl FnOnce() + Send + Sync + 'static,
        shutdown: CancellationToken,
    ) where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let session = Session::new(
            self.finder.clone(),
            self.settings.clone(),
            Sets::new(Bounds {
                most: self.settings.most_sets,
                bytes: self.settings.set_bytes,
                shared: self.settings.all_set_bytes,
                taken: self.taken.clone(),
            }),
            Box::new(recognised),
        );
        let ending = connection::run(stream, session, &self.settings, shutdown).await;
        tracing::debug!(?ending, "an association ended");
    }
}
