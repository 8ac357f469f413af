//! Hearing from Postgres that terminals, profiles or certificates have changed.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};

use crate::{Store, StoreError};

/// What the triggers of the migrations say it on.
const CHANNEL: &str = "relire_terminals";
/// A database that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open ear, on a connection of its own: one of the pool would be missing to terminals for ever.
#[derive(Debug)]
pub struct TerminalNews(PgListener);

impl Store {
    /// Begins to listen. What changed before is not heard.
    pub async fn terminal_news(&self) -> Result<TerminalNews, StoreError> {
        let own = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(self.pool.connect_options().as_ref().clone());
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(CHANNEL).await?;
        Ok(TerminalNews(listener))
    }
}

impl TerminalNews {
    /// Waits until something has changed. An error: the connection is lost, and what changed since is not
    /// heard.
    pub async fn next(&mut self) -> Result<(), StoreError> {
        match self.0.try_recv().await? {
            Some(_) => Ok(()),
            None => Err(StoreError::Unavailable(
                "the connection that listens was lost".into(),
            )),
        }
    }
}
