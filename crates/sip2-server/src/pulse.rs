//! Whether the database answers, asked at most every two seconds, however many terminals ask us.

use std::time::Duration;

use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

/// What was found holds for so long.
const HOLDS: Duration = Duration::from_secs(2);
/// A database that takes longer than this does not answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The last beat.
#[derive(Default)]
pub(crate) struct Pulse(Mutex<Option<(Instant, bool)>>);

impl Pulse {
    /// Whether there is a pulse. Who asks while somebody feels for it gets the same answer.
    pub(crate) async fn beats<E>(&self, ping: impl Future<Output = Result<(), E>>) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, beats)) = *last
            && at.elapsed() < HOLDS
        {
            return beats;
        }
        let beats = matches!(timeout(PATIENCE, ping).await, Ok(Ok(())));
        *last = Some((Instant::now(), beats));
        beats
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_is_felt_anew_every_two_seconds() {
        let pulse = Pulse::default();
        assert!(pulse.beats(ready(Ok::<_, ()>(()))).await);
        assert!(pulse.beats(ready(Err(()))).await, "still holds");
        tokio::time::advance(HOLDS).await;
        assert!(!pulse.beats(ready(Err(()))).await);
        assert!(
            !pulse.beats(ready(Ok::<_, ()>(()))).await,
            "so does bad news"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_no_pulse() {
        let begun = Instant::now();
        assert!(!Pulse::default().beats(pending::<Result<(), ()>>()).await);
        assert_eq!(begun.elapsed(), PATIENCE);
    }
}
