//! The index follows the change feed.

use std::time::Duration;

use catalogue::{FeedPosition, Writer};
use store::Changes;
use tokio::{sync::oneshot, time::sleep};
use tokio_util::sync::CancellationToken;

use super::{
    Finder, FinderError,
    document::{Private, document},
};

/// How often the feed is looked at: what changed is found within a second.
const LOOK: Duration = Duration::from_millis(250);
/// How long to wait after trouble, or while another process writes to this folder.
const AGAIN: Duration = Duration::from_secs(5);
/// How often old changes are forgotten.
const PRUNE: Duration = Duration::from_secs(3_600);
/// An index that was not fed for so many days is built anew.
const KEPT_DAYS: f64 = 7.0;
/// Rows of the feed that one commit takes: large enough for an import, whose rows name many bibs.
const ROWS: i64 = 20_000;
/// Bibs that are read from the database at once.
const BIBS: usize = 500;
/// Memory of the writer that follows, in bytes.
const FOLLOWING: usize = 30_000_000;
/// Memory of the writer that builds anew, in bytes, for its two threads.
const BUILDING: usize = 120_000_000;

/// How far the index is, for whoever waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bibs that were read.
    pub done: u64,
    /// Of how many; about.
    pub of: u64,
}

impl Finder {
    /// Follows the database until told to stop, and says so once it has caught up. Trouble is logged and tried again: searching goes on meanwhile, on what
    /// the index has.
    pub async fn follow(self, shutdown: CancellationToken, caught_up: oneshot::Sender<()>) {
        let mut caught_up = Some(caught_up);
        let mut writer = None;
        let mut pruned = None::<tokio::time::Instant>;
        let mut troubled = false;
        loop {
            let step = self.step(&mut writer, &shutdown).await;
            let pause = match step {
                Ok(()) => {
                    if troubled {
                        tracing::info!("the index follows the database again");
                    }
                    troubled = false;
                    if let Some(caught_up) = caught_up.take() {
                        // Whoever wanted to know may not wait any more.
                        let _ = caught_up.send(());
                    }
                    LOOK
                }
                Err(error) => {
                    if !troubled {
                        tracing::warn!(%error, "the index does not follow the database for now");
                    }
                    troubled = true;
                    // What it had put and not committed is in doubt.
                    writer = None;
                    AGAIN
                }
            };
            if pruned.is_none_or(|at| at.elapsed() > PRUNE)
                && self.store.prune_changes(KEPT_DAYS).await.is_ok()
            {
                pruned = Some(tokio::time::Instant::now());
            }
            if shutdown.run_until_cancelled(sleep(pause)).await.is_none() {
                return;
            }
        }
    }

    async fn step(
        &self,
        writer: &mut Option<Writer>,
        shutdown: &CancellationToken,
    ) -> Result<(), FinderError> {
        let held = match writer.take() {
            Some(held) => held,
            None => self.index.writer(FOLLOWING, 1)?,
        };
        let held = match shutdown
            .run_until_cancelled(self.catch_up(held, |_| ()))
            .await
        {
            Some(caught_up) => caught_up?,
            None => return Ok(()),
        };
        *writer = Some(held);
        self.date_changes().await?;
        if let Some(position) = self.index.position()? {
            let lag = self.store.feed_lag(in_database(position)).await?;
            metrics::gauge!("relire_index_lag_rows").set(lag.rows as f64);
            metrics::gauge!("relire_index_lag_seconds").set(lag.seconds);
        }
        Ok(())
    }

    /// Brings the index up to the database, once: by the feed, or anew. For commands.
    pub async fn bring(&self, told: impl FnMut(Progress)) -> Result<(), FinderError> {
        let writer = self.index.writer(BUILDING, 2)?;
        self.catch_up(writer, told).await?.finish()?;
        Ok(())
    }

    /// Builds the index anew from what the database holds.
    pub async fn rebuild(&self, told: impl FnMut(Progress)) -> Result<(), FinderError> {
        let writer = self.index.writer(BUILDING, 2)?;
        let writer = self.build(writer, told).await?;
        self.catch_up(writer, |_| ()).await?.finish()?;
        Ok(())
    }

    async fn catch_up(
        &self,
        mut writer: Writer,
        mut told: impl FnMut(Progress),
    ) -> Result<Writer, FinderError> {
        loop {
            let Some(position) = self.index.position()? else {
                writer = self.build(writer, &mut told).await?;
                continue;
            };
            match self.store.changes(in_database(position), ROWS).await? {
                Changes::Rebuild => writer = self.build(writer, &mut told).await?,
                Changes::Bibs {
                    bibs,
                    reached,
                    more,
                } => {
                    let changed = !bibs.is_empty();
                    for part in bibs.chunks(BIBS) {
                        writer = self.put(writer, part, false).await?;
                    }
                    if changed {
                        writer = committed(writer, in_index(reached)).await?;
                        metrics::counter!("relire_index_bibs_total").increment(bibs.len() as u64);
                    }
                    if !more {
                        return Ok(writer);
                    }
                }
            }
        }
    }

    /// Everything anew. Until it is done, what was there is found.
    async fn build(
        &self,
        mut writer: Writer,
        mut told: impl FnMut(Progress),
    ) -> Result<Writer, FinderError> {
        let position = self.store.feed_now().await?;
        let of = u64::try_from(self.store.bib_count().await?).unwrap_or(0);
        tracing::info!(bibs = of, "the index is built anew");
        writer.clear()?;
        let (mut after, mut done) = (0, 0);
        loop {
            let bibs = self.store.bib_ids(after, BIBS as i64).await?;
            let Some(last) = bibs.last() else { break };
            after = *last;
            done += bibs.len() as u64;
            writer = self.put(writer, &bibs, true).await?;
            told(Progress { done, of });
        }
        committed(writer, in_index(position)).await
    }

    /// What the sources keep to themselves, by their profiles.
    pub(super) async fn private(&self) -> Result<Private, FinderError> {
        let sources = self.store.sources().await?;
        let profiles = sources.into_iter().map(|(branch, profile)| {
            // Better nothing new in the index than something that was not to be seen.
            let profile: intake::Profile =
                serde_json::from_value(profile).map_err(|error| FinderError::Profile {
                    branch,
                    error: error.to_string(),
                })?;
            Ok((branch, profile.private))
        });
        profiles.collect()
    }

    /// Puts these bibs as they are now, and takes out those that are no more.
    async fn put(
        &self,
        mut writer: Writer,
        bibs: &[i64],
        new: bool,
    ) -> Result<Writer, FinderError> {
        let rows = self.store.bibs(bibs).await?;
        let private = self.private().await?;
        let gone: Vec<i64> = bibs
            .iter()
            .filter(|id| !rows.iter().any(|row| row.id == **id))
            .copied()
            .collect();
        // Reading records and cutting words is work for a processor, not for the tasks that serve.
        blocking(move || {
            for row in rows {
                let document = document(row, &private);
                if new {
                    writer.add(&document)?;
                } else {
                    writer.put(&document)?;
                }
            }
            for bib in gone {
                writer.delete(bib)?;
            }
            Ok(writer)
        })
        .await
    }
}

/// The index keeps the position without knowing whose it is.
fn in_index(at: store::FeedPosition) -> FeedPosition {
    FeedPosition {
        identity: at.identity,
        xid: at.xid,
        seq: at.seq,
    }
}

fn in_database(at: FeedPosition) -> store::FeedPosition {
    store::FeedPosition {
        identity: at.identity,
        xid: at.xid,
        seq: at.seq,
    }
}

async fn committed(mut writer: Writer, position: FeedPosition) -> Result<Writer, FinderError> {
    blocking(move || {
        writer.commit(position)?;
        Ok(writer)
    })
    .await
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FinderError> + Send + 'static,
) -> Result<T, FinderError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}
